from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from absift.compiled_parts import PURE
from absift.errors import ConfigError
from absift.rules.compile import expression
from absift.rules.engine import Engine, Finding, collapsed
from absift.rules.model import ATTRIBUTES, SPANS
from absift.rules.notation import parse
from absift.rules.ruleset import RuleSet

Maker = Callable[..., RuleSet]
HEAD = "label: COST\nrules:\n"


def find(rules: RuleSet, text: str) -> list[Finding]:
    """Find the spans of the label COST and describe them."""
    engine = rules.engines["COST"]
    sheet = rules.maker.make(text, has_title=False)
    found = engine.find(sheet)
    engine.describe(collapsed(sheet, rules.vocabulary, found), found)
    return found


def words(rules: RuleSet, text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.rule) for one in find(rules, text)]


def attributes(rules: RuleSet, text: str) -> dict[str, Any]:
    (found,) = find(rules, text)
    return found.attributes


def one_rule(**keys: object) -> str:
    lines = "".join(f"    {key}: {value}\n" for key, value in keys.items())
    return f"{HEAD}  - id: a\n{lines}"


# --- which span -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "text", "found"),
    [
        ({"pattern": "NUMBER euro"}, "It cost 5 euro.", ["5 euro"]),
        ({"pattern": "NUMBER euro", "span": "NUMBER"}, "It cost 5 euro.", ["5"]),
        ({"pattern": "n=NUMBER euro", "span": "n"}, "It cost 5 euro.", ["5"]),
        ({"pattern": "n=NUMBER euro", "span": "n=NUMBER"}, "It cost 5 euro.", ["5"]),
        ({"pattern": "span=NUMBER euro", "span": "span"}, "It cost 5 euro.", ["5"]),
        ({"pattern": "a|b NUMBER", "span": "a|b"}, "b 5", ["b"]),
        ({"pattern": "at ( NUMBER )? x", "span": "( NUMBER )?"}, "at x, at 5 x", ["5"]),
        ({"pattern": "NUMBER"}, "5 of 7. Then 9", ["5", "7", "9"]),
        ({"pattern": "a a"}, "a a a", ["a a"]),
        ({"pattern": "a ANY{0,9} b"}, "a x. A b", ["A b"]),
    ],
)
def test_which_span(make: Maker, keys: dict[str, str], text: str, found: list[str]) -> None:
    keys = {key: f"'{value}'" for key, value in keys.items()}
    assert [span for span, _ in words(make(one_rule(**keys)), text)] == found


@pytest.mark.parametrize(
    ("key", "pattern", "text", "found"),
    [
        ("before", "cost", "cost 5, paid 6", ["5"]),
        ("before", "cost ANY{0,2}", "cost of 5, paid 6", ["5"]),
        ("before", "cost", "It cost. Then 5", []),
        ("before", "^", "5 of 6", ["5"]),
        ("before", "^ | of", "5 in 6 of 7", ["5", "7"]),
        ("before", "SPANLESS|cost", "cost 5", None),
        ("not_before", "cost", "cost 5, paid 6", ["6"]),
        ("not_before", "cost", "It cost. 5 came", ["5"]),
        ("after", "euro", "5 euro, 6 kilo", ["5"]),
        ("after", "$", "5 of 6", ["6"]),
        ("after", ". $", "5 of 6. 7 of 8", ["6"]),
        ("after", "euro", "In 5\neuro", []),
        ("not_after", "euro", "5 euro, 6 kilo", ["6"]),
        ("not_after", "$", "5 of 6", ["5"]),
        ("sentence", "euro", "5 of 6 euro. 7 of it", ["5", "6"]),
        ("sentence", "^ euro", "euro 5, euro. 6 euro", ["5"]),
        ("sentence", "euro $", "euro 5. 6 euro", ["6"]),
        ("not_sentence", "euro", "5 of 6 euro. 7 of it", ["7"]),
        ("section", "results", "Methods: 5. Results: 6.", ["6"]),
        ("section", "[results, methods]", "4. Methods: 5. Results: 6.", ["5", "6"]),
        ("not_section", "results", "Methods: 5. Results: 6.", ["5"]),
    ],
)
def test_what_must_stand_around(
    make: Maker, key: str, pattern: str, text: str, found: list[str] | None
) -> None:
    value = pattern if key.endswith("section") else f"'{pattern}'"
    source = one_rule(pattern="NUMBER", **{key: value})
    if found is None:
        with pytest.raises(ConfigError, match="unknown class SPANLESS"):
            make(source)
        return
    assert [span for span, _ in words(make(source), text)] == found


def test_a_context_may_run_on_after_a_lazy_gap(make: Maker) -> None:
    rules = make(one_rule(pattern="NUMBER ANY{0,5} euro", span="NUMBER", not_after="cent"))
    assert [span for span, _ in words(rules, "5 euro cent or 7 euro")] == ["5", "7"]


# --- which rule -----------------------------------------------------------------------------

PRIORITY = (
    HEAD
    + """\
  - {id: long, pattern: NUMBER euro and cents}
  - {id: short, pattern: euro, priority: 1}
  - {id: number, pattern: NUMBER}
"""
)


def test_the_higher_priority_wins_then_the_longer(make: Maker) -> None:
    rules = make(PRIORITY)
    assert words(rules, "5 euro and cents") == [("5", "number"), ("euro", "short")]
    rules = make(PRIORITY.replace("priority: 1", "priority: 0"))
    assert words(rules, "5 euro and cents") == [("5 euro and cents", "long")]


def test_of_equals_the_earlier_place_wins_then_the_earlier_rule(make: Maker) -> None:
    rules = make(HEAD + "  - {id: a, pattern: x y}\n  - {id: b, pattern: x|y x|y}\n")
    assert words(rules, "x y x") == [("x y", "a")]
    assert words(rules, "y x y") == [("y x", "b")]


def test_the_length_of_the_span_counts_and_not_that_of_the_match(make: Maker) -> None:
    rules = make(
        HEAD + "  - {id: a, pattern: it cost about NUMBER, span: NUMBER}\n"
        "  - {id: b, pattern: NUMBER euro}\n"
    )
    assert words(rules, "it cost about 5 euro") == [("5 euro", "b")]


def test_a_block_rule_forbids_spans(make: Maker) -> None:
    source = (
        HEAD
        + """\
  - {id: number, pattern: NUMBER}
  - {id: not_year, pattern: NUMBER euro, block: true}
"""
    )
    rules = make(source)
    assert words(rules, "5 euro of 7") == [("7", "number")]
    # Of equal priority and length, the block wins; a lower priority loses.
    same = source.replace("NUMBER euro", "NUMBER")
    assert words(make(same), "5 of 7") == []
    lower = source.replace("block: true", "block: true, priority: -1")
    assert words(make(lower), "5 euro of 7") == [("5", "number"), ("7", "number")]


def test_blocks_can_be_asked_for(make: Maker) -> None:
    rules = make(one_rule(pattern="NUMBER", block="true"))
    engine, sheet = rules.engines["COST"], rules.maker.make("5 euro")
    assert engine.find(sheet) == []
    (found,) = engine.resolve(sheet, engine.hits(sheet, SPANS), keep_blocks=True)
    assert (found.start, found.end, found.rule) == (0, 1, "a")


# --- attributes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "text", "found"),
    [
        ({"pattern": "NUMBER euro"}, "5 euro", {"value": 5}),
        ({"pattern": "NUMBER euro"}, "5.0 euro", {"value": 5}),
        ({"pattern": "euro"}, "euro", {}),
        ({"pattern": "low=NUMBER to high=NUMBER"}, "5 to 6", {"low": 5, "high": 6}),
        ({"pattern": "value=NUMBER of NUMBER"}, "5 of 6", {"value": 5}),
        ({"pattern": "NUMBER of total=NUMBER"}, "5 of 6", {"total": 6, "value": 5}),
        ({"pattern": "NUMBER per=( a day )"}, "5 a day", {"per": "a day", "value": 5}),
        ({"pattern": "NUMBER ( per=day )?"}, "5 times", {"value": 5}),
        ({"pattern": "NUMBER per=( day? )"}, "5 times", {"value": 5}),
        ({"pattern": "value_sign=MINUS? value=NUMBER"}, "of -5", {"value": -5}),
        ({"pattern": "value_sign=MINUS? value=NUMBER"}, "of 5", {"value": 5}),
        ({"pattern": "value_sign=( MINUS? ) value=NUMBER"}, "of 5", {"value": 5}),
        ({"pattern": "NUMBER", "after": "unit=euro"}, "5 euro", {"unit": "euro", "value": 5}),
        ({"pattern": "NUMBER", "set": "{value: 7, kind: x}"}, "5", {"value": 7, "kind": "x"}),
        ({"pattern": "kind=NUMBER", "set": "{kind: y}"}, "5", {"kind": "y", "value": 5}),
    ],
)
def test_captures_become_attributes(
    make: Maker, keys: dict[str, str], text: str, found: dict[str, Any]
) -> None:
    keys = {k: v if k == "set" else f"'{v}'" for k, v in keys.items()}
    assert attributes(make(one_rule(**keys)), text) == found


def test_normalisers_make_values_of_captures(make: Maker) -> None:
    source = """
label: COST
normalise: {unit: unit_name, grade: grade, flag: "true", raw: text}
rules:
  - id: a
    pattern: grade=( ANY{1,2} ) in raw=NUMBER unit=UNIT flag=x?
    span: raw
"""
    rules = make(source)
    assert attributes(rules, "grade ≥3 in 7 Patients x") == {
        "grade": ">=3", "raw": "7", "unit": "participants", "flag": True, "value": 7,
    }  # fmt: skip
    assert attributes(rules, "as I in 7 blood donors") == {
        "raw": "7", "unit": "donors", "value": 7,
    }  # fmt: skip


DESCRIBED = """
label: COST
defaults: {kind: direct, year: unknown}
normalise: {unit: unit_name}
rules:
  - {id: plain, pattern: NUMBER euro}
  - {id: total, pattern: total NUMBER euro, set: {kind: total}}
attributes:
  - {id: per_unit, pattern: SPAN per unit=UNIT, set: {kind: mean}}
  - {id: per_any, pattern: SPAN per unit=ANY, set: {kind: share}}
  - {id: important, pattern: 'SPAN per ANY{0,3} yearly', set: {kind: annual}, priority: 1}
"""


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("5 euro", {"value": 5, "kind": "direct", "year": "unknown"}, {}),
        (
            "5 euro per patient",
            {"value": 5, "kind": "mean", "unit": "participants", "year": "unknown"},
            {"kind": "per_unit", "unit": "per_unit"},
        ),
        (
            "5 euro per head",
            {"value": 5, "kind": "share", "unit": "head", "year": "unknown"},
            {"kind": "per_any", "unit": "per_any"},
        ),
        (
            "total 5 euro per head",
            {"value": 5, "kind": "total", "unit": "head", "year": "unknown"},
            {"unit": "per_any"},
        ),
        (
            "5 euro per patient yearly",
            {"value": 5, "kind": "annual", "unit": "participants", "year": "unknown"},
            {"kind": "important", "unit": "per_unit"},
        ),
    ],
)
def test_set_wins_over_attribute_rules_and_these_over_defaults(
    make: Maker, text: str, found: dict[str, Any], why: dict[str, str]
) -> None:
    (one,) = find(make(DESCRIBED), text)
    assert (one.attributes, one.why) == (found, why)


def test_reasons_come_in_the_order_of_the_attributes(make: Maker) -> None:
    names = ["zone", "area", "mode", "base", "tone"]
    given = ", ".join(f"{name}: x" for name in names)
    source = one_rule(pattern="NUMBER euro") + (
        f"attributes:\n  - {{id: b, pattern: SPAN, set: {{{given}}}}}\n"
    )
    (one,) = find(make(source), "5 euro")
    assert list(one.why) == names


def test_attribute_rules_look_at_each_span_by_itself(make: Maker) -> None:
    found = find(make(DESCRIBED), "5 euro per patient, 6 euro. Then 7 euro per head")
    assert [one.attributes["kind"] for one in found] == ["mean", "direct", "share"]


def test_of_overlapping_spans_the_one_that_is_laid_out_is_described(make: Maker) -> None:
    rules = make(DESCRIBED)
    sheet = rules.maker.make("5 euro per patient")
    spans = [Finding(0, 6, "COST", "mine"), Finding(0, 1, "COST", "mine")]
    engine = rules.engines["COST"]
    engine.describe(collapsed(sheet, rules.vocabulary, spans), spans)
    assert [one.attributes["kind"] for one in spans] == ["mean", "direct"]


def test_span_in_the_context_of_a_rule_is_any_span_of_the_label(make: Maker) -> None:
    source = DESCRIBED + "  - {id: second, pattern: SPAN, before: SPAN and, set: {rank: second}}\n"
    found = find(make(source), "5 euro and 6 euro")
    assert [one.attributes.get("rank") for one in found] == [None, "second"]
    source = DESCRIBED + "  - {id: first, pattern: SPAN, after: and SPAN, set: {rank: first}}\n"
    found = find(make(source), "5 euro and 6 euro")
    assert [one.attributes.get("rank") for one in found] == ["first", None]


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("key", "pattern", "kinds"),
    [
        ("within", "NUMBER euro", ["told", None]),
        ("within", "euro $", ["told", None]),
        ("within", "^ euro", [None, None]),
        ("within", "yen | 5", ["told", "told"]),
        ("within", "NUMBER>6", [None, "told"]),
        ("within", "and", [None, None]),
        ("not_within", "euro", [None, "told"]),
        ("not_within", "^ NUMBER", [None, None]),
    ],
)
def test_what_must_stand_within_a_span(
    make: Maker,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    pattern: str,
    kinds: list[str | None],
    pure: bool,
) -> None:
    if pure:
        monkeypatch.setenv(PURE, "1")
    source = f"""
label: COST
rules:
  - {{id: a, pattern: "NUMBER euro|yen"}}
attributes:
  - {{id: b, pattern: SPAN, {key}: "{pattern}", set: {{kind: told}}}}
"""
    found = find(make(source), "5 euro and 7 yen")
    assert [one.attributes.get("kind") for one in found] == kinds


def test_a_new_word_form_of_a_shape_is_matched_within_later_spans(make: Maker) -> None:
    rules = make(
        "label: COST\nrules:\n  - {id: a, pattern: NUMBER ANY}\n"
        "attributes:\n  - {id: b, pattern: SPAN, within: CODE $, set: {kind: coded}}\n"
    )
    for text in ("5 AB1", "5 ab", "5 XY2"):
        assert attributes(rules, text).get("kind") == (None if text == "5 ab" else "coded")


# --- compiled rules and the words they meet ---------------------------------------------------


def test_a_new_word_form_of_a_shape_is_matched_in_later_texts(make: Maker) -> None:
    rules = make(one_rule(pattern="CODE ANY{0,2} euro", span="CODE"))
    assert words(rules, "the thing at euro") == []
    assert words(rules, "the XY12 at euro") == [("XY12", "a")]
    assert words(rules, "the ZZ9 at euro") == [("ZZ9", "a")]


def test_a_new_kind_of_number_is_matched_in_later_texts(make: Maker) -> None:
    rules = make(one_rule(pattern="euro NUMBER>=2.5"), vocabulary="classes: {LONG: ['/[0-9]{4}/']}")
    assert words(rules, "euro 2") == []
    assert words(rules, "euro 1234") == [("euro 1234", "a")]
    assert words(rules, "euro 2001 and euro two thousand") == [
        ("euro 2001", "a"), ("euro two thousand", "a"),
    ]  # fmt: skip


def test_what_was_read_before_changes_nothing(make: Maker) -> None:
    texts = [
        "5 euro per patient",
        "total 7.5 euro per XY12 yearly",
        "CI 5% per 2001 euro per nurse",
    ]
    fresh = [find(make(DESCRIBED), text) for text in texts]
    used = make(DESCRIBED)
    for text in [*reversed(texts), "of -5 of ten first WORDS 12-week"]:
        find(used, text)
    assert [find(used, text) for text in texts] == fresh


PATTERNS = [
    "NUMBER", "NUMBER euro", "euro|UNIT", "UNIT ( NUMBER )? !STOP{0,3} euro", "! euro",
    "!UNIT euro", "a|NUMBER UNIT", "( a b | b UNIT )", "( a )? b", "^ NUMBER", "UNIT .|$",
    "CODE", "WORDS !STOP{0,2} ORDINAL", "NUMBER>=5 ANY{0,3} a", "MINUS NUMBER", ",",
]  # fmt: skip
PARTS = [
    "a", "b", "5", "0.5", "-7", "ten", "first", "euro", "patient", "blood", "donors", ",", ". Z",
    "\n", "AB1", "CD23", "!",
]  # fmt: skip


@pytest.fixture
def patterns(make: Maker) -> RuleSet:
    rules = "".join(f"  - {{id: '{i}', pattern: '{p}'}}\n" for i, p in enumerate(PATTERNS))
    return make(HEAD + rules)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(st.sampled_from(PARTS), max_size=25).map(" ".join))
def test_the_look_up_by_anchors_loses_no_match(patterns: RuleSet, text: str) -> None:
    # Against each pattern tried at each place, without any look-up.
    engine, sheet = patterns.engines["COST"], patterns.maker.make(text)
    wanted = set()
    for name, pattern in enumerate(PATTERNS):
        compiled = re.compile(expression(parse(pattern), patterns.vocabulary, "COST"))
        for place in range(len(sheet.signs)):
            match = compiled.match(sheet.signs, place)
            if match and match.end() > match.start():
                wanted.add((str(name), *match.span()))
    found = [(hit.rule.id, hit.first, hit.last) for hit in engine.hits(sheet, SPANS)]
    assert len(found) == len(set(found))
    assert set(found) == wanted


def test_a_rule_is_found_by_the_anchors_of_its_contexts(make: Maker) -> None:
    rules = make(
        HEAD + "  - {id: a, pattern: NUMBER, sentence: euro}\n"
        "  - {id: b, pattern: ',', before: patient}\n"
        "  - {id: c, pattern: ',', after: NUMBER and}\n"
        "  - {id: d, pattern: ';', not_after: and}\n"
    )
    assert words(rules, "5 of patient, 7 euro") == [("5", "a"), (",", "b"), ("7", "a")]
    assert words(rules, "x, 7 and; y") == [(",", "c"), (";", "d")]
    assert words(rules, "x, 7 of; and") == []


def test_a_rule_that_takes_a_number_or_a_word_does_without_a_number(make: Maker) -> None:
    rules = make(
        HEAD + "  - {id: a, pattern: the|NUMBER UNIT}\n  - {id: b, pattern: NUMBER euro}\n"
    )
    assert words(rules, "the patient. 5 euro. Of euro") == [("the patient", "a"), ("5 euro", "b")]


# --- errors ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (one_rule(pattern="'( a'"), "rule a: pattern '( a', near character"),
        (one_rule(pattern="a", before="'( a'"), "rule a: pattern '( a', near character"),
        (one_rule(pattern="NUMBR"), "rule a: unknown class NUMBR; did you mean NUMBER?"),
        (one_rule(pattern="a", sentence="NUMBR"), "rule a: unknown class NUMBR"),
        (one_rule(pattern="a b", span="c"), "span 'c' must be one element or capture"),
        (one_rule(pattern="a b a", span="a"), "which has it 2 times"),
        (one_rule(pattern="'a | b'", span="a"), "which has it 0 times"),
        (one_rule(pattern="SPAN a"), "SPAN stands only in rules about spans"),
        (one_rule(pattern="a", after="SPAN"), "SPAN stands only in rules about spans"),
        (one_rule(pattern="n=a", before="n=b"), "'before' can't capture 'n'"),
        (one_rule(pattern="n=a", not_after="m=b"), "'not_after' can't capture 'm'"),
        (one_rule(pattern="n=a", after="n=b"), "'after' captures 'n' a second time"),
        (one_rule(pattern="'( ( a? )* )* b'"), "the pattern's repeats"),
        (one_rule(pattern="a", within="a"), "'within' stands only in rules about spans"),
        (one_rule(pattern="a", not_within="a"), "'not_within' stands only in rules about spans"),
        (
            "label: COST\nattributes:\n  - {id: a, pattern: SPAN, within: SPAN}\n",
            "'within' is matched within SPAN and can't name it",
        ),
        (
            "label: COST\nattributes:\n  - {id: a, pattern: SPAN, within: n=a}\n",
            "'within' can't capture 'n'",
        ),
        (
            "label: COST\nattributes:\n  - {id: a, pattern: SPAN, within: NUMBR}\n",
            "rule a: unknown class NUMBR; did you mean NUMBER?",
        ),
        ("label: COST\nattributes:\n  - {id: a, pattern: b}\n", "must name SPAN once"),
        ("label: COST\nattributes:\n  - {id: a, pattern: SPAN SPAN}\n", "must name SPAN once"),
        ("label: COST\nevidence:\n  - {id: a, pattern: b, weight: 1}\n", "must name SPAN once"),
        (
            "label: COST\nnormalise: {unit: none}\n",
            "file_0.yaml:2: unknown normaliser 'none'; known are",
        ),
    ],
)
def test_malformed_rules(make: Maker, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        make(text)
    assert message in str(caught.value)


def test_a_malformed_rule_is_named_with_its_file_and_line(make: Maker) -> None:
    with pytest.raises(ConfigError, match=r"rules.file_0\.yaml:3: rule a: "):
        make(one_rule(pattern="NUMBR"))


def test_all_malformed_rules_of_a_label_are_named(make: Maker) -> None:
    text = (
        HEAD + "  - {id: a, pattern: NUMBR}\n  - {id: b, pattern: c}\n  - {id: d, pattern: UNT}\n"
    )
    text += "attributes:\n  - {id: e, pattern: f}\n"
    with pytest.raises(ConfigError) as caught:
        make(text)
    lines = str(caught.value).splitlines()
    assert [re.search(r"rule (\w):", line)[1] for line in lines] == ["a", "d", "e"]  # type: ignore[index]


def test_rules_about_spans_are_not_tried_without_a_span(make: Maker) -> None:
    rules = make(DESCRIBED)
    engine: Engine = rules.engines["COST"]
    assert list(engine.hits(rules.maker.make("5 dollars per patient"), ATTRIBUTES)) == []
