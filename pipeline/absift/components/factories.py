"""The names under which spaCy finds the steps; light, because spaCy imports it eagerly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from absift.components.steps import (
        AdverseEvents,
        Assertion,
        Checks,
        Layout,
        Linking,
        Rules,
    )

_FIGURES = ["PERCENTAGE", "DURATION", "SAMPLE_SIZE"]


@Language.factory("absift_layout", default_config={"configs": None})
def make_layout(nlp: Language, name: str, configs: str | None) -> Layout:
    """Make the step that finds numbers, sentences and sections."""
    from absift.components.steps import Layout

    return Layout(configs)


@Language.factory("absift_rules", default_config={"labels": _FIGURES, "configs": None})
def make_rules(nlp: Language, name: str, labels: list[str], configs: str | None) -> Rules:
    """Make the step that finds sample sizes, percentages and durations."""
    from absift.components.steps import Rules

    return Rules(labels, configs)


@Language.factory("absift_adverse_events", default_config={"configs": None})
def make_adverse_events(nlp: Language, name: str, configs: str | None) -> AdverseEvents:
    """Make the step that finds adverse events."""
    from absift.components.steps import AdverseEvents

    return AdverseEvents(configs)


@Language.factory("absift_assertion", default_config={"configs": None})
def make_assertion(nlp: Language, name: str, configs: str | None) -> Assertion:
    """Make the step that sets assertion, grade and seriousness."""
    from absift.components.steps import Assertion

    return Assertion(configs)


@Language.factory("absift_linking", default_config={"configs": None})
def make_linking(nlp: Language, name: str, configs: str | None) -> Linking:
    """Make the step that joins figures and events."""
    from absift.components.steps import Linking

    return Linking(configs)


@Language.factory("absift_checks", default_config={"configs": None})
def make_checks(nlp: Language, name: str, configs: str | None) -> Checks:
    """Make the step that notes contradictions."""
    from absift.components.steps import Checks

    return Checks(configs)
