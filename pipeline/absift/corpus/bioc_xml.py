"""A BioC collection between its XML form and the objects of its JSON form."""

from __future__ import annotations

from typing import Any

from lxml import etree

from absift.errors import InputError

_DOCTYPE = '<!DOCTYPE collection SYSTEM "BioC.dtd">'


def collection_from_xml(data: bytes, name: str) -> dict[str, Any]:
    """Read the XML form; entities of the file's own making aren't followed.

    Args:
        data: The file's content.
        name: Its name for messages.

    Raises:
        InputError: It isn't XML, or not a collection.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{name}: not XML: {error.msg}") from error
    if root.tag != "collection":
        raise InputError(f"{name}: not a BioC collection, its root is {root.tag}")
    return {
        "documents": [
            {
                "id": document.findtext("id", ""),
                "infons": _infons(document),
                "passages": [
                    {
                        **_block(passage),
                        "sentences": [_block(item) for item in passage.findall("sentence")],
                    }
                    for passage in document.findall("passage")
                ],
                "annotations": [_annotation(item) for item in document.findall("annotation")],
            }
            for document in root.findall("document")
        ]
    }


def _block(element: etree._Element) -> dict[str, Any]:
    """Read a passage or a sentence."""
    return {
        "offset": element.findtext("offset", "0"),
        "infons": _infons(element),
        "text": element.findtext("text", ""),
        "annotations": [_annotation(item) for item in element.findall("annotation")],
        "relations": element.findall("relation"),
    }


def _annotation(element: etree._Element) -> dict[str, Any]:
    return {
        "infons": _infons(element),
        "text": element.findtext("text", ""),
        "locations": [dict(item.attrib) for item in element.findall("location")],
    }


def _infons(element: etree._Element) -> dict[str, str]:
    return {str(item.get("key")): item.text or "" for item in element.findall("infon")}


def collection_to_xml(collection: dict[str, Any]) -> bytes:
    """Write the objects of the JSON form as XML.

    Raises:
        InputError: A text has a character that XML can't hold, such as a control character.
    """
    root = etree.Element("collection")
    for name in ("source", "date", "key"):
        _add(root, name, collection[name])
    for document in collection["documents"]:
        element = etree.SubElement(root, "document")
        try:
            _add(element, "id", document["id"])
            _add_infons(element, document["infons"])
            for passage in document["passages"]:
                _add_passage(element, passage)
        except ValueError as error:
            raise InputError(
                f"record {document['id']!r}: XML can't hold its characters ({error}); "
                "write BioC as JSON instead"
            ) from error
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True, doctype=_DOCTYPE
    )


def _add_passage(parent: etree._Element, passage: dict[str, Any]) -> None:
    element = etree.SubElement(parent, "passage")
    _add_infons(element, passage["infons"])
    _add(element, "offset", str(passage["offset"]))
    _add(element, "text", passage["text"])
    for annotation in passage["annotations"]:
        item = etree.SubElement(element, "annotation", {"id": annotation["id"]})
        _add_infons(item, annotation["infons"])
        for location in annotation["locations"]:
            etree.SubElement(item, "location", {k: str(v) for k, v in location.items()})
        _add(item, "text", annotation["text"])


def _add_infons(parent: etree._Element, infons: dict[str, str]) -> None:
    for key, value in infons.items():
        _add(parent, "infon", value).set("key", key)


def _add(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = text
    return element
