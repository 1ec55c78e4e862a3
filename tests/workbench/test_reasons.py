from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import absift
from absift.errors import ConfigError
from absift.extraction.passes import read
from absift.extraction.reasons import DEFAULT, EVIDENCE, LINKING, OF_WORDS, WORDS
from absift.extraction.toolkit import Toolkit
from absift.lexicon.judge import ECHO
from absift.linking.sample_only import ONLY_RULE
from absift.linking.sample_parts import PARTS_RULE
from absift.records import Abstract, Record
from absift.workbench.reasons import REASONS, Reasons


@pytest.fixture(scope="module")
def reasons(toolkit: Toolkit) -> Reasons:
    return Reasons(toolkit)


@pytest.mark.parametrize(
    ("name", "head", "line"),
    [
        ("duration.plain", r"DURATION, rules, .*/duration\.yaml:\d+", "- id: duration.plain"),
        (
            "dose.route",
            r"DOSE, attributes, .*/dose\.yaml:10",
            "- {id: dose.route, pattern: SPAN orally, set: {route: oral}}",
        ),
        (
            "harm.among_harms",
            r"ADVERSE_EVENT, judge: around, .*/adverse_event\.yaml:\d+",
            "- {id: harm.among_harms, where: sentence",
        ),
        ("harm.not.topic.early", r"ADVERSE_EVENT, judge: topic, .*", "- {id: harm.not.topic.early"),
        (
            "adverse_event.listed.between",
            r"ADVERSE_EVENT, judge: listed, .*",
            "- id: adverse_event.listed.between",
        ),
        ("lexicon digestive.tsv:2 nausea", r".*/digestive\.tsv:2", "term: nausea"),
        (PARTS_RULE, "sample_size.parts: no rule .*", "Sizes told by each other"),
        (ONLY_RULE, "sample_size.only: no rule .*", "The abstract tells of no other sample"),
        (DEFAULT, "default: no rule .*", "No rule set the attribute"),
        (LINKING, "linking: no rule .*", "The attribute was set or changed when"),
        (ECHO, "harm.elsewhere: no rule .*", "The abstract mentions the same term more than once"),
        ("lexicon.effect", "lexicon.effect: no rule .*", "The harm is a term of the lexicon"),
        ("event here", "event here: no rule .*", "What a term of this kind begins with"),
        ("sample_size", "sample_size: no rule .*", "A span of this label that another"),
        ("dose", "dose: no rule .*", "A span of this label that another"),
    ],
)
def test_what_a_name_stands_for(reasons: Reasons, name: str, head: str, line: str) -> None:
    first, second, *_ = reasons.show(name)
    assert re.fullmatch(head, first)
    assert second.startswith(line)


def test_a_rule_is_shown_to_its_end(reasons: Reasons) -> None:
    lines = reasons.show("adverse_event.listed.between")
    assert [line.split(":")[0].strip(" -") for line in lines[1:5]] == [
        "id",
        "pattern",
        "span",
        "sentence",
    ]
    assert lines[5].startswith("A harm that no lexicon holds")
    assert lines[6].startswith("Set in: `listed`")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("dose.rout", "; did you mean dose.route?"),
        ("sample_size.prts", "; did you mean sample_size.parts?"),
        ("harm.elswhere", "; did you mean harm.elsewhere?"),
        ("qqqqqq", ""),
        ("lexicon digestive.tsv:2 rash", ""),
        ("lexicon.none", ""),
    ],
)
def test_a_name_of_nothing_is_refused(reasons: Reasons, name: str, near: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(f"no rule {name}{near}")):
        reasons.show(name)


def names(record: Record) -> Iterator[str]:
    """Give the names in ``rule`` and ``why`` of a record's spans."""
    for span in record.spans:
        yield span.rule or "no rule"
        for attribute, reason in (span.why or {}).items():
            if attribute == EVIDENCE:
                yield from (part.rpartition(" ")[0] for part in reason.split(", "))
            elif attribute != WORDS and not attribute.endswith(OF_WORDS):
                yield reason


def test_whatever_a_record_names_is_explained(reasons: Reasons, root: Path) -> None:
    sources = [root / "corpus" / "gold", root / "corpus" / "sample" / "abstracts"]
    without: list[object] = []  # records of the sample that have no abstract
    made = list(absift.extract(sources, explain=True, on_reject=without.append))
    assert len(made) > 150
    found = {name for record in made for name in names(record)}
    assert {PARTS_RULE, ONLY_RULE, DEFAULT, LINKING, ECHO, "effect here"} < found
    for name in sorted(found):
        assert len(reasons.show(name)) > 1, name


def test_every_attribute_that_linking_gives_has_its_reason(toolkit: Toolkit) -> None:
    text = (
        "We studied 160 men. They were treated at one clinic for years. Of 161 patients in three "
        "groups (59 + 50 + 52), nobody knew more. The weather was fine all the time."
    )
    spans = read(toolkit, Abstract("1", text), explain=True).spans
    parts = [span for span in spans if span.rule == PARTS_RULE]
    assert [span.text for span in parts] == ["59", "50", "52"]
    for span in parts:
        assert [key for key in span.why or () if not key.endswith(OF_WORDS)] == [*span.attributes]
    assert all(span.why and span.why["scope"] == PARTS_RULE for span in parts)


def test_the_files_that_are_named_exist(root: Path) -> None:
    text = (root / "configs" / REASONS).read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.(?:py|yaml))`", text)
    assert len(named) > 5
    folders = {"py": root / "pipeline" / "absift", "yaml": root / "configs"}
    for name in named:
        assert (folders[name.rpartition(".")[2]] / name).is_file(), name
