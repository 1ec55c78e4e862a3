from __future__ import annotations

import pytest

from absift.rules.safe_shapes import shape


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("[A-Z]{2}[0-9]+", "AB12"),
        ("(?i:.+(mab|nib))", "Xmab"),
        ("[0-9]+([.,][0-9]+)?", "1.5"),
        ("a|b|c", "b"),
    ],
)
def test_shapes(source: str, word: str) -> None:
    assert shape(source).fullmatch(word)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("(a+)+", "too many ways"),
        ("(a|a)*", "too many ways"),
        ("a*a*a*b", "too many ways"),
        ("(a?){30}", "too many ways"),
        ("a{0,30}a{0,30}a{0,30}", "too many ways"),
        ("(?:a{1,3}){2}", "too many ways"),
        ("(", "no regular expression"),
        ("a{99999999999}", "no regular expression"),
        ("[[a]", "no regular expression"),
        ("(a)\\1", "references"),
        ("(?P<n>a)", "named groups"),
        ("(?i)a", "flags for the whole"),
    ],
)
def test_what_could_hang_or_disturb_is_refused(source: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        shape(source)
