from __future__ import annotations

import pytest

from absift.errors import ConfigError
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.lexicon.reach import SCOPES, Chain, Reach
from absift.rules.engine import TERM
from absift.rules.vocabulary import Vocabulary

TEXT = "They had nausea, rash and fever, but no stroke. Nausea and vertigo went away. It rained."


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return load_toolkit()


def reached(toolkit: Toolkit, text: str, scope: str) -> list[tuple[str, list[str]]]:
    """Give each term of a text, as it stands there, with the terms that a scope reaches from it."""
    sheet = toolkit.rules.maker.make(text, has_title=False)
    candidates = toolkit.judge.candidates(sheet, ())
    sign = toolkit.rules.vocabulary.of_label(TERM)
    marked = sheet.collapse([(one.start, one.end, sign) for one in candidates])
    items = {marked.item_at(one.start): one for one in candidates}
    reach = Reach(marked, items, toolkit.judge._chain).by_scope()[scope]
    return [
        (text[one.start : one.end], [text[other.start : other.end] for other in reach(item)])
        for item, one in items.items()
    ]


LIST = ["nausea", "rash", "fever"]
REST = ["Nausea", "vertigo"]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("here", [[one] for one in (*LIST, "stroke", *REST)]),
        ("list", [LIST, LIST, LIST, ["stroke"], REST, REST]),
        ("sentence", [[*LIST, "stroke"]] * 4 + [REST] * 2),
        (
            "abstract",
            [["nausea", "Nausea"], ["rash"], ["fever"], ["stroke"], ["nausea", "Nausea"], REST[1:]],
        ),
    ],
)
def test_what_evidence_about_a_term_reaches(
    toolkit: Toolkit, scope: str, expected: list[list[str]]
) -> None:
    assert [found for _, found in reached(toolkit, TEXT, scope)] == expected


def test_every_scope_reaches_the_term_itself(toolkit: Toolkit) -> None:
    for scope in SCOPES:
        assert all(name in found for name, found in reached(toolkit, TEXT, scope)), scope


def test_a_sentence_without_terms_has_none(toolkit: Toolkit) -> None:
    sheet = toolkit.rules.maker.make(TEXT, has_title=False)
    reach = Reach(sheet, {}, toolkit.judge._chain)
    assert list(reach.in_sentence(sheet.item_at(TEXT.index("rained")))) == []


def test_a_chain_with_an_unknown_class_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"there: .*NO_SUCH_CLASS"):
        Chain("NO_SUCH_CLASS and", Vocabulary({}), "there")
