from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from absift.corpus.markup import parse_markup
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.linking.lines import Line, lines
from absift.records import Record
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet
from absift.settings import config_root

#: From marked text to the record it was made from and its findings after linking.
Link = Callable[[str], tuple[Record, list[Finding]]]

_LINKED = frozenset({"rates", "numerator", "denominator"})


@pytest.fixture(scope="session")
def toolkit(tmp_path_factory: pytest.TempPathFactory) -> Toolkit:
    """The built-in configs, but the rules alone choose the events of figures."""
    root = tmp_path_factory.mktemp("rules_alone") / "configs"
    shutil.copytree(config_root(), root)
    weights = root / "weights.yaml"
    kept = (line for line in weights.read_text().splitlines() if not line.startswith("rates:"))
    weights.write_text("\n".join(kept) + "\n")
    return load_toolkit(root)


def read(marked: str) -> Record:
    return parse_markup(f"### demo | trial | test\nInvented study\n{marked}\n", "demo.txt")[0]


@pytest.fixture
def link(toolkit: Toolkit) -> Link:
    def run(marked: str) -> tuple[Record, list[Finding]]:
        record = read(marked)
        findings = findings_of(record)
        sheet = toolkit.rules.maker.make(record.text)
        toolkit.linker.settle(sheet, findings)
        toolkit.linker.join(sheet, findings)
        return record, findings

    return run


def findings_of(record: Record) -> list[Finding]:
    """Give what is marked in a text as findings without what linking has to find."""
    return [
        Finding(span.start, span.end, span.label, "test", _unlinked(span.attributes))
        for span in record.spans
    ]


def _unlinked(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if name not in _LINKED}


#: From marked text to the sheet of an abstract and its sentences that hold figures to link.
Laid = Callable[[str], tuple[Sheet, list[Line]]]


@pytest.fixture
def lay(toolkit: Toolkit) -> Laid:
    def run(marked: str) -> tuple[Sheet, list[Line]]:
        record = read(marked)
        sheet = toolkit.rules.maker.make(record.text)
        findings = findings_of(record)
        patterns = toolkit.linker.patterns
        patterns.renew()
        return sheet, list(lines(sheet, findings, patterns))

    return run
