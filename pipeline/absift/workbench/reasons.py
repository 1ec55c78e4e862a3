"""What the names stand for that the fields ``rule`` and ``why`` of records hold.

Most are rules of rule files. Terms, entries of settings and steps of the pipeline have names there,
too; ``configs/help/reasons.yaml`` has a sentence or two on each of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from absift.errors import ConfigError
from absift.extraction.reasons import of_entry
from absift.extraction.toolkit import Toolkit
from absift.rules.reading import line_of, plain, read_yaml, suggestion
from absift.settings import config_path

REASONS = "help/reasons.yaml"


class Reasons:
    """Explains the names that stand in ``rule`` and ``why`` of records.

    Args:
        toolkit: The rules, words and terms that the records were made with.

    Raises:
        ConfigError: ``configs/help/reasons.yaml`` is missing or no YAML.
    """

    def __init__(self, toolkit: Toolkit) -> None:
        self._rules = {rule.id: rule for rule in toolkit.rules.rules()}
        self._terms = {of_entry(entry): entry for entry in toolkit.judge.lexicon.entries}
        self._others = dict(_explained(toolkit))

    def show(self, name: str) -> list[str]:
        """Explain one name.

        Args:
            name: A rule's id; or a term, an entry of ``judge`` or a step, as records name it.

        Returns:
            Lines: what it is and in which file, how it stands there, and what that means.

        Raises:
            ConfigError: Nothing has this name; the message suggests one.
        """
        if name in self._rules:
            rule = self._rules[name]
            return [f"{rule.label}, {rule.kind}, {rule.source}", *source_text(rule.source)]
        if name in self._terms:
            entry = self._terms[name]
            said = [f"{key}: {getattr(entry, key)}" for key in ("term", "system", "kind")]
            return [entry.source, *said, f"synonyms: {', '.join(entry.synonyms) or 'none'}"]
        if name not in self._others:
            near = suggestion(name, [*self._rules, *self._others])
            raise ConfigError(f"no rule {name}{near}; 'absift rules list' has all rules")
        return self._others[name]


def source_text(source: str) -> Iterator[str]:
    """Give the lines of a rule, or of an entry of a list, as they stand in their file.

    Args:
        source: Its file and line.
    """
    path, _, line = source.rpartition(":")
    lines = Path(path).read_text(encoding="utf-8").splitlines()[int(line) - 1 :]
    # The mapping of a rule begins behind its dash, where the loader counts its line.
    indent = len(lines[0]) - len(lines[0].lstrip())
    for place, each in enumerate(lines):
        if place and (not each.strip() or len(each) - len(each.lstrip()) <= indent):
            return
        yield each[indent:]


def _explained(toolkit: Toolkit) -> Iterator[tuple[str, list[str]]]:
    """Give the names that no rule and no term has, each with what is said of it."""
    for held in plain(read_yaml(config_path(REASONS)))["reasons"]:
        words = [held["what"], f"Set in: {held['where']}"]
        if "setting" in held:
            yield from _of_setting(toolkit, held["setting"], words)
        for name in held.get("names", ()):
            for made in _expanded(toolkit, name):
                yield made, [f"{made}: no rule of a rule file", *words]


def _of_setting(
    toolkit: Toolkit, setting: str, words: Sequence[str]
) -> Iterator[tuple[str, list[str]]]:
    """Give the names in a list of ``judge``, which stand in the rule file of their label."""
    for label, engine in toolkit.rules.engines.items():
        if setting not in engine.rules.judge:
            continue
        path = engine.rules.where[f"judge.{setting}"].rpartition(":")[0]
        for entry in read_yaml(Path(path))["judge"][setting]:
            source = f"{path}:{line_of(entry)}"
            head = f"{label}, judge: {setting}, {source}"
            yield str(entry["id"]), [head, *source_text(source), *words]


def _expanded(toolkit: Toolkit, name: str) -> Iterator[str]:
    """Give a name for each kind of term, or each label, where it has a place for one."""
    if "{kind}" in name:
        yield from (name.format(kind=kind) for kind in toolkit.judge.priors)
    elif "{label}" in name:
        yield from (name.format(label=label.lower()) for label in toolkit.rules.engines)
    else:
        yield name
