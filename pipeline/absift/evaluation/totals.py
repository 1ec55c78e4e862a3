"""How often the total sample size of a study was right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from absift.evaluation.sources import Pair
from absift.records import Record


@dataclass(frozen=True, slots=True)
class TotalScore:
    """Exact agreement on the total sample size, one figure an abstract.

    Attributes:
        support: Abstracts whose gold has a total.
        answered: Those of them whose prediction has one too.
        correct: Those of them where the two are equal.
        without_gold: Abstracts whose gold has no total; they are in none of the above.
        unasked: Those of them whose prediction has one.
    """

    support: int
    answered: int
    correct: int
    without_gold: int
    unasked: int

    @property
    def accuracy(self) -> float | None:
        """Correct among all abstracts with a total, an unanswered one being wrong."""
        return self.correct / self.support if self.support else None

    @property
    def coverage(self) -> float | None:
        """Share of the abstracts with a total for which one was predicted."""
        return self.answered / self.support if self.support else None

    @property
    def accuracy_of_answered(self) -> float | None:
        """Correct among those that were answered."""
        return self.correct / self.answered if self.answered else None

    def to_json(self) -> dict[str, Any]:
        """Give the score as a JSON object with keys in a fixed order."""
        names = ("accuracy", "coverage", "accuracy_of_answered", *self.__slots__)
        return {name: getattr(self, name) for name in names}


def score_totals(
    pairs: Iterable[Pair], total_of: Callable[[Record], int | None] | None = None
) -> TotalScore:
    """Compare the totals that one function reads from gold and from prediction.

    Args:
        pairs: Gold records with their predictions.
        total_of: Gives a record's total; :func:`absift.summary.total_sample_size` by default.
    """
    if total_of is None:
        from absift.summary import total_sample_size

        total_of = total_sample_size
    support = answered = correct = without_gold = unasked = 0
    for pair in pairs:
        wanted = total_of(pair.gold)
        given = total_of(pair.predicted) if pair.predicted is not None else None
        if wanted is None:
            without_gold += 1
            unasked += given is not None
            continue
        support += 1
        answered += given is not None
        correct += given == wanted
    return TotalScore(support, answered, correct, without_gold, unasked)
