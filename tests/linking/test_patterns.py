from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import absift.linking
from absift.errors import ConfigError
from absift.linking.patterns import ARM, FIGURE, Patterns
from absift.rules.classes import build_classes
from absift.rules.model import plain, read_yaml
from absift.rules.vocabulary import Vocabulary
from absift.settings import config_path

HERE = Path(absift.linking.__file__).parent
LABELS = ("PERCENTAGE", "DURATION", "SAMPLE_SIZE", "ADVERSE_EVENT")


def vocabulary() -> Vocabulary:
    source = plain(read_yaml(config_path("vocabulary.yaml")))["classes"]
    return Vocabulary(build_classes(source, "vocabulary.yaml"), labels=LABELS)


def built_in() -> dict[str, Any]:
    return dict(plain(read_yaml(config_path("linking.yaml"))))


def test_built_in_patterns_compile() -> None:
    words = vocabulary()
    patterns = Patterns(words, built_in())
    words.settle()
    patterns.renew()
    row = "".join(words.of_word(word) for word in ("of", "or"))
    assert patterns.of("cause").fullmatch(row[0])
    assert not patterns.of("cause").fullmatch(row[1])
    assert words.of_word("versus") in patterns.signs("VERSUS")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reads": ["ZELORINS"]}, "linking.yaml: no class ZELORINS"),
        ({"classes": {"PERCENT": ["%"]}}, "class PERCENT stands in vocabulary.yaml already"),
    ],
)
def test_what_is_missing_or_twice_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Patterns(vocabulary(), built_in() | change)


def test_what_the_file_lacks_is_named_when_it_is_asked_for() -> None:
    words = vocabulary()
    patterns = Patterns(words, built_in() | {"patterns": {}, "reads": []})
    with pytest.raises(ConfigError, match=r"linking\.yaml: no pattern ratio"):
        patterns.of("ratio")
    with pytest.raises(ConfigError, match=r"linking\.yaml: no class VERSUS"):
        patterns.signs("LINK_STOP", "VERSUS")


def test_the_file_has_what_the_code_asks_for() -> None:
    words = vocabulary()
    patterns = Patterns(words, built_in())
    words.settle()
    patterns.renew()
    code = "".join(path.read_text("utf-8") for path in sorted(HERE.glob("*.py")))
    classes = set(re.findall(r'"([A-Z]{2,}(?:_[A-Z]+)*)"', code)) - {*LABELS, ARM, FIGURE}
    asked = set(re.findall(r'patterns\.of\(\s*"(\w+)"', code))
    assert len(classes) > 50
    assert len(asked) > 20
    for name in classes:
        assert patterns.signs(name), name
    for name in asked:
        assert patterns.of(name), name


def test_a_malformed_pattern_is_named() -> None:
    source = built_in()
    source["patterns"] = {**source["patterns"], "ratio": "n=INTEGER )"}
    with pytest.raises(ConfigError, match=r"linking\.yaml: pattern ratio: "):
        Patterns(vocabulary(), source)
