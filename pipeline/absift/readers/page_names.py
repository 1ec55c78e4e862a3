"""Names of people, as lists of authors have them."""

from __future__ import annotations

import re

from absift.readers.page_words import Words

# Marks of footnotes and affiliations behind a name: digits, letters in brackets, daggers.
_MARK = re.compile(
    r"(?:\s*(?:\(\d{1,2}(?:\s*,\s*\d{1,2})*\)|\[[\d,\s]+\]|[*†‡§¶#✉◊∗ʼ]|[¹²³⁰⁴-⁹]+"
    r"|(?<=[^\W\d_.])\d{1,2}\b|(?<=[\s,.])\d{1,2}(?=[\s,*†‡§¶#]|$)))+"
)
_LETTER_MARK = re.compile(r"(?<=[a-zà-ÿ.]) [a-h](?:[ ,]+[a-h])*$")
_SPLIT = re.compile(r"\s*[;,◽▪•·|]\s*|\s{3,}")
_ORCID = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b|\bORCID\b", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?[\s-]?){1,4}")
_NAME_TOKEN = re.compile(r"(?:[dDlLO]['’])?[A-ZÀ-ÞĀ-Ž][\w'’‐-]*\.?|[A-ZÀ-Þ](?:\.-?[A-ZÀ-Þ])*\.?")


def _is_name(text: str, words: Words) -> bool:
    tokens = text.split()
    if not 1 <= len(tokens) <= 6 or any(token.strip(".,").casefold() in words.institutions
                                        for token in tokens):  # fmt: skip
        return False
    own = [token for token in tokens if token not in words.particles]
    return bool(own) and all(_NAME_TOKEN.fullmatch(token) for token in own)


def _names_in(piece: str) -> list[str]:
    """Split what stands between semicolons if it holds several whole names."""
    parts = re.split(r"\s*,\s*", piece.strip(" ,"))
    whole = [part for part in parts if len(part.split()) > 1 and not _INITIALS.fullmatch(part)]
    return parts if len(whole) > 1 else [piece]


def parse_names(text: str, words: Words) -> list[str]:
    """Give the names of a list of authors; an empty list where it is none.

    Args:
        text: The list: names parted by commas, semicolons, blanks or "and", in any of the
            common orders, with marks of affiliations and degrees, which are dropped.
        words: The word lists.
    """
    text = words.rest.sub("", _ORCID.sub("", text.strip(" ,;:-"))).strip()
    if "," in text and text.count(".") == 1:
        # The full stop of the list, not of initials.
        text = text.removesuffix(".")
    text = re.sub(r"\s*\([^()]{8,}\)", "", text)
    text = words.joiner.sub(", ", text)
    semicolons = ";" in text
    text = _MARK.sub(",", text) if not semicolons else _MARK.sub("", text)
    pieces = re.split(r"\s*;\s*", text) if semicolons else _SPLIT.split(text)
    # "Warm T, Kalt U; Foot Study Group": commas part the names all the same.
    pieces = [part for piece in pieces for part in _names_in(piece)] if semicolons else pieces
    names: list[str] = []
    for piece in pieces:
        piece = _LETTER_MARK.sub("", piece.strip(" ,*")).strip()
        if not piece or (len(piece) == 1 and piece.islower()) or re.match(r"\+?\s*\d+\s", piece):
            continue
        if piece.casefold().replace(" ", "") in words.degrees or piece.casefold() in words.degrees:
            continue
        if names and not semicolons and _INITIALS.fullmatch(piece) and " " not in names[-1]:
            # "Saito, E., Koike, T.": initials follow their name behind a comma.
            names[-1] = f"{names[-1]} {piece}"
            continue
        if semicolons:
            kept = [part.strip() for part in piece.split(",")]
            piece = ", ".join(part for part in kept if part.casefold() not in words.degrees)
        parts = piece.replace(",", " ").split()
        while len(parts) > 2 and parts[-1].strip(".").casefold() in words.degrees:
            parts.pop()
        if not _is_name(" ".join(parts), words):
            return []
        names.append(piece if semicolons else " ".join(parts))
    return names


def looks_like_names(text: str, words: Words) -> list[str]:
    """Give the names of a line that is plainly a list of authors, without a label to say so.

    One name alone counts only with initials ("Saito E", "J. Doe"); two words of a heading
    look like a name too.
    """
    if len(text) > 3000 or "|" in text or not re.search(r"[^\W\d_]", text):
        return []
    tokens = text[:400].split()
    if len(tokens) > 8 and sum(token[0].islower() for token in tokens) > len(tokens) / 2:
        # Sentences, not names; the rest would only cost time.
        return []
    names = parse_names(text, words)
    full = [name for name in names if len(name.split()) > 1]
    if len(full) < max(1, 0.6 * len(names)):
        return []
    if len(names) == 1:
        tokens = names[0].split()
        initials = [token for token in tokens if re.fullmatch(r"(?:[A-ZÀ-Þ]\.?-?){1,3}", token)]
        return names if initials and len(initials) < len(tokens) <= 4 else []
    return names
