from __future__ import annotations

import re

import pytest

from absift.rules.samples import samples


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("[1-3]a", ["1a", "2a", "3a"]),
        ("(I{1,3}|V)b?", ["I", "Ib", "II", "IIb", "III", "IIIb", "V", "Vb"]),
        (r"\d[.]0", [f"{n}.0" for n in range(10)]),
        ("a.", ["aq"]),
        ("(?:cef|ceph)x", ["cefx", "cephx"]),
        ("(?!a)[ab]", ["b"]),
        ("[^a]", []),
    ],
)
def test_all_words_of_few(pattern: str, found: list[str]) -> None:
    assert sorted(samples(pattern)) == sorted(found)


@pytest.mark.parametrize(
    "pattern", ["[A-Z]{2,4}[0-9]{3,6}", "[a-z]{3,}(itis|oma)", "(?i:x[a-z]+y)"]
)
def test_some_of_every_kind_of_many(pattern: str) -> None:
    found = samples(pattern)
    assert 10 < len(found) <= 256
    assert all(re.fullmatch(pattern, word) for word in found)
