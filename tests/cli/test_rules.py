from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from typer.testing import Result

    Command = Callable[..., Result]


def test_the_rules_keep_their_examples(absift_command: Command) -> None:
    result = absift_command("rules", "check")
    assert result.exit_code == 0, result.stdout
    last = result.stdout.splitlines()[-1]
    found = re.fullmatch(r"(\d+) rules, (\d+) examples, 0 failed", last)
    assert found
    assert int(found[1]) > 20
    assert int(found[2]) > int(found[1])


def test_quiet_is_silent_where_all_is_well(
    absift_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("absift.rules.check.check", lambda rule_set: [])
    result = absift_command("rules", "check", "--quiet")
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_failure_is_shown_and_exit_code_1(
    absift_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(rule_set: object) -> list[str]:
        return ["duration.yaml: rule duration.x: found nothing: '[6] weeks\x1b[31m'"]

    monkeypatch.setattr("absift.rules.check.check", check)
    result = absift_command("rules", "check")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith("duration.yaml: rule duration.x: found nothing")
    assert "\x1b" not in result.stdout
    assert result.stdout.splitlines()[-1].endswith(" examples, 1 failed")


def test_rules_of_ones_own_are_checked(absift_command: Command, root: Path) -> None:
    shutil.copytree(root / "configs", "mine")
    (Path("mine") / "rules" / "duration.yaml").write_text(
        "label: DURATION\nrules:\n  - id: duration.mine\n    pattern: NUMBER TIME_UNIT\n"
        '    match: ["for [6 weeks]", "for [6] weeks"]\n',
        encoding="utf-8",
    )
    result = absift_command("rules", "check", "--configs", "mine")
    assert result.exit_code == 1
    assert "rule duration.mine: found ['6 weeks']: 'for [6] weeks'" in result.stdout


def test_rules_that_are_missing(absift_command: Command) -> None:
    result = absift_command("rules", "check", "--configs", "nowhere")
    assert result.exit_code == 2
    assert result.stderr.startswith("absift: error: ")
    assert "nowhere" in result.stderr
