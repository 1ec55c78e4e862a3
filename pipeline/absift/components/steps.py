"""The steps of the pipeline as spaCy components; the work is done elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from spacy.tokens import Doc

from absift.components.record import to_record
from absift.components.state import (
    labels_of,
    read_findings,
    sheet_of,
    write_findings,
    write_warnings,
)
from absift.extraction.passes import describe, find_adverse_events, find_figures, link
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.linking.checks import warnings
from absift.records import ADVERSE_EVENT, LABELS
from absift.rules.engine import Finding, collapsed
from absift.rules.sheet import Sheet

if TYPE_CHECKING:
    from thinc.types import Ints2d


class Step:
    """A step that works with the toolkit of a folder of configs.

    Args:
        configs: The folder; the built-in one if ``None``.
        rules: Files and folders of rules to lay over it, the lowest first.

    Attributes:
        explain: Whether to keep what set each attribute.
    """

    def __init__(self, configs: str | None = None, rules: Sequence[str] = ()) -> None:
        self._sources = (Path(configs) if configs else None, tuple(rules))
        self._toolkit: Toolkit | None = None
        self.explain = False

    @property
    def toolkit(self) -> Toolkit:
        """What the step works with, made when it is first asked for.

        A pipeline that is read from disk brings its own, and the folders that its config names
        may be those of another machine.
        """
        if self._toolkit is None:
            self._toolkit = load_toolkit(*self._sources)
        return self._toolkit

    @toolkit.setter
    def toolkit(self, toolkit: Toolkit) -> None:
        self._toolkit = toolkit

    def lay_over(self, rules: Iterable[str | Path]) -> None:
        """Lay more rules over those that the step has."""
        held = [layer.path for layer in self.toolkit.layers]
        self.toolkit = load_toolkit(self.toolkit.root, [*held, *rules])

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the configs and layers, so that the folder works where absift's own differ."""
        target = Path(path)
        target.mkdir(parents=True, exist_ok=True)
        shutil.copytree(self.toolkit.root, target / "configs", dirs_exist_ok=True)
        for place, layer in enumerate(self.toolkit.layers):
            layer.copy_to(target / _LAYERS / f"{place:03}")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Step:
        """Take the configs and layers that :meth:`to_disk` wrote."""
        layers = sorted((Path(path) / _LAYERS).glob("*"))
        self.toolkit = load_toolkit(Path(path) / "configs", layers)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give the folders of configs and layers: bytes stay on the machine that made them."""
        places = [self.toolkit.root, *(layer.path.resolve() for layer in self.toolkit.layers)]
        return "\0".join(map(str, places)).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Step:
        """Take the configs and layers of the folders that :meth:`to_bytes` named."""
        root, *layers = data.decode().split("\0")
        self.toolkit = load_toolkit(Path(root), layers)
        return self


_LAYERS = "layers"


class Layout(Step):
    """Lays the text out: numbers, sentences (``doc.sents``) and ``doc.spans["sections"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the sentences and sections of a Doc."""
        sheet = sheet_of(doc, self.toolkit)
        sections = []
        # All at once: spaCy goes over the whole Doc each time that a token's own flag is set.
        starts = doc.to_array("SENT_START")
        for sentence in sheet.sentences:
            span = doc.char_span(
                sentence.start, sentence.end, label=sentence.section, alignment_mode="expand"
            )
            if span is not None and len(span):
                starts[span.start] = 1
                sections.append(span)
        doc.from_array(["SENT_START"], cast("Ints2d", starts.reshape(-1, 1)))
        doc.spans["sections"] = sections
        return doc


class Rules(Step):
    """Finds the spans of some labels with their rules and sets their attributes.

    Args:
        labels: The labels, found in this order; by default all that come before adverse
            events by their order, or behind them if ``late``.
        late: Whether the labels are found behind adverse events.
        configs: As in :class:`Step`.
        rules: As in :class:`Step`.
    """

    def __init__(
        self,
        labels: Sequence[str] | None = None,
        configs: str | None = None,
        rules: Sequence[str] = (),
        late: bool = False,
    ) -> None:
        super().__init__(configs, rules)
        self.chosen = None if labels is None else tuple(labels)
        self.late = late

    def chosen_labels(self) -> tuple[str, ...]:
        """Give the labels that the step finds; spaCy would ask an attribute ``labels`` early."""
        if self.chosen is not None:
            return self.chosen
        return self.toolkit.later if self.late else self.toolkit.first

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans`` for each label."""
        labels = self.chosen_labels()
        if not labels:
            return doc
        base, earlier = sheet_of(doc, self.toolkit), self._earlier(doc)
        found = find_figures(self.toolkit, base, labels, earlier, explain=self.explain)
        for label in labels:
            write_findings(
                doc, label, (one for one in found if one.label == label), explain=self.explain
            )
        return doc

    def _earlier(self, doc: Doc) -> list[Finding]:
        """Give the spans of the labels found before this step."""
        return read_findings(
            doc, [each for each in labels_of(doc) if each not in self.chosen_labels()]
        )

    def _with_earlier(self, doc: Doc) -> Sheet:
        """Give the sheet in which the labels found before this step are single items."""
        sheet, found = sheet_of(doc, self.toolkit), self._earlier(doc)
        return collapsed(sheet, self.toolkit.rules.vocabulary, found) if found else sheet


class AdverseEvents(Rules):
    """Finds generic mentions by rule and named harms by lexicon and evidence."""

    def __init__(self, configs: str | None = None, rules: Sequence[str] = ()) -> None:
        super().__init__((ADVERSE_EVENT,), configs, rules)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["ADVERSE_EVENT"]``; what is said of them is the next step's work."""
        base, sheet = sheet_of(doc, self.toolkit), self._with_earlier(doc)
        figures = self._earlier(doc)
        found = find_adverse_events(self.toolkit, base, sheet, figures, explain=self.explain)
        write_findings(doc, ADVERSE_EVENT, found, explain=self.explain)
        return doc


class Assertion(Rules):
    """Sets assertion, grade and seriousness of adverse events."""

    def __init__(self, configs: str | None = None, rules: Sequence[str] = ()) -> None:
        super().__init__((ADVERSE_EVENT,), configs, rules)

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of ``doc.spans["ADVERSE_EVENT"]``."""
        found = read_findings(doc, self.chosen_labels())
        if found:
            describe(self.toolkit, self._with_earlier(doc), found, explain=self.explain)
            write_findings(doc, ADVERSE_EVENT, found, explain=self.explain)
        return doc


class Linking(Step):
    """Joins figures: denominators of percentages, and the rates of adverse events."""

    def __call__(self, doc: Doc) -> Doc:
        """Set numerators, denominators and rates."""
        found = read_findings(doc, LABELS)
        if found:
            link(self.toolkit, sheet_of(doc, self.toolkit), found, explain=self.explain)
            for label in LABELS:
                group = [finding for finding in found if finding.label == label]
                if group:
                    write_findings(doc, label, group, explain=self.explain)
        return doc


class Checks(Step):
    """Notes the figures of a Doc that contradict each other."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the warnings of a Doc."""
        record = to_record(doc, id="", toolkit=self.toolkit)
        write_warnings(doc, [warning.to_json() for warning in warnings(record)])
        return doc
