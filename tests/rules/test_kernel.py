"""Rules by the compiled matcher and by Python's own regular expressions."""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Callable

import pytest

from absift.compiled_parts import PURE, compiled
from absift.rules.compiled import Hit
from absift.rules.model import SPANS
from absift.rules.ruleset import RuleSet

pytestmark = pytest.mark.skipif(
    compiled("absift.rules._kernel") is None, reason="absift was installed without a compiler"
)

RULES = """
label: COST
rules:
  - {id: plain, pattern: NUMBER UNIT}
  - {id: gap, pattern: "was ANY{0,3} n=NUMBER", span: n, section: results}
  - {id: rare, pattern: ( blood )? donor|nurse, not_section: results, priority: 3}
  - {id: bound, pattern: NUMBER, before: was|of ( ANY )?, not_after: UNIT, sentence: donor|was}
  - {id: named, pattern: n=( NUMBER | UNIT ) of, after: "( ANY ){0,2} d=NUMBER"}
  - {id: nested, pattern: "outer=( was first=NUMBER ) of"}
"""
# Goes back often enough on a long sentence for signals to be handled on the way.
SLOW = """
label: COST
rules:
  - {id: slow, pattern: "first=patient? more=ANY{0,6} patient{0,6} ANY{0,6} patient{0,6} nurse"}
"""
WORDS = ["Results:", "Methods:", "patients", "blood", "donor", "was", "of", "5", "ten", ".", "18th"]


def hits(rules: RuleSet, texts: list[str]) -> list[list[Hit]]:
    made = [rules.maker.make(text, has_title=False) for text in texts]
    return [rules.engines["COST"].hits(sheet, SPANS) for sheet in made]


@pytest.mark.parametrize("seed", range(10))
def test_rules_give_the_same_hits_in_the_same_order(
    make: Callable[..., RuleSet], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    texts = [" ".join(chance.choices(WORDS, k=chance.randrange(20))) for _ in range(40)]
    fast = hits(make(RULES), texts)
    monkeypatch.setenv(PURE, "1")
    pure = hits(make(RULES), texts)

    def plain(found: list[list[Hit]]) -> list[list[tuple[object, ...]]]:
        # The rules themselves are of two sets of rules. In what order captures come counts, too.
        return [
            [(hit.rule.id, hit.first, hit.last, list(hit.captures.items()), hit.at) for hit in each]
            for each in found
        ]

    assert [sorted(each) for each in plain(fast)] == [sorted(each) for each in plain(pure)]
    assert [[hit.place for hit in each] for each in fast] == [
        [hit.place for hit in each] for each in pure
    ]
    assert any(fast)


def test_threads_share_the_rules(make: Callable[..., RuleSet]) -> None:
    rules = make(RULES)
    texts = ["It was 5 patients of 10."] * 200
    wanted, found = hits(rules, texts), list[list[list[Hit]]]()
    threads = [threading.Thread(target=lambda: found.append(hits(rules, texts))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 4


@pytest.mark.parametrize("seconds", [0.002, 0.01])
def test_a_signal_s_handler_may_match_with_the_rules_that_it_interrupts(
    make: Callable[..., RuleSet], seconds: float
) -> None:
    rules = make(SLOW)
    long, short = ["patient " * 600 + "nurse."], ["patient patient nurse patient nurse."]
    wanted, inside = hits(rules, long), hits(rules, short)
    found: list[list[list[Hit]]] = []
    before = signal.signal(signal.SIGALRM, lambda *_: found.append(hits(rules, short)))
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        made = [hits(rules, long) for _ in range(3)]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert made == [wanted] * 3
    assert found
    assert all(each == inside for each in found)


def test_what_was_cut_short_leaves_nothing_behind(make: Callable[..., RuleSet]) -> None:
    class RungError(Exception):
        pass

    def ring(number: int, frame: object) -> None:
        raise RungError

    rules = make(SLOW)
    short = ["patient patient nurse patient nurse."]
    wanted = hits(rules, short)
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(RungError):
            hits(rules, ["patient " * 20_000 + "nurse."])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert hits(rules, short) == wanted


@pytest.mark.parametrize("size", [1, 63, 64, 65, 129])
def test_any_number_of_rules_is_told_apart(make: Callable[..., RuleSet], size: int) -> None:
    lines = [f"  - {{id: r{place}, pattern: NUMBER word{place} of}}" for place in range(size)]
    rules = make("\n".join(["label: COST", "rules:", *lines, ""]))
    texts = [f"Of 5 word{place} of 7 word{size - 1} of" for place in range(size)]
    found = [[(hit.rule.id, hit.place) for hit in each] for each in hits(rules, texts)]
    last = (f"r{size - 1}", size - 1)
    assert found == [[(f"r{place}", place), last] for place in range(size - 1)] + [[last, last]]
