"""What is worked out from measured figures."""

from __future__ import annotations

import csv
import sys
from itertools import islice
from pathlib import Path
from types import FrameType

import pytest
from measure.additions import term_file
from measure.length import exponent, sentences, text_of
from measure.peers import PEERS, terms
from measure.ratio import interval
from measure.soak import COLUMNS, steadiness, write_csv
from measure.steps import OTHER, STEPS, step_of

from absift.lexicon.entries import read_entries
from absift.rules.engine import Engine


def test_the_interval_of_a_ratio_holds_it() -> None:
    ours, theirs = [1.0, 2.0, 1.5, 1.0], [2.0, 3.0, 3.0, 1.0]
    low, high = interval(ours, theirs)
    assert low < sum(theirs) / sum(ours) < high
    assert interval([2.0] * 9, [3.0] * 9) == (1.5, 1.5)


@pytest.mark.parametrize(("power", "expected"), [(1.0, 1.0), (2.0, 2.0)])
def test_the_exponent_is_that_of_the_growth(power: float, expected: float) -> None:
    lengths = (1_000, 10_000, 100_000, 1_000_000)
    points = [{"length": float(one), "seconds": one**power * 1e-6} for one in lengths]
    assert exponent(points) == pytest.approx(expected)
    assert exponent(points[:2]) is None


def test_texts_of_a_length_have_new_figures_in_each_round() -> None:
    made = list(islice(sentences(), 16))
    assert len(set(made)) == 16
    assert 5_000 <= len(text_of(5_000, sentences())) < 5_200


def test_steadiness_compares_the_end_with_the_beginning(tmp_path: Path) -> None:
    rates = [10.0, 20.0, 20.0, *[15.0] * 6, 10.0]
    points = [
        {"abstracts": 5 * (at + 1), "seconds": 1.0, "per_s": rate, "rss_mb": 100.0 + at}
        for at, rate in enumerate(rates)
    ]
    assert steadiness(points) == {"memory": 1.09, "speed": 0.5}
    write_csv(points, tmp_path / "soak.csv")
    with (tmp_path / "soak.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == list(COLUMNS)
    assert rows[-1] == ["50", "1", "10", "109"]
    assert len(rows) == 11


def test_terms_are_as_many_as_asked_for_and_none_twice(tmp_path: Path) -> None:
    path = tmp_path / "more.tsv"
    path.write_text(term_file(300, ["Patients slept.", "Patients were treated."]), encoding="utf-8")
    entries = read_entries(path)
    assert len({one.term for one in entries}) == len(entries) == 300
    assert entries[0].term.startswith("Patients ")


class _Watched(Engine):
    """An engine whose look-ups tell what step they belong to."""

    seen = ""

    def resolve(self, *_: object, **__: object) -> list[object]:  # type: ignore[override]
        _Watched.seen = step_of(sys._getframe())
        return []

    def hits(self, *_: object, **__: object) -> list[object]:  # type: ignore[override]
        return []


def test_the_innermost_named_function_is_the_step() -> None:
    engine = _Watched.__new__(_Watched)
    engine.label = "DURATION"
    engine.find(None)  # type: ignore[arg-type]
    assert _Watched.seen == "rules: DURATION"
    frame: FrameType | None = sys._getframe()
    assert step_of(frame) == OTHER


def test_every_function_that_marks_a_step_is_there(root: Path) -> None:
    package = root / "pipeline" / "absift"
    for file, function in STEPS:
        source = (package / file).read_text(encoding="utf-8")
        assert f"def {function}(" in source, f"{file} has no {function}"


def test_each_peer_has_its_script(root: Path) -> None:
    scripts = {path.stem for path in (root / "benchmarks" / "peers").glob("peer_*.py")}
    assert scripts == {f"peer_{peer.script}" for peer in PEERS}
    assert "headache" in terms()
