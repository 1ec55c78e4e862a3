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

#: A folder of configs, and files and folders of rules to lay over it.
_SOURCES: dict[str, object] = {"configs": None, "rules": []}


@Language.factory("absift_layout", default_config=_SOURCES)
def make_layout(nlp: Language, name: str, configs: str | None, rules: list[str]) -> Layout:
    """Make the step that finds numbers, sentences and sections."""
    from absift.components.steps import Layout

    return Layout(configs, rules)


@Language.factory("absift_rules", default_config={"labels": None, "late": False, **_SOURCES})
def make_rules(
    nlp: Language,
    name: str,
    labels: list[str] | None,
    late: bool,
    configs: str | None,
    rules: list[str],
) -> Rules:
    """Make the step that finds the labels that rules alone find."""
    from absift.components.steps import Rules

    return Rules(labels, configs, rules, late)


@Language.factory("absift_adverse_events", default_config=_SOURCES)
def make_adverse_events(
    nlp: Language, name: str, configs: str | None, rules: list[str]
) -> AdverseEvents:
    """Make the step that finds adverse events."""
    from absift.components.steps import AdverseEvents

    return AdverseEvents(configs, rules)


@Language.factory("absift_assertion", default_config=_SOURCES)
def make_assertion(nlp: Language, name: str, configs: str | None, rules: list[str]) -> Assertion:
    """Make the step that sets assertion, grade and seriousness."""
    from absift.components.steps import Assertion

    return Assertion(configs, rules)


@Language.factory("absift_linking", default_config=_SOURCES)
def make_linking(nlp: Language, name: str, configs: str | None, rules: list[str]) -> Linking:
    """Make the step that joins figures and events."""
    from absift.components.steps import Linking

    return Linking(configs, rules)


@Language.factory("absift_checks", default_config=_SOURCES)
def make_checks(nlp: Language, name: str, configs: str | None, rules: list[str]) -> Checks:
    """Make the step that notes contradictions."""
    from absift.components.steps import Checks

    return Checks(configs, rules)
