"""Give adverse events the figures that the text reports of them."""

from __future__ import annotations

from collections.abc import Sequence

from absift.linking.chains import ChainFinder
from absift.linking.choosing import OwnerChooser
from absift.linking.clauses import Memory
from absift.linking.figures import Figure, FigureFinder
from absift.linking.inventory import Inventory, InventoryMaker
from absift.linking.lines import Line
from absift.linking.mentions import MentionFinder
from absift.linking.naming import ArmNamer
from absift.linking.owners import OwnerFinder
from absift.linking.patterns import Patterns
from absift.linking.row import Group, Row, group_events
from absift.linking.series import Series, SeriesMaker, chunks
from absift.records import ADVERSE_EVENT, SAMPLE_SIZE
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet
from absift.text.tokens import fold
from absift.weighing.rates import RateWeigher


class RateLinker:
    """Attaches figures to adverse events, sentence by sentence.

    Args:
        patterns: The patterns of linking.
        figures: Reads the figures of sentences.
        weigher: Has a say in which events figures are about.
    """

    def __init__(
        self, patterns: Patterns, figures: FigureFinder, weigher: RateWeigher | None = None
    ) -> None:
        self.patterns = patterns
        self.figures = figures
        self.inventories = InventoryMaker(patterns)
        self.mentions = MentionFinder(patterns, self.inventories)
        self.series = SeriesMaker(patterns, self.mentions)
        self.names = ArmNamer(patterns, figures, self.mentions, self.series)
        self.chains = ChainFinder(patterns)
        self.chooser = OwnerChooser(OwnerFinder(patterns), self.chains, weigher)

    def link(self, sheet: Sheet, held: Sequence[Line], findings: Sequence[Finding] = ()) -> None:
        """Set ``rates`` of the adverse events of an abstract's sentences.

        Args:
            sheet: The abstract, nothing collapsed.
            held: Its sentences that hold something to link.
            findings: All that was found in it.
        """
        memory: Memory | None = None
        pending: list[Line] = []
        for line in held:
            if not any(one.label == ADVERSE_EVENT for one in line.findings.values()):
                pending.append(line)
                continue
            figures = self.figures.find(line)
            if not figures:
                continue
            if memory is None:
                memory = Memory(self._inventory(sheet, findings), sheet)
            if memory.arms.compares:
                self.names.read(pending, memory)
            pending.clear()
            numbers, arms = self.inventories.numbers, memory.arms
            figures = [one for one in figures if not numbers(line, one.first, arms)]
            self._sentence(line, figures, memory)

    def _inventory(self, sheet: Sheet, findings: Sequence[Finding]) -> Inventory:
        """Read the arms of an abstract."""
        events = {
            name
            for found in findings
            if found.label == ADVERSE_EVENT
            for name in fold(sheet.text[found.start : found.end]).split()
        }
        sizes = {
            found.start
            for found in findings
            if found.label == SAMPLE_SIZE and found.attributes.get("scope") == "arm"
        }
        return self.inventories.make(sheet, events, sizes)

    def _sentence(self, line: Line, figures: list[Figure], memory: Memory) -> None:
        row = self.names.row(line, figures, memory)
        groups = group_events(row, self.patterns)
        made = self.series.make(row, groups)
        self.names.name(row, groups, made, memory)
        before: Group | None = None
        wholes: list[Series] = [one.whole for one in made if one.whole is not None]
        waiting: list[Series] = []
        for place, one in enumerate(made):
            if one in wholes:
                continue
            one.again = place > 0 and self.chains.in_bracket(row, made[place - 1], one)
            owner, on_left, holds = self.chooser.choose(row, groups, made, place, before)
            before = owner
            waiting.append(one)
            if owner is None:
                continue
            led = [] if on_left else self.chains.leading(row, waiting, owner.first)
            for other in led:
                self._give(row, other, owner, memory, on_left=False)
            waiting.clear()
            if holds:
                if one.whole is not None:
                    self._give(row, one.whole, owner, memory, on_left=on_left)
                self._give(row, one, owner, memory, on_left=on_left)
        for group in groups:
            group.settle()

    def _give(
        self, row: Row, series: Series, owner: Group, memory: Memory, *, on_left: bool
    ) -> None:
        """Attach a row of figures to events."""
        run, arms = series.figures, series.arms
        size = len(run)
        told = [arm for arm in arms if arm]
        if self._each_its_own(row, series, owner):
            for place, figure in enumerate(run):
                arm = next(iter(told), series.lead) if memory.arms.compares else None
                owner.own.setdefault(place, []).append(_rate(figure, arm))
            return
        if self._by_arm(series, owner):
            return
        if size > 1 and len(told) < size and not series.around:
            pair = self.names.completed(arms, memory)
            if pair:
                arms = pair
            elif told and not on_left:
                run, arms, size = run[-1:], arms[-1:], 1
            elif not told and not self._joint(row, series):
                run = run[:1] if on_left else run[-1:]
                arms, size = (None,), 1
        if size > 1 and not told:
            parts = chunks(series, row, self.patterns)
            if len(parts) == len(owner.findings) > 1:
                self._share_out(row, parts, owner, memory)
                return
            arms = self.names.missing(row, series, memory) or arms
        if size == 1:
            arms = (self.names.clauses.of_all(row, series) or arms[0],)
        if not memory.arms.compares:
            arms = (None,) * size
        if size > 1 and all(arms):
            memory.last[size] = tuple(arm for arm in arms if arm)
            memory.here.setdefault(size, memory.last[size])
        if self._told(owner, run) and not self._merged(owner, run, arms):
            # One figure an arm: a second row is about what else happened.
            held = {rate.get("arm") for rate in owner.rates}
            if series.again or held.isdisjoint(arms):
                owner.rates += [_rate(figure, arm) for figure, arm in zip(run, arms, strict=True)]

    def _by_arm(self, series: Series, owner: Group) -> bool:
        """Give each event its figure of each arm ("12% and 8% on A, 4% and 2% on B")."""
        size, events = len(series), len(owner.findings)
        if events < 2 or size <= events or size % events:
            return False
        named = [place for place, arm in enumerate(series.arms) if arm]
        starts = list(range(0, size, events))
        if named not in (starts, [start + events - 1 for start in starts]):
            return False
        for place, figure in enumerate(series.figures):
            arm = series.arms[named[place // events]]
            owner.own.setdefault(place % events, []).append(_rate(figure, arm))
        return True

    def _each_its_own(self, row: Row, series: Series, owner: Group) -> bool:
        """Tell whether a row holds one figure for each of its events ("in 8 and 3, respectively").

        Where an arm stands beside it, the word "respectively" must say so.
        """
        size = len(series)
        if (
            size == 1
            or size != len(owner.findings)
            or series.around
            or not self._joint(row, series)
        ):
            return False
        if not self.patterns.signs("VERSUS").isdisjoint(row.signs[series.first : series.last]):
            # "nausea and vomiting (53% vs 7%)" sets arms against each other.
            return False
        if not any(series.arms):
            return True
        behind = row.signs[series.last : series.last + 2]
        respectively = self.patterns.signs("RESPECTIVELY")
        return sum(map(bool, series.arms)) == 1 and not respectively.isdisjoint(behind)

    def _merged(self, owner: Group, run: Sequence[Figure], arms: Sequence[str | None]) -> bool:
        """Complete the count before events by their percentage behind ("two had rash (5%)")."""
        if len(run) > 1 or len(owner.rates) != 1:
            return False
        held, rate, arm = owner.rates[0], run[0].rate, arms[0]
        if held.get("arm") and arm and held["arm"] != arm:
            return False
        if rate == {name: held[name] for name in rate if name in held}:
            # The same number of people and of events: "five men reported five events".
            return True
        fewer = held.get("numerator", 0) > rate.get("numerator", held.get("numerator", 0))
        if "percent" in rate and held.keys() == {"numerator"} and fewer:
            # "615 events were reported by 308 (51%)": what counts is how many had any.
            owner.rates[0] = _rate(run[0], arm)
            return True
        if (
            rate.keys() == {"numerator"}
            and not arm
            and rate["numerator"] >= held.get("numerator", 0)
        ):
            # "14 patients reported 21 events": the second figure counts events.
            return "numerator" in held
        if held.keys() <= {"numerator", "arm"} and rate.keys() == {"percent"}:
            held |= _rate(run[0], arm)
            return True
        return False

    def _share_out(self, row: Row, parts: Sequence[Series], owner: Group, memory: Memory) -> None:
        """Give each event its own of several rows ("4% vs 1%, 3% vs 0%, respectively")."""
        for place, part in enumerate(parts):
            arms = self.names.missing(row, part, memory) or (None,) * len(part)
            owner.own[place] = [
                _rate(figure, arm) for figure, arm in zip(part.figures, arms, strict=True)
            ]

    def _told(self, owner: Group, run: Sequence[Figure]) -> bool:
        """Tell whether figures can be those of events that are absent or only possible."""
        if len(run) > 1 or "percent" in run[0].rate:
            return True
        asserted = {one.attributes.get("assertion", "present") for one in owner.findings}
        return asserted == {"present"}

    def _joint(self, row: Row, series: Series) -> bool:
        """Tell whether figures without arms are a row: "12, 8 and 3"."""
        joint, comma = self.patterns.of("joint"), self.patterns.of("gap")
        gaps = [
            row.signs[one + 1 : other]
            for one, other in zip(series.places, series.places[1:], strict=False)
        ]
        return any(joint.fullmatch(gap) for gap in gaps) and all(
            joint.fullmatch(gap) or comma.fullmatch(gap) for gap in gaps
        )


def _rate(figure: Figure, arm: str | None) -> dict[str, object]:
    return {**figure.rate, **({"arm": arm} if arm else {})}
