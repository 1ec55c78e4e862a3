"""The patterns of one rule as trees, and what they may name."""

from __future__ import annotations

from collections.abc import Mapping

from absift.errors import ConfigError
from absift.rules.index import SPAN
from absift.rules.model import DOUBTS, EVIDENCE, FINDING, WITHIN, Rule
from absift.rules.notation import Capture, Node, Row, atoms, captures, parse
from absift.rules.token_patterns import to_node

# The group of a rule's ``span``; no capture of a rule file can have this name.
_SPAN_GROUP = "_span"
#: The class of a term of the lexicon that is still to be judged.
TERM = "TERM"
#: The class of a mention that names no particular harm, while terms are judged.
GENERIC = "GENERIC"


def trees(rule: Rule, where: str) -> dict[str, Node]:
    """Give the tree of the pattern of a rule, and those of its contexts by their keys.

    Raises:
        ConfigError: A pattern is malformed; the message begins with ``where``.
    """
    made = {
        "pattern": to_node(rule.tokens, where)
        if rule.pattern is None
        else _parse(rule.pattern, where)
    }
    for key, pattern in rule.contexts.items():
        made[key] = _parse(pattern, where)
    return made


def about(rule: Rule) -> str:
    """Give the class that ``SPAN`` stands for in a rule.

    Evidence is about what isn't known yet to be of the label.
    """
    return {EVIDENCE: TERM, DOUBTS: GENERIC}.get(rule.kind, rule.label)


def check_names(rule: Rule, nodes: Mapping[str, Node], where: str) -> None:
    """Make sure that SPAN stands where the kind of rule wants it, and each capture once."""
    spans = {
        key: sum(atom.name == SPAN for atom in atoms(node))
        for key, node in nodes.items()
        if key == "pattern" or SPAN in rule.contexts[key]
    }
    if rule.kind not in FINDING and spans["pattern"] != 1:
        raise ConfigError(f"{where}: the pattern must name {SPAN} once")
    if rule.kind in FINDING and any(spans.values()):
        raise ConfigError(f"{where}: {SPAN} stands only in rules about spans that were found")
    for key in WITHIN:
        if key in nodes and rule.kind in FINDING:
            raise ConfigError(f"{where}: '{key}' stands only in rules about spans that were found")
        if spans.get(key):
            raise ConfigError(f"{where}: '{key}' is matched within {SPAN} and can't name it")
    taken: set[str] = set()
    for key, node in nodes.items():
        if key != "pattern" and "=" not in rule.contexts[key]:
            continue
        held = [capture.name for capture in captures(node)]
        for name in held:
            if key not in ("pattern", "after"):
                raise ConfigError(f"{where}: '{key}' can't capture '{name}'; 'after' can")
            if name in taken:
                raise ConfigError(f"{where}: '{key}' captures '{name}' a second time")
        taken.update(held)


def _parse(pattern: str, where: str) -> Node:
    try:
        return parse(pattern)
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from error


def span_group(rule: Rule, nodes: dict[str, Node], where: str) -> str | None:
    """Make the element that ``span`` names a capture, and give the capture's name."""
    if rule.span is None:
        return None
    node = nodes["pattern"]
    children = node.nodes if isinstance(node, Row) else (node,)
    wanted = _parse(rule.span, where)
    places = [
        i
        for i, child in enumerate(children)
        if child == wanted
        or (isinstance(child, Capture) and rule.span in (child.name, child.source))
    ]
    if len(places) != 1:
        raise ConfigError(
            f"{where}: span '{rule.span}' must be one element or capture of the pattern, "
            f"which has it {len(places)} times"
        )
    chosen = children[places[0]]
    marked = Capture(_SPAN_GROUP, chosen, rule.span)
    nodes["pattern"] = Row((*children[: places[0]], marked, *children[places[0] + 1 :]))
    return _SPAN_GROUP
