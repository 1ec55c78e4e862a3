from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest
import spacy
from spacy.language import Language

from absift.components import factories

NAMES = {
    "absift_layout": "Layout",
    "absift_rules": "Rules",
    "absift_adverse_events": "AdverseEvents",
    "absift_assertion": "Assertion",
    "absift_linking": "Linking",
    "absift_checks": "Checks",
}


@pytest.mark.parametrize(("name", "made"), NAMES.items())
def test_each_name_makes_its_step(name: str, made: str) -> None:
    nlp = spacy.blank("en")
    step = nlp.add_pipe(name)
    assert type(step).__name__ == made
    assert nlp.pipe_names == [name]


def test_the_names_are_the_entry_points_of_the_package() -> None:
    points = {
        point.name: point.value
        for point in entry_points(group="spacy_factories")
        if point.value.startswith("absift.")
    }
    assert points.keys() == NAMES.keys()
    for value in points.values():
        module, _, function = value.partition(":")
        assert module == factories.__name__
        assert callable(getattr(factories, function))


def test_labels_can_be_chosen(pipeline: Language, text: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("absift_rules", config={"labels": ["DURATION"]})
    doc = nlp(text)
    assert [span.text for span in doc.spans["DURATION"]] == ["12 weeks"]
    assert list(doc.spans) == ["DURATION"]


def test_importing_the_factories_loads_no_rules() -> None:
    code = "import sys, absift.components.factories; print('absift.rules.ruleset' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
