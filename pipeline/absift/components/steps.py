"""The steps of the pipeline as spaCy components; the work is done elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from spacy.tokens import Doc

from absift.components.record import to_record
from absift.components.state import read_findings, sheet_of, write_findings, write_warnings
from absift.extraction.passes import describe, find_adverse_events, find_figures
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.linking.checks import warnings
from absift.records import ADVERSE_EVENT, LABELS
from absift.rules.engine import collapsed
from absift.rules.sheet import Sheet

if TYPE_CHECKING:
    from thinc.types import Ints2d


class Step:
    """A step that works with the toolkit of a folder of configs.

    Args:
        configs: The folder; the built-in one if ``None``.
    """

    def __init__(self, configs: str | None = None) -> None:
        self.toolkit: Toolkit = load_toolkit(Path(configs) if configs else None)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the configs, so that the folder works where absift's own differ."""
        target = Path(path)
        target.mkdir(parents=True, exist_ok=True)
        shutil.copytree(self.toolkit.root, target / "configs", dirs_exist_ok=True)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Step:
        """Take the configs that :meth:`to_disk` wrote."""
        self.toolkit = load_toolkit(Path(path) / "configs")
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give the folder of the configs: bytes stay on the machine that made them."""
        return str(self.toolkit.root).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Step:
        """Take the configs of the folder that :meth:`to_bytes` named."""
        self.toolkit = load_toolkit(Path(data.decode()))
        return self


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
        labels: The labels, found in this order.
        configs: As in :class:`Step`.
    """

    def __init__(self, labels: Sequence[str], configs: str | None = None) -> None:
        super().__init__(configs)
        self.labels = tuple(labels)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans`` for each label."""
        found = find_figures(self.toolkit, self._with_earlier(doc), self.labels)
        for label in self.labels:
            write_findings(doc, label, (one for one in found if one.label == label))
        return doc

    def _with_earlier(self, doc: Doc) -> Sheet:
        """Give the sheet in which the labels found before this step are single items."""
        sheet = sheet_of(doc, self.toolkit)
        earlier = [label for label in doc.spans if label in LABELS and label not in self.labels]
        found = read_findings(doc, earlier)
        return collapsed(sheet, self.toolkit.rules.vocabulary, found) if found else sheet


class AdverseEvents(Rules):
    """Finds generic mentions by rule and named harms by lexicon and evidence."""

    def __init__(self, configs: str | None = None) -> None:
        super().__init__((ADVERSE_EVENT,), configs)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["ADVERSE_EVENT"]``; what is said of them is the next step's work."""
        base, sheet = sheet_of(doc, self.toolkit), self._with_earlier(doc)
        figures = read_findings(doc, (label for label in LABELS if label != ADVERSE_EVENT))
        found = find_adverse_events(self.toolkit, base, sheet, figures)
        write_findings(doc, ADVERSE_EVENT, found)
        return doc


class Assertion(Rules):
    """Sets assertion, grade and seriousness of adverse events."""

    def __init__(self, configs: str | None = None) -> None:
        super().__init__((ADVERSE_EVENT,), configs)

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of ``doc.spans["ADVERSE_EVENT"]``."""
        found = read_findings(doc, self.labels)
        if found:
            describe(self.toolkit, self._with_earlier(doc), found)
            write_findings(doc, ADVERSE_EVENT, found)
        return doc


class Linking(Step):
    """Joins figures: denominators of percentages, and the rates of adverse events."""

    def __call__(self, doc: Doc) -> Doc:
        """Set numerators, denominators and rates."""
        found = read_findings(doc, LABELS)
        if found:
            self.toolkit.linker.link(sheet_of(doc, self.toolkit), found)
            for label in LABELS:
                group = [finding for finding in found if finding.label == label]
                if group:
                    write_findings(doc, label, group)
        return doc


class Checks(Step):
    """Notes the figures of a Doc that contradict each other."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the warnings of a Doc."""
        record = to_record(doc, id="", toolkit=self.toolkit)
        write_warnings(doc, [warning.to_json() for warning in warnings(record)])
        return doc
