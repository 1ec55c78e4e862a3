from __future__ import annotations

from pathlib import Path

import pytest

from absift.extraction.toolkit import Toolkit, load_toolkit

DOSE = """\
label: DOSE
classes: {MASS: [mg, g]}
rules:
  - {id: dose.plain, pattern: value=NUMBER unit=MASS, match: ["[5 mg]"]}
  - {id: dose.daily, pattern: NUMBER mg daily, priority: 1}
  - {id: dose.block, pattern: NUMBER mg of salt, priority: 2, block: true}
  - {id: dose.results, pattern: NUMBER drops, section: results}
  - {id: dose.given, pattern: NUMBER tablets, before: took}
attributes:
  - {id: dose.route, pattern: SPAN orally, set: {route: oral}}
  - {id: dose.route.late, pattern: SPAN orally, set: {route: late}}
"""


@pytest.fixture(scope="session")
def dose(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rules") / "dose.yaml"
    path.write_text(DOSE, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def toolkit(dose: Path) -> Toolkit:
    return load_toolkit(layers=[dose])
