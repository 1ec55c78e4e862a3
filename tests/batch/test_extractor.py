from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest

import absift
from absift.batch.extractor import Alarm, Extractor, TooLongError
from absift.batch.job import Recipe
from absift.batch.manifest import Manifest
from absift.batch.plan import Plan
from absift.records import Abstract, Record


@pytest.fixture(scope="module")
def extract() -> Extractor:
    return Extractor(Recipe())


def test_a_worker_names_its_rules_as_the_manifest_does(extract: Extractor) -> None:
    # A run stops where they differ, so they may differ in the rules alone.
    assert extract.rules == Manifest.of(Plan([], [], 0), Recipe(), []).rules


TEXTS = ["Of 27 patients, 19 (70%) responded.", "", "Two had headaches for 3 days.", "40 men."]


def test_one_by_one_is_the_same_as_all(extract: Extractor) -> None:
    abstracts = [Abstract(str(n), text) for n, text in enumerate(TEXTS)]
    assert [extract(one) for one in abstracts] == list(absift.extract(abstracts))


def test_a_config_gives_the_same(pipeline: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absift.api.load", lambda config=None, **_: pipeline)
    made = Extractor(Recipe(config="mine.cfg"))
    abstracts = [Abstract(str(n), text) for n, text in enumerate(TEXTS)]
    assert [made(one) for one in abstracts] == list(absift.extract(abstracts))


def test_a_failure_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    real = absift.api.extract

    def brittle(sources: Iterator[Abstract], **_: object) -> Iterator[Record]:
        for one in sources:
            if "bad" in one.text:
                raise ValueError(one.text)
            yield from real([one])

    monkeypatch.setattr("absift.api.extract", brittle)
    made = Extractor(Recipe())
    assert made(Abstract("1", "20 men")).id == "1"
    for _ in range(2):
        with pytest.raises(ValueError, match="bad"):
            made(Abstract("2", "bad"))
    assert made(Abstract("3", "30 men")).id == "3"


def sleepy(abstract: Abstract) -> Record:
    time.sleep(float(abstract.text))
    return Record(abstract.id, abstract.text)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs alarms")
def test_an_alarm_ends_what_takes_too_long_and_nothing_else() -> None:
    before = signal.getsignal(signal.SIGALRM)
    alarm = Alarm(0.05)
    with alarm.ready():
        for _ in range(3):
            assert alarm.run(sleepy, Abstract("1", "0")).id == "1"
            with pytest.raises(TooLongError):
                alarm.run(sleepy, Abstract("2", "5"))
        # None rings when nothing runs.
        time.sleep(0.1)
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_no_limit_is_no_alarm() -> None:
    with Alarm(0).ready():
        assert Alarm(0).run(sleepy, Abstract("1", "0.01")).id == "1"
