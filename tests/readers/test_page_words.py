from __future__ import annotations

from pathlib import Path

import pytest

from absift.errors import ConfigError
from absift.readers import page_words
from absift.readers.page_words import key_of, load_words


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Author(s) -", "authors"),
        ("**Keywords:**", "keywords"),
        ("  READ   more » ", "read more"),
        ("Authors’ conclusions", "authors' conclusions"),
        ("[Cited by]", "cited by"),
        ("—", ""),
    ],
)
def test_key_of(text: str, key: str) -> None:
    assert key_of(text) == key


def test_labels_have_kinds() -> None:
    words = load_words()
    assert words.labels["publication title"] == "journal"
    assert words.labels["authors"] == "authors"
    assert words.labels["resource type"] == "other"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Warm socks - PubMed", "Warm socks"),
        ("PubMed - Warm socks", "Warm socks"),
        ("Warm socks | Semantic Scholar", "Warm socks"),
        ("Warm-socks", "Warm-socks"),
    ],
)
def test_sites(text: str, found: str) -> None:
    assert load_words().site.sub("", text) == found


@pytest.mark.parametrize(
    ("content", "message"),
    [("labels: [", "not YAML"), ("- a", "not a mapping"), ("labels: {}", "lacks a list")],
)
def test_a_broken_word_file_is_named(
    content: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(content)
    monkeypatch.setattr(page_words, "config_path", lambda name: path)
    with pytest.raises(ConfigError, match=message):
        load_words.__wrapped__()
