from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from absift.corpus.markup import parse_markup
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.linking.lines import Line, lines
from absift.records import Record
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet

#: From marked text to the record it was made from and its findings after linking.
Link = Callable[[str], tuple[Record, list[Finding]]]

_LINKED = frozenset({"rates", "numerator", "denominator"})


@pytest.fixture(scope="session")
def toolkit() -> Toolkit:
    return load_toolkit()


def read(marked: str) -> Record:
    return parse_markup(f"### demo | trial | test\nInvented study\n{marked}\n", "demo.txt")[0]


@pytest.fixture
def link(toolkit: Toolkit) -> Link:
    def run(marked: str) -> tuple[Record, list[Finding]]:
        record = read(marked)
        findings = [
            Finding(span.start, span.end, span.label, "test", _unlinked(span.attributes))
            for span in record.spans
        ]
        sheet = toolkit.rules.maker.make(record.text)
        toolkit.linker.settle(sheet, findings)
        toolkit.linker.join(sheet, findings)
        return record, findings

    return run


def _unlinked(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if name not in _LINKED}


#: From marked text to the sheet of an abstract and its sentences that hold figures to link.
Laid = Callable[[str], tuple[Sheet, list[Line]]]


@pytest.fixture
def lay(toolkit: Toolkit) -> Laid:
    def run(marked: str) -> tuple[Sheet, list[Line]]:
        record = read(marked)
        sheet = toolkit.rules.maker.make(record.text)
        findings = [
            Finding(span.start, span.end, span.label, "test", _unlinked(span.attributes))
            for span in record.spans
        ]
        patterns = toolkit.linker.patterns
        patterns.renew()
        return sheet, list(lines(sheet, findings, patterns))

    return run
