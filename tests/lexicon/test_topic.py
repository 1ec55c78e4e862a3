from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from absift.errors import ConfigError
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.lexicon.topic import Topics
from absift.rules.engine import TERM

TEXT = (
    "Tea and vertigo\nMen drank tea. Vertigo was seen. So was nausea. Vertigo and rash were rare."
)


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return load_toolkit()


def told(toolkit: Toolkit, held: Mapping[str, Any], text: str = TEXT, short: int = 2) -> list[str]:
    """Give the terms of which a setting tells, once for each mention."""
    rules = toolkit.rules
    sheet = rules.maker.make(text, has_title=True)
    candidates = toolkit.judge.candidates(sheet, [])
    sign = rules.vocabulary.of_label(TERM)
    marked = sheet.collapse([(one.start, one.end, sign) for one in candidates])
    items = {marked.item_at(one.start): one for one in candidates}
    terms: dict[int, list[int]] = {}
    for item, one in items.items():
        terms.setdefault(id(one.entry), []).append(item)
    Topics([{"id": "x", "weight": -1, **held}], short, "label X").weigh(marked, terms, items)
    assert all(one.score == len(one.reasons) * -1 for one in candidates)
    return [one.entry.term for one in candidates if one.reasons]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({}, ["vertigo", "vertigo", "nausea", "vertigo", "rash"]),
        ({"section": "title"}, ["vertigo"] * 3),
        ({"section": "methods"}, []),
        ({"until": 0.34}, ["vertigo"] * 3),
        ({"until": 0.75}, ["vertigo", "vertigo", "nausea", "vertigo"]),
        ({"mentions": 3}, ["vertigo"] * 3),
        ({"mentions": 4}, []),
        ({"share": 0.6}, ["vertigo"] * 3),
        ({"share": 0.61}, []),
        ({"of": ["effect"]}, ["nausea", "rash"]),
        ({"of": ["effect"], "section": "title"}, []),
    ],
)
def test_what_mentions_tell(toolkit: Toolkit, held: Mapping[str, Any], expected: list[str]) -> None:
    assert told(toolkit, held) == expected


def test_a_short_text_has_no_topic(toolkit: Toolkit) -> None:
    assert told(toolkit, {}, short=5)
    assert told(toolkit, {}, short=6) == []


@pytest.mark.parametrize(
    ("held", "message"),
    [
        ({"least": 2}, "label X: judge: topic: x: unknown key 'least'"),
        ({"of": ["tea"]}, "label X: judge: topic: x: 'tea' is no kind of term"),
    ],
)
def test_malformed_settings(held: Mapping[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Topics([{"id": "x", "weight": 1, **held}], 4, "label X")
