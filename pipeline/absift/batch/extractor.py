"""One abstract in, one record out, within a time limit and whatever happens."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import FrameType
from typing import TYPE_CHECKING

from absift import api
from absift._version import with_rules
from absift.batch.memory import loading
from absift.records import Abstract, Record

if TYPE_CHECKING:
    from spacy.language import Language

    from absift.batch.job import Recipe


_FIRST = "Of 2 patients, 1 (50%) had a headache for 3 days."


@lru_cache(maxsize=1)
def _pipeline(config: str, rules: tuple[str, ...], explain: bool) -> Language:
    """Load a pipeline, once for all shards that this process does."""
    return api.load(config, rules=rules, explain=explain)


class TooLongError(Exception):
    """A record took more time than it may."""


class Extractor:
    """Extracts from abstracts one by one; a failure over one costs no other.

    Raises:
        ConfigError: The recipe's config can't be used.
    """

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._nlp = None
        if recipe.config:
            self._nlp = _pipeline(recipe.config, recipe.rules, recipe.explain)
        self._next: Abstract | None = None
        self._found: Iterator[Record] | None = None
        # Rules and words are loaded with the first abstract, which may take longer than a
        # record may; what fails here fails again, where it is dealt with.
        with loading() as loaded:
            with contextlib.suppress(Exception):
                self(Abstract("", _FIRST))
            loaded()

    @property
    def rules(self) -> str:
        """Version and hash of the rules that are there, as a task has those wanted."""
        return with_rules(api.rules_hash(self._nlp, rules=self._recipe.rules))

    def __call__(self, abstract: Abstract) -> Record:
        """Extract from one abstract; whatever goes wrong is raised."""
        if self._nlp is not None:
            return next(api.extract([abstract], nlp=self._nlp))
        self._next = abstract
        if self._found is None:
            # One stream for all abstracts: beginning one means looking at all rules.
            rules, explain = self._recipe.rules, self._recipe.explain
            self._found = api.extract(self._abstracts(), rules=rules, explain=explain)
        try:
            return next(self._found)
        except BaseException:
            self._found = None
            raise

    def _abstracts(self) -> Iterator[Abstract]:
        while self._next is not None:
            abstract, self._next = self._next, None
            yield abstract


class Alarm:
    """Ends what takes too long by :class:`TooLongError`; for the main thread of a process.

    Where the system has no alarms, as on Windows, nothing is ended here.

    Args:
        seconds: The limit; 0 for none.
    """

    def __init__(self, seconds: float) -> None:
        main = threading.current_thread() is threading.main_thread()
        self._seconds = seconds if main and hasattr(signal, "setitimer") else 0.0
        self._armed = False

    @contextlib.contextmanager
    def ready(self) -> Iterator[None]:
        """Take the signal over for a while."""
        if not self._seconds:
            yield
            return
        before = signal.signal(signal.SIGALRM, self._ring)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def run(self, extract: Callable[[Abstract], Record], abstract: Abstract) -> Record:
        """Call a function with an abstract, within the limit.

        Raises:
            TooLongError: It took longer.
        """
        if not self._seconds:
            return extract(abstract)
        self._armed = True
        # Again and again, in case the first ring is lost in a callback that swallows errors.
        signal.setitimer(signal.ITIMER_REAL, self._seconds, 1.0)
        try:
            return extract(abstract)
        finally:
            # A ring that comes while this one is put down is none of the next record's.
            self._armed = False
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _ring(self, number: int, frame: FrameType | None) -> None:
        if self._armed:
            raise TooLongError
