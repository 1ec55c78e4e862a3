"""Join the figures of an abstract: counts to percentages, rates to adverse events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from absift.linking.figures import FigureFinder
from absift.linking.kinds import settle_kinds, settle_roles
from absift.linking.lines import lines
from absift.linking.patterns import Patterns
from absift.linking.percentages import PercentageLinker
from absift.linking.rates import RateLinker
from absift.linking.samples import SampleSettler
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import Vocabulary
from absift.weighing.rates import RateWeigher


class Linker:
    """Links the figures of abstracts.

    Args:
        vocabulary: The alphabet; must not be settled yet, or be settled again afterwards.
        patterns: What ``configs/linking.yaml`` holds.
        weigher: Has a say in which events figures are about; the rules alone without it.

    Raises:
        ConfigError: A pattern or class is missing or malformed.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        patterns: Mapping[str, Any],
        weigher: RateWeigher | None = None,
    ) -> None:
        self.patterns = Patterns(vocabulary, patterns)
        figures = FigureFinder(self.patterns)
        self._percentages = PercentageLinker(self.patterns, figures)
        self._rates = RateLinker(self.patterns, figures, weigher)
        self.samples = SampleSettler(self.patterns)

    def settle(self, sheet: Sheet, findings: list[Finding]) -> None:
        """Let the figures tell each other's attributes; sizes known by their sum are added.

        Args:
            sheet: The abstract, with nothing collapsed.
            findings: Its spans of all labels, with their attributes; changed and added to.
        """
        self.patterns.renew()
        self.samples.settle(sheet, findings)
        ordered = _in_order(findings)
        settle_kinds(sheet, ordered, self.patterns)
        settle_roles(sheet, ordered, self.patterns)

    def join(self, sheet: Sheet, findings: Sequence[Finding]) -> None:
        """Set ``numerator``, ``denominator`` and ``rates`` where the text gives them.

        Args:
            sheet: The abstract, with nothing collapsed.
            findings: Its spans of all labels, as :meth:`settle` left them; changed.
        """
        held = list(lines(sheet, _in_order(findings), self.patterns))
        for line in held:
            self._percentages.link(line)
        self._rates.link(sheet, held, findings)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: (one.start, -one.end))
