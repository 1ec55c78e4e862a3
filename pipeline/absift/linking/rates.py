"""Give adverse events the figures that the text reports of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from absift.linking.arms import ArmFinder, assign
from absift.linking.figures import Figure, FigureFinder, Line
from absift.linking.groups import Group, Memory
from absift.linking.patterns import Patterns
from absift.records import ADVERSE_EVENT
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY

_FAR = 24
_NEAR = 14
_RUN_GAP = 14


class RateLinker:
    """Attaches figures to adverse events, sentence by sentence.

    Args:
        patterns: The patterns of linking.
        figures: Reads the figures of sentences.
    """

    def __init__(self, patterns: Patterns, figures: FigureFinder) -> None:
        self.patterns = patterns
        self.figures = figures
        self.arms = ArmFinder(patterns)

    def link(self, sheet: Sheet, held: Sequence[Line]) -> None:
        """Set ``rates`` of the adverse events of an abstract's sentences."""
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
                memory = Memory(self.arms.inventory(sheet), self.arms.allotted(sheet))
                memory.pending = pending
                memory.compares = self.arms.compares(sheet)
            memory.head = self.arms.head(line, memory.known)
            self._sentence(line, figures, memory)

    def _sentence(self, line: Line, figures: list[Figure], memory: Memory) -> None:
        events = sorted(
            (item, one) for item, one in line.findings.items() if one.label == ADVERSE_EVENT
        )
        groups = self._groups(line, events, figures)
        for run in self._runs(line, groups, figures, memory):
            left = next((g for g in reversed(groups) if g.last <= run[0].first), None)
            right = next((g for g in groups if g.first >= run[-1].last), None)
            edge_left = max([g.last for g in groups if g.last <= run[0].first], default=0)
            before = [f.last for f in figures if f.last <= run[0].first]
            behind = [f.first for f in figures if f.first >= run[-1].last]
            start = max([edge_left, *before])
            stop = min([right.first if right else len(line.signs), *behind])
            arms = assign(self.arms, line, run, start, stop, memory.known)
            armed = len(run) > 1 and all(arms[1:])
            owner, on_left = self._owner(line, run, left, right, start == edge_left, armed)
            if owner is None:
                continue
            self._give(line, run, owner, arms, memory, on_left=on_left)
        for group in groups:
            for one in group.findings:
                if group.rates:
                    one.attributes["rates"] = [dict(rate) for rate in group.rates]

    def _groups(
        self, line: Line, events: list[tuple[int, Finding]], figures: list[Figure]
    ) -> list[Group]:
        """Join events that a list or a cause joins and no figure parts."""
        groups: list[Group] = []
        chain, cause = self.patterns.of("chain"), self.patterns.of("cause")
        predicate = self.patterns.of("predicate")
        for item, one in events:
            if groups:
                last = groups[-1].last
                gap = line.signs[last:item]
                parted = any(last <= figure.first < item for figure in figures)
                if not parted and one.attributes.get("generic") and predicate.fullmatch(gap):
                    groups[-1].items.append(item)
                    continue
                if not parted and (chain.fullmatch(gap) or cause.fullmatch(gap)):
                    groups[-1].items.append(item)
                    groups[-1].findings.append(one)
                    continue
            groups.append(Group([item], [one]))
        return groups

    def _runs(
        self, line: Line, groups: list[Group], figures: list[Figure], memory: Memory
    ) -> list[list[Figure]]:
        """Join figures of one series, such as those of two arms."""
        runs: list[list[Figure]] = []
        for one in figures:
            if runs:
                last = runs[-1][-1]
                parted = any(last.last <= g.first < one.first for g in groups)
                if not parted and self._same_run(line, last, one, memory):
                    runs[-1].append(one)
                    continue
            runs.append([one])
        return [
            run
            for run in runs
            if run[0].rate.get("numerator") != 0 or len(run) > 1 or len(run[0].rate) > 1
        ]

    def _same_run(self, line: Line, last: Figure, one: Figure, memory: Memory) -> bool:
        gap = line.signs[last.last : one.first]
        if len(gap) > _RUN_GAP:
            return False
        if self.patterns.of("joint").fullmatch(gap) or self.patterns.of("gap").fullmatch(gap):
            return True
        if not self.patterns.of("joined").search(gap + BOUNDARY):
            return False
        behind = self.arms.behind(line, last.last, one.first, memory.known)
        before = self.arms.before(line, last.last, one.first, memory.known)
        return bool(behind or before)

    def _owner(
        self,
        line: Line,
        run: list[Figure],
        left: Group | None,
        right: Group | None,
        next_to_left: bool,
        armed: bool,
    ) -> tuple[Group | None, bool]:
        """Choose the events that a row of figures is about, and whether they stand before it."""
        signs = self.patterns.signs
        to_left = self._gap(line, left.last, run[0].first) if left else None
        to_right = self._gap(line, run[-1].last, right.first) if right else None
        raw_right = line.signs[run[-1].last : right.first] if right else ""
        inside = right is not None and not any(sign in signs("CLOSE") for sign in raw_right)
        if left and to_left and to_left[0] in signs("OPEN"):
            if to_right is not None and inside and len(to_left) == 1 and not self._loose(to_right):
                return right, False
            if next_to_left or armed:
                return left, True
        if to_left and to_left[-1] in signs("OPEN"):
            to_left = to_left[:-1]
        tight_left = to_left is not None and next_to_left and not self._loose(to_left)
        tight_right = to_right is not None and not self._loose(to_right)
        leads = not to_left or to_left[-1] in signs("LINK_INTO")
        comes = to_left is not None and to_left[-1:] in signs("LINK_COMES")
        if tight_left and leads and not (comes and tight_right):
            return left, True
        if tight_right:
            return (None if self._share(to_right) else right), False
        if tight_left and left and (not left.rates or len(run) > 1):
            return left, True
        if left and to_left is not None and next_to_left and len(to_left) <= _NEAR:
            stops = signs("LINK_STOPS")
            free = armed or not any(sign in stops for sign in to_left)
            if free and (not left.rates or len(run) > 1):
                return left, True
        return None, False

    def _gap(self, line: Line, first: int, last: int) -> str:
        """Give the signatures between two places without what stands in closed brackets."""
        signs = line.signs[first:last]
        opens, closes = self.patterns.signs("OPEN"), self.patterns.signs("CLOSE")
        kept: list[str] = []
        for sign in signs:
            if sign in closes:
                while kept and kept[-1] not in opens:
                    kept.pop()
                if kept:
                    kept.pop()
                else:
                    continue
            else:
                kept.append(sign)
        gap = "".join(kept)
        comma = self.patterns.signs("COMMA")
        if gap[:1] in comma and gap[1:]:
            # "X, as defined by Y, was seen in 12": what stands between commas is passed over.
            closing = next((i for i, sign in enumerate(gap[1:], start=1) if sign in comma), 0)
            gap = gap[closing + 1 :] if closing else gap
        return gap

    def _loose(self, gap: str) -> bool:
        breaks = self.patterns.signs("SEP") | self.patterns.signs("OPEN")
        joins = self.patterns.signs("LIST_JOINER")
        return len(gap) > _FAR or any(sign in breaks for sign in gap) or gap[:1] in joins

    def _give(
        self,
        line: Line,
        run: list[Figure],
        owner: Group,
        arms: tuple[str | None, ...],
        memory: Memory,
        *,
        on_left: bool,
    ) -> None:
        """Attach a row of figures to events."""
        size = len(run)
        if size > 1 and not on_left and not all(arms[1:]) and any(arms):
            run, arms, size = [run[-1]], (arms[-1],), 1
        if size > 1 and not any(arms) and not self._series(line, run):
            run, arms, size = [run[0] if on_left else run[-1]], (None,), 1
        if size > 1 and not any(arms):
            if size == len(owner.findings):
                for one, figure in zip(owner.findings, run, strict=True):
                    one.attributes["rates"] = [dict(figure.rate)]
                return
            arms = self.arms.compared(line, size) or self._told_before(memory, size) or arms
        if size == 1 and not any(arms):
            arms = (memory.head,)
        if not memory.compares:
            arms = (None,) * size
        if size > 1 and all(arms):
            memory.arms[size] = tuple(arm for arm in arms if arm)
        if not self._told(owner, run):
            return
        for figure, arm in zip(run, arms, strict=True):
            rate = dict(figure.rate)
            if arm:
                rate["arm"] = arm
            owner.rates.append(rate)

    def _share(self, to_right: str | None) -> bool:
        """Tell whether figures are a share of the events themselves ("81% of the infections")."""
        if not to_right or len(to_right) < 2:
            return False
        signs = self.patterns.signs
        return to_right[0] in signs("LINK_OF") and to_right[1] in signs("LINK_DET")

    def _told_before(self, memory: Memory, size: int) -> tuple[str, ...] | None:
        """Give the arms that ``size`` figures in a row without names belong to."""
        for line in memory.pending:
            runs = self._runs(line, [], self.figures.find(line), memory)
            for place, run in enumerate(runs):
                stop = runs[place + 1][0].first if place + 1 < len(runs) else len(line.signs)
                start = runs[place - 1][-1].last if place else 0
                arms = assign(self.arms, line, run, start, stop, memory.known)
                if len(run) > 1 and all(arms):
                    memory.arms[len(run)] = tuple(arm for arm in arms if arm)
        memory.pending.clear()
        return memory.arms.get(size) or memory.allotted.get(size)

    def _told(self, owner: Group, run: list[Figure]) -> bool:
        """Tell whether figures can be those of events that are absent or only possible."""
        if len(run) > 1 or "percent" in run[0].rate:
            return True
        asserted = {one.attributes.get("assertion", "present") for one in owner.findings}
        return asserted == {"present"}

    def _series(self, line: Line, run: list[Figure]) -> bool:
        joint, comma = self.patterns.of("joint"), self.patterns.of("gap")
        gaps = [line.signs[one.last : other.first] for one, other in pairwise(run)]
        return bool(joint.fullmatch(gaps[-1])) and all(
            joint.fullmatch(gap) or comma.fullmatch(gap) for gap in gaps
        )
