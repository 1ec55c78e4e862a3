"""Rules drafted from marked-up sentences, and written into rule files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from absift.errors import ConfigError
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.rules.check import check, unmark
from absift.rules.files import read_rule_file
from absift.rules.model import ATTRIBUTES, DOUBTS, EVIDENCE, PHRASES, SPANS
from absift.rules.sheet import Sheet
from absift.workbench.naming import Namer

#: The kinds of rules.
KINDS = (SPANS, PHRASES, ATTRIBUTES, EVIDENCE, DOUBTS)
_PLAIN_SCALAR = re.compile(r"[A-Za-z][A-Za-z0-9_. -]*[A-Za-z0-9_]\Z")
_WORDS = frozenset({"true", "false", "null"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule that is still to be written.

    Attributes:
        label: Its label.
        id: Its id.
        pattern: Its pattern; ``None`` where ``keys`` has ``tokens`` in its place.
        match: Sentences with its spans in square brackets.
        no_match: Sentences in which it must find nothing.
        set: Attributes that it sets.
        contexts: Patterns that must stand ``before`` or ``after`` it, and the like.
        comment: A line to stand above it.
        kind: The list of the file that it stands in.
        keys: Its other keys, such as ``section`` or ``priority``, with their values.
    """

    label: str
    id: str
    pattern: str | None
    match: tuple[str, ...]
    no_match: tuple[str, ...] = ()
    set: Mapping[str, Any] = field(default_factory=dict)
    contexts: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    kind: str = SPANS
    keys: Mapping[str, Any] = field(default_factory=dict)

    def text(self, indent: str = "  ") -> str:
        """Give the rule as lines of a rule file."""
        held = {"pattern": self.pattern, **self.contexts, **self.keys, "set": self.set or None}
        lines = [f"- id: {scalar(self.id)}"]
        lines += [f"  {key}: {_flow(value)}" for key, value in held.items() if value is not None]
        for key, examples in (("match", self.match), ("no_match", self.no_match)):
            if examples:
                lines.append(f"  {key}: [{', '.join(map(quoted, examples))}]")
        if self.comment:
            lines.insert(0, f"# {self.comment}")
        return "".join(f"{indent}{line}\n" for line in lines)


def scalar(value: object) -> str:
    """Give a value as YAML, quoted where it would be read as something else."""
    if isinstance(value, str) and _PLAIN_SCALAR.match(value) and value.lower() not in _WORDS:
        return value
    return quoted(value)


def _flow(value: object) -> str:
    """Give a value as YAML on one line, lists and mappings too."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{scalar(key)}: {_flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    return scalar(value)


def quoted(value: object) -> str:
    """Give a value as YAML, a text in quotes."""
    if isinstance(value, str) and '"' in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)


def pattern_of(toolkit: Toolkit, sentence: str) -> str:
    """Draft a pattern from a sentence with spans in square brackets.

    Numbers become ``NUMBER``, words the narrowest class that holds them, other words stay as
    they are; spans that differ become alternatives.

    Raises:
        ConfigError: The sentence marks no span.
    """
    text, marks = unmark(sentence)
    if not marks:
        raise ConfigError(f"mark what is to be found with [ ] in {sentence!r}")
    sheet = toolkit.rules.maker.make(text, has_title=False)
    namer = Namer(toolkit.rules)
    rows = [" ".join(namer.row(sheet, items_of(sheet, start, end))) for start, end in marks]
    different = list(dict.fromkeys(rows))
    return different[0] if len(different) == 1 else f"( {' | '.join(different)} )"


def items_of(sheet: Sheet, start: int, end: int) -> list[int]:
    """Give the items between two offsets."""
    return [
        item
        for item, (first, last) in enumerate(zip(sheet.starts, sheet.ends, strict=True))
        if start <= first < last <= end
    ]


def tokens_from(text: str) -> list[Any]:
    """Read token patterns given as JSON.

    Raises:
        ConfigError: They are no list in JSON.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ConfigError(f"{text!r}: not JSON: {error}") from error
    if not isinstance(found, list):
        raise ConfigError(f'{text!r}: give a list of token patterns, such as [{{"LOWER": "mg"}}]')
    return found


def attributes_from(texts: Sequence[str]) -> dict[str, Any]:
    """Read attributes given as ``name=value``; numbers, ``true`` and ``false`` are such.

    Raises:
        ConfigError: One is of another form.
    """
    found: dict[str, Any] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise ConfigError(f"{text!r}: give an attribute as name=value")
        try:
            held = json.loads(value)
        except ValueError:
            held = value
        found[name.strip()] = held if isinstance(held, str | int | float | bool) else value
    return found


def with_rule(text: str, draft: Draft) -> str:
    """Give the text of a rule file with a rule behind its last one of the same kind.

    Args:
        text: What the file holds; nothing where it is new.
        draft: The rule.
    """
    if not text.strip():
        return f"label: {draft.label}\n\n{draft.kind}:\n{draft.text()}"
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    begin = next((i for i, line in enumerate(lines) if line.startswith(f"{draft.kind}:")), None)
    if begin is None:
        return "".join([*lines, f"\n{draft.kind}:\n", draft.text()])
    top = re.compile(r"[^\s#-]")
    end = next((i for i in range(begin + 1, len(lines)) if top.match(lines[i])), len(lines))
    while end > begin + 1 and not lines[end - 1].strip():
        end -= 1
    dash = next((line for line in lines[begin + 1 : end] if line.lstrip().startswith("- ")), "  -")
    indent = dash[: len(dash) - len(dash.lstrip())]
    return "".join([*lines[:end], draft.text(indent), *lines[end:]])


def try_out(text: str, path: Path, layers: Sequence[Path], rule: str) -> list[str]:
    """Check the examples of one rule of a file before it is written.

    Args:
        text: What the file is to hold.
        path: The file; where it is among the layers, the text takes its place.
        layers: What it is laid over.
        rule: The rule's id.

    Returns:
        The examples that fail, one line each.

    Raises:
        ConfigError: The text isn't that of a rule file; the message names the file by its name.
    """
    others = [layer for layer in layers if layer.resolve() != path.resolve()]
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_text(text, encoding="utf-8")
        try:
            rules = load_toolkit(layers=[*others, copy]).rules
            failures = [str(failure) for failure in check(rules, only=rule)]
        except ConfigError as error:
            raise ConfigError(str(error).replace(str(copy), str(path))) from error
    return [failure.replace(str(copy), str(path)) for failure in failures]


def label_of(path: Path) -> str | None:
    """Give the label of a rule file, if there is such a file.

    Raises:
        ConfigError: The file can't be used.
    """
    if not path.exists() or not path.read_text(encoding="utf-8").strip():
        return None
    problems: list[str] = []
    read = read_rule_file(path, problems)
    if problems:
        raise ConfigError("\n".join(problems))
    return read.label.label if read.label else None
