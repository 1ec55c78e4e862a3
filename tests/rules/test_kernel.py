"""Rules by the compiled matcher and by Python's own regular expressions."""

from __future__ import annotations

import random
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
        # The rules themselves are of two sets of rules.
        return [[(hit.rule.id, *hit[1:]) for hit in each] for each in found]

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
