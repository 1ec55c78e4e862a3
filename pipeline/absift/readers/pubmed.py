"""PubMed XML: sets, single articles, book articles, the yearly baseline and its updates.

Element names follow NLM's PubMed DTD.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, TypeAlias

from lxml import etree

from absift.readers.build import Item, Origin, make_item
from absift.readers.streams import head_of

Element: TypeAlias = etree._Element

_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DeleteCitation")
_DELETED = ("DeleteCitation", "DeleteDocument")
_CHUNK = 1 << 16
_ENTITY = re.compile(rb"<!ENTITY\b")
# Line breaks inside an element come from the file's layout, not from the abstract.
_LAYOUT = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
# NLM's label for a paragraph that has none.
_NO_LABEL = "UNLABELLED"


def read_stream(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the abstracts of a PubMed XML file, one record in memory at a time.

    No entity is expanded, no DTD loaded and nothing fetched; a file that declares entities
    is rejected, since PubMed's own declare none. Of a file that breaks off or is not well
    formed, the records before that place are yielded.
    """
    assert isinstance(stream, io.BufferedReader)
    if _ENTITY.search(head_of(stream)):
        yield _entities(origin)
        return
    parser: Any = etree.XMLPullParser(
        events=("end",),
        tag=(*_RECORDS, "DeleteDocument"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    count, broken, done = 0, None, False
    while not done:
        data = stream.read1(_CHUNK)
        try:
            if data:
                parser.feed(data)
            else:
                done = True
                parser.close()
        except etree.XMLSyntaxError as error:
            broken, done = error, True
        for _, element in parser.read_events():
            if _declares_entities(element):
                yield _entities(origin)
                return
            for item in _items(element, origin, count):
                count += 1
                yield item
    if broken is not None:
        yield origin.reject(
            f"after record {count}", f"not well-formed XML: {broken.msg}; the rest can't be read"
        )


def _entities(origin: Origin) -> Item:
    return origin.reject(
        "file", "declares XML entities, which PubMed's files never do: refused; remove them"
    )


def _declares_entities(element: Element) -> bool:
    dtd: Any = element.getroottree().docinfo.internalDTD
    return dtd is not None and next(dtd.iterentities(), None) is not None


def _items(element: Element, origin: Origin, count: int) -> Iterator[Item]:
    tag = element.tag
    parent = element.getparent()
    if tag == "MedlineCitation" and parent is not None and parent.tag == "PubmedArticle":
        return
    if tag in _DELETED:
        for pmid in element.iter("PMID", "ArticleId"):
            yield origin.reject(_text(pmid) or "?", "deleted by PubMed")
    else:
        yield _item(element, origin, f"record {count + 1}")
    # What has been read is dropped, or the tree would grow to the size of the file.
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _text(element: Element | None) -> str:
    """Give an element's text, that of inline markup included, line breaks as blanks."""
    if element is None:
        return ""
    text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    return (_LAYOUT.sub(" ", text) if "\n" in text or "\r" in text else text).strip()


def _first(element: Element, *paths: str) -> str:
    for path in paths:
        found = _text(element.find(path))
        if found:
            return found
    return ""


def _body(abstract: Element) -> str:
    """Give an abstract's paragraphs, each with its label, as ``LABEL: text`` lines."""
    lines = []
    for part in abstract.iterfind("AbstractText"):
        text, label = _text(part), (part.get("Label") or "").strip()
        if text and label and label.upper() != _NO_LABEL:
            text = f"{label}: {text}"
        if text:
            lines.append(text)
    return "\n".join(lines)


def _item(record: Element, origin: Origin, position: str) -> Item:
    book = record.tag == "PubmedBookArticle"
    citation = (
        record
        if record.tag == "MedlineCitation"
        else record.find("BookDocument" if book else "MedlineCitation")
    )
    if citation is None:
        return origin.reject(position, "has no citation element")
    article = citation if book else citation.find("Article")
    if article is None:
        return origin.reject(_first(citation, "PMID") or position, "has no Article element")
    pmid = _first(citation, "PMID")
    unknown: Any = next(record.iter(etree.Entity), None)
    if unknown is not None:
        return origin.reject(
            pmid or position, f"uses the entity {unknown.text}, which the file doesn't define"
        )
    meta = _meta(record, citation, article)
    body = "\n".join(filter(None, map(_body, article.iterfind("Abstract"))))
    if not body:
        body, meta["abstract_from"] = _other_abstract(citation, article)
    meta = {name: value for name, value in meta.items() if value}
    title = _first(article, "ArticleTitle") or (_first(citation, "Book/BookTitle") if book else "")
    return make_item(
        origin,
        position,
        body,
        title=title or _first(article, "VernacularTitle"),
        ids=[("", pmid), ("pmcid", meta.get("pmcid")), ("doi", meta.get("doi"))],
        meta=meta,
        missing="no abstract",
    )


def _other_abstract(citation: Element, article: Element) -> tuple[str, str]:
    """Give the first abstract from elsewhere or in another language, and what it is."""
    for other in [*citation.iterfind("OtherAbstract"), *article.iterfind("OtherAbstract")]:
        body = _body(other)
        if body:
            kind = ", ".join(filter(None, (other.get("Language"), other.get("Type"))))
            return body, f"OtherAbstract ({kind})" if kind else "OtherAbstract"
    return "", ""


def _meta(record: Element, citation: Element, article: Element) -> dict[str, Any]:
    types = [_text(kind) for kind in article.iterfind(".//PublicationType")]
    # Ids of the references that an article cites stand in the same kind of list.
    ids = {
        key.get("IdType"): _text(key)
        for path in ("ArticleIdList/ArticleId", "*/ArticleIdList/ArticleId")
        for key in record.iterfind(path)
    }
    doi = ids.get("doi") or next(
        (_text(e) for e in article.iterfind("ELocationID") if e.get("EIdType") == "doi"), ""
    )
    issue = "Journal/JournalIssue/PubDate/"
    date = _first(
        article, issue + "Year", issue + "MedlineDate", "Book/PubDate/Year", "ArticleDate/Year"
    )
    year = _YEAR.search(date)
    return {
        "pmid": _first(citation, "PMID"),
        "doi": doi,
        "pmcid": ids.get("pmc", ""),
        "authors": [name for name in map(_author, article.iterfind("AuthorList/Author")) if name],
        "year": int(year.group()) if year else None,
        "journal": _first(article, "Journal/Title", "Journal/ISOAbbreviation", "Book/BookTitle")
        or _first(citation, "MedlineJournalInfo/MedlineTA"),
        "issn": _first(article, "Journal/ISSN"),
        "language": ", ".join(_text(language) for language in article.iterfind("Language")),
        "vernacular_title": _first(article, "VernacularTitle"),
        "publication_types": types,
        "retracted": "Retracted Publication" in types
        or any(
            note.get("RefType") == "RetractionIn"
            for note in citation.iterfind("CommentsCorrectionsList/CommentsCorrections")
        ),
    }


def _author(author: Element) -> str:
    """Give a name as MEDLINE does: last name, initials; or that of a group."""
    parts = {part.tag: _text(part) for part in author}
    initials = parts.get("Initials") or parts.get("ForeName")
    name = " ".join(filter(None, (parts.get("LastName"), parts.get("Suffix"), initials)))
    return name or parts.get("CollectiveName", "")
