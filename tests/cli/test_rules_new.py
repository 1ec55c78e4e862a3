from __future__ import annotations

import inspect
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from absift.cli.app import app
from absift.cli.rules import rules_app
from absift.rules.files import _KEYS, load_rules
from absift.rules.model import Rule

DOSE = """\
label: DOSE
rules:
  - {id: dose.plain, pattern: value=NUMBER unit=mg, match: ["[5 mg]"]}
attributes:
  - {id: dose.oral, pattern: SPAN orally, set: {route: oral}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dose.yaml").write_text(DOSE, encoding="utf-8")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(app, args)


def test_a_rule_is_written_only_if_its_examples_pass(folder: Path) -> None:
    new = ("rules", "new", "-o", "dose.yaml", "--id", "dose.drop")
    held = Path("dose.yaml").read_bytes()
    failed = run(*new, "[5 drops]", "--pattern", "NUMBER puffs")
    assert (failed.exit_code, Path("dose.yaml").read_bytes()) == (1, held)
    assert run(*new, "5 drops").exit_code == 2
    assert run(*new, "[5 drops]", "--pattern", "NUMBER drops").exit_code == 0
    assert run("rules", "check", "--rules", "dose.yaml").exit_code == 0
    assert run(*new, "[5 drops]", "--pattern", "NUMBER drops").exit_code == 2


#: Options for each key of a rule beside id, pattern and examples, and what the file then holds.
GIVEN = [
    (["--span", "NUMBER"], {"span": "NUMBER"}),
    (["--before", "took ( a|b )"], {"contexts": {"before": "took ( a|b )"}}),
    (["--not-before", "not"], {"contexts": {"not_before": "not"}}),
    (["--after", 'daily|"?"'], {"contexts": {"after": 'daily|"?"'}}),
    (["--not-after", "weekly"], {"contexts": {"not_after": "weekly"}}),
    (["--sentence", "They"], {"contexts": {"sentence": "They"}}),
    (["--not-sentence", "We"], {"contexts": {"not_sentence": "We"}}),
    (["--section", "results", "--section", "body"], {"sections": {"results", "body"}}),
    (["--not-section", "title"], {"not_sections": {"title"}}),
    (["--priority", "3"], {"priority": 3}),
    (["--block"], {"block": True}),
    (["--set", "route=oral", "--set", "n=2"], {"set": {"route": "oral", "n": 2}}),
]
ABOUT = [
    (["--within", "^ 5"], {"contexts": {"within": "^ 5"}}),
    (["--not-within", "g $"], {"contexts": {"not_within": "g $"}}),
    (["--weight", "-2.5"], {"weight": -2.5}),
    (["--weights", "event=-3.5", "--weights", "harm=1"], {"weights": {"event": -3.5, "harm": 1}}),
    (["--scope", "abstract"], {"scope": "abstract"}),
]


@pytest.mark.parametrize(
    ("kind", "pattern", "sentence", "options", "expected"),
    [
        *(("rules", "NUMBER drops", "They took a [5 drops] daily.", *one) for one in GIVEN),
        *(("attributes", "SPAN", "[5 mg] orally", *one) for one in ABOUT[:2]),
        *(("evidence", "SPAN", "[rash]", *one) for one in ABOUT[2:]),
        ("doubts", "no SPAN", "no [toxicity]", *ABOUT[4]),
    ],
)
def test_a_rule_can_be_given_every_key(
    folder: Path,
    kind: str,
    pattern: str,
    sentence: str,
    options: list[str],
    expected: dict[str, Any],
) -> None:
    """What the options say is what the file then holds, and nothing else."""
    label = "ADVERSE_EVENT" if kind in ("evidence", "doubts") else "DOSE"
    path = "dose.yaml" if label == "DOSE" else "harms.yaml"
    if "--span" in options:
        sentence = "They took a [5] drops daily."
    given = ("--kind", kind, "--label", label, "--id", "x.new", "--pattern", pattern)
    made = run("rules", "new", sentence, "-o", path, *given, *options)
    assert made.exit_code == 0, made.output
    (rule,) = [one for one in load_rules(Path(path)).of(kind) if one.id == "x.new"]
    plain = Rule("x.new", label, kind, pattern, match=(sentence,), source=rule.source)
    assert rule == replace(plain, **expected)


def test_a_rule_of_token_patterns_is_written(folder: Path) -> None:
    tokens = '[{"LIKE_NUM": true}, {"LOWER": {"IN": ["drop", "drops"]}, "OP": "+"}]'
    new = ("rules", "new", "[5 drops]", "-o", "dose.yaml", "--id", "dose.new", "--tokens")
    assert run(*new, tokens).exit_code == 0
    rule = load_rules(Path("dose.yaml")).of("rules")[-1]
    assert (rule.pattern, list(rule.tokens)) == (None, json.loads(tokens))
    for bad, said in (("[", "not JSON"), ("{}", "give a list of token patterns")):
        assert said in run(*new, bad).stderr
    assert "give either 'pattern' or 'tokens'" in run(*new, tokens, "--pattern", "a").stderr


def test_a_rule_takes_the_place_of_another(folder: Path) -> None:
    new = ("rules", "new", "[5 mg]", "-o", "over.yaml", "--label", "DOSE", "--id", "dose.plain")
    over = ("--pattern", "NUMBER mg", "--rules", "dose.yaml")
    assert run(*new, *over).exit_code == 2
    assert run(*new, *over, "--replace").exit_code == 0
    assert load_rules(Path("over.yaml")).of("rules")[0].replace


def test_a_rule_about_spans_has_them_for_its_pattern(folder: Path) -> None:
    new = ("rules", "new", "[5 mg] orally", "-o", "dose.yaml", "--id", "dose.new")
    made = run(*new, "--kind", "attributes", "--after", "orally", "--set", "by=mouth")
    assert made.exit_code == 0, made.output
    assert load_rules(Path("dose.yaml")).of("attributes")[-1].pattern == "SPAN"
    wrong = run(*new, "--kind", "spans")
    assert (wrong.exit_code, "--kind spans: give one of rules, " in wrong.stderr) == (2, True)
    within = run(*new, "--pattern", "5 mg", "--within", "mg")
    assert "'within' stands only in rules about spans that were found" in within.stderr


def test_every_key_of_a_rule_is_an_option() -> None:
    (command,) = [one for one in rules_app.registered_commands if one.name == "new"]
    assert command.callback is not None
    options = set(inspect.signature(command.callback).parameters)
    assert options >= _KEYS
