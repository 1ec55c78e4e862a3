"""Learns a table of weights from cases: regularised logistic regression, in two steps.

First the words: what is around an item, learnt from all cases. Then how far what the rules say
and what the words say are to be trusted, learnt from the unread cases alone, on sums of words'
weights that were learnt without the abstract itself (stacked generalisation, Wolpert 1992).
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from absift.weighing.spans import RULE
from absift.weighing.table import Table
from absift.weighing.weigher import ALWAYS, Fact
from fit.gather import NO, Case

Floats = NDArray[np.float64]

_FOLDS = 5
# How strongly weights are held near nothing: of words, and of what rules say.
_WORDS, _SAID = 0.05, 0.3
# Classes that say where a pattern ends, not what a word means.
_EDGES = re.compile(r"_(STOP|GAP|FILL|CUT|START|ENDS?|CORE|LOOSE)$")
# A fact that fewer cases have says nothing that could be relied on.
_FEWEST = 3
# Weights below this in size are left out.
_LEAST = 0.02
_SCORE_LIMIT = 6.0
_NEAR_BEST = 0.003


@dataclass(frozen=True, slots=True)
class Fit:
    """A table that was learnt.

    Attributes:
        table: The table.
        before: How good the rules alone are on the unread cases.
        after: How good they are together with weights that were learnt without these.
    """

    table: Table
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class _Model:
    """Weights: a row an answer, a column a fact; and what always holds for each answer."""

    weights: Floats
    always: Floats


class _Matrix:
    """Facts to columns, as the cases that teach have them."""

    def __init__(self, cases: Sequence[Case], said: Callable[[Fact], bool]) -> None:
        often = Counter(fact for case in cases for fact in set(case.facts) if not said(fact))
        self.facts = sorted(fact for fact, times in often.items() if times >= _FEWEST)
        self._columns = {fact: place for place, fact in enumerate(self.facts)}

    def of(self, cases: Sequence[Case]) -> csr_matrix:
        """Give how often each case has each fact; a row a case."""
        places: list[int] = []
        edges = [0]
        for case in cases:
            places += [self._columns[fact] for fact in case.facts if fact in self._columns]
            edges.append(len(places))
        ones = np.ones(len(places))
        made = csr_matrix((ones, places, edges), shape=(len(cases), len(self.facts)))
        made.sum_duplicates()
        return made


@dataclass(frozen=True, slots=True)
class Question:
    """What a table answers.

    Attributes:
        name: The table.
        outcomes: Its outcomes; a single one holds or not.
        said: The places of what rules say.
        score: The place of what rules of evidence add up to, where they do.
        left_out: Places that tell too little of it.
        lenient: Whether of bounds that are as good that is taken which misses least: a harm
            missed is worse than one too many.
    """

    name: str
    outcomes: tuple[str, ...]
    said: frozenset[str]
    score: str | None = None
    left_out: frozenset[str] = frozenset()
    lenient: bool = False

    @property
    def classes(self) -> list[str]:
        """The answers that there are."""
        return [NO, *self.outcomes] if len(self.outcomes) == 1 else list(self.outcomes)


def fit(question: Question, unread: Sequence[Case], known: Sequence[Case]) -> Fit:
    """Learn a table.

    Args:
        question: What it answers.
        unread: Cases of abstracts that no rule was written with.
        known: Cases of others.
    """
    classes, count = question.classes, len(question.outcomes)
    apart = {*question.said, *question.left_out, question.score}
    words = _Matrix(
        [*unread, *known], lambda fact: fact[0] in apart or bool(_EDGES.search(fact[1]))
    )
    here, there = words.of(unread), words.of(known)
    answers = np.array([classes.index(case.answer) for case in unread])
    others = np.array([classes.index(case.answer) for case in known], dtype=answers.dtype)
    folds = np.array([zlib.crc32(case.id.encode()) % _FOLDS for case in unread])

    sums = np.zeros((len(unread), count))
    for fold in range(_FOLDS):
        out = folds == fold
        taught = _learn(vstack([here[~out], there]), np.r_[answers[~out], others], _WORDS, count)
        sums[out] = _sums(taught, here[out])
    taught = _learn(vstack([here, there]), np.r_[answers, others], _WORDS, count)

    said = _Matrix(unread, lambda fact: fact[0] not in question.said)
    scores = np.array([[_score(case, question.score)] for case in unread])
    joint = np.c_[sums, scores, said.of(unread).toarray()]
    left_out = np.zeros_like(sums)
    for fold in range(_FOLDS):
        out = folds == fold
        left_out[out] = _sums(_learn(joint[~out], answers[~out], _SAID, count), joint[out])
    trusted = _learn(joint, answers, _SAID, count)
    before = _rules(question, unread)
    if count > 1:
        held = float((before == answers).mean())
        after = float((left_out.argmax(axis=1) == answers).mean())
        rows = _rows(words.facts, said.facts, taught, trusted)
        return Fit(Table(question.name, question.outcomes, rows), held, after)
    steps = np.arange(-1.0, 1.0, 0.05)
    made = [_f1(answers, left_out[:, 0] > at) for at in steps]
    near = _NEAR_BEST if question.lenient else 0.0
    least = next(at for at, f1 in zip(steps, made, strict=True) if f1 >= max(made) - near)
    rows = _rows(words.facts, said.facts, taught, trusted, float(least), question.score is not None)
    after = _f1(answers, left_out[:, 0] > least)
    return Fit(Table(question.name, question.outcomes, rows), _f1(answers, before == 1), after)


def _learn(
    facts: csr_matrix | Floats, answers: NDArray[np.int64], c: float, outcomes: int
) -> _Model:
    """Learn to tell each answer from the others; a single outcome from none."""
    asked = [answers == 1] if outcomes == 1 else [answers == k for k in range(outcomes)]
    made = [
        LogisticRegression(C=c, solver="liblinear", intercept_scaling=10).fit(facts, each)
        for each in asked
    ]
    return _Model(
        np.vstack([each.coef_ for each in made]), np.hstack([each.intercept_ for each in made])
    )


def _sums(model: _Model, facts: csr_matrix | Floats) -> Floats:
    return np.asarray(facts @ model.weights.T + model.always)


def _rows(
    words: Sequence[Fact],
    said: Sequence[Fact],
    taught: _Model,
    trusted: _Model,
    least: float = 0.0,
    scored: bool = False,
) -> dict[Fact, tuple[float, ...]]:
    """Join both steps to one sum of weights, above nothing from ``least`` on."""
    outcomes = taught.weights.shape[0]
    turned = trusted.weights[:, :outcomes]
    # Beside what rules of evidence add up to, weights are in its unit.
    unit = float(trusted.weights[0, outcomes]) if scored else 1.0
    always = turned @ taught.always + trusted.always - least
    rows = dict(zip(words, (turned @ taught.weights).T / unit, strict=True))
    rows = {fact: weights for fact, weights in rows.items() if abs(weights).max() >= _LEAST}
    rows |= dict(zip(said, trusted.weights[:, outcomes + 1 :].T / unit, strict=True))
    rows[ALWAYS, ALWAYS] = always / unit
    return {fact: tuple(map(float, weights)) for fact, weights in rows.items()}


def _score(case: Case, place: str | None) -> float:
    held = (float(name) for where, name in case.facts if where == place)
    return float(np.clip(next(held, 0.0), -_SCORE_LIMIT, _SCORE_LIMIT))


def _rules(question: Question, cases: Sequence[Case]) -> NDArray[np.int64]:
    """Give the answers of rules alone."""
    if question.score is not None:
        return np.array([int(_score(case, question.score) > 0) for case in cases])
    if len(question.outcomes) == 1:
        return np.array([int(any(place == RULE for place, _ in case.facts)) for case in cases])
    attribute = question.name.partition(".")[2]
    held = (dict(case.facts).get(attribute) for case in cases)
    return np.array(
        [question.classes.index(value) if value in question.classes else -1 for value in held]
    )


def _f1(answers: NDArray[np.int64], found: NDArray[np.bool_]) -> float:
    hits = float((found & (answers == 1)).sum())
    return 2 * hits / max(float(found.sum() + (answers == 1).sum()), 1.0)
