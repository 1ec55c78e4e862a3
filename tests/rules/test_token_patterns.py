"""spaCy's token patterns, translated."""

from __future__ import annotations

from typing import Any

import pytest

from absift.errors import ConfigError
from absift.rules.notation import Node, parse
from absift.rules.token_patterns import to_node


@pytest.mark.parametrize(
    ("tokens", "notation"),
    [
        ([{"LOWER": "week"}], "week"),
        ([{"LIKE_NUM": True}, {"LOWER": "weeks"}], "NUMBER weeks"),
        ([{"LOWER": {"IN": ["week", "weeks"]}}], "week|weeks"),
        ([{"NORM": "Week"}, {}], "week ANY"),
        ([{"IS_DIGIT": True, "OP": "?"}], "NUMBER?"),
        ([{"LOWER": "a", "OP": "*"}], "a*"),
        ([{"LOWER": "a", "OP": "+"}], "a+"),
        ([{"LOWER": "a", "OP": "{2}"}], "a{2}"),
        ([{"LOWER": "a", "OP": "{1,3}"}], "a{1,3}"),
        ([{"LOWER": "a", "OP": "{,3}"}], "a{0,3}"),
        ([{"LOWER": "a", "OP": "!"}], "!a"),
    ],
)
def test_a_token_pattern_is_the_notations_pattern(
    tokens: list[dict[str, Any]], notation: str
) -> None:
    expected: Node = parse(notation)
    assert to_node(tokens, "f.yaml:1") == expected


@pytest.mark.parametrize(
    ("tokens", "reason"),
    [
        ([], "'tokens' is empty"),
        ([{"POS": "NOUN"}], "POS: 'NOUN' isn't known"),
        ([{"LOWER": {"REGEX": "x"}}], "isn't known"),
        ([{"LOWER": "a", "NORM": "b"}], "give one of LOWER, NORM only"),
        ([{"LOWER": "six weeks"}], "is 2 tokens"),
        ([{"LOWER": "a", "OP": "x"}], "OP 'x' must be one of"),
        ([{"LOWER": "a", "OP": "{5,2}"}], "must lie between"),
        ([{"LOWER": {"IN": ["a", "b"]}, "OP": "!"}], "OP '!' takes a single word"),
        (["week"], "expected a mapping"),
    ],
)
def test_what_has_no_counterpart_is_refused(tokens: list[Any], reason: str) -> None:
    with pytest.raises(ConfigError, match=r"f\.yaml:1: ") as caught:
        to_node(tokens, "f.yaml:1")
    assert reason in str(caught.value)
