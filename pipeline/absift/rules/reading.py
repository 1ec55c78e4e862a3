"""YAML files of configs, read with the line of everything that stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from absift.errors import ConfigError

LINE, LINES = "__line__", "__lines__"

# An alias; a star that repeats the word before it has a blank behind it.
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*[^\s*,\]}]")

_TEXT, _LIST, _MAPPING = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))

if TYPE_CHECKING:
    _Loader = yaml.SafeLoader
else:
    # The parser in C, many times as fast, where PyYAML was built with it.
    _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _LinedLoader(_Loader):
    """A YAML loader that keeps the lines of each mapping and of its keys.

    As in YAML 1.2, only ``true`` and ``false`` are truth values: in lists of words,
    ``no`` and ``on`` are words.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, pairs in _Loader.yaml_implicit_resolvers.items()
    }

    def construct_document(self, node: yaml.Node) -> Any:  # noqa: ANN401 - any YAML value
        """Give the value of a document."""
        return self.value(node)

    def value(self, node: yaml.Node) -> Any:  # noqa: ANN401
        """Give the value of a node.

        Nearly all are texts in lists and mappings, which PyYAML's own way, made for objects
        that hold themselves, takes several times as long for.
        """
        tag = node.tag
        if tag == _TEXT and type(node) is yaml.ScalarNode:
            return node.value
        if tag == _LIST and type(node) is yaml.SequenceNode:
            return [self.value(each) for each in node.value]
        if tag == _MAPPING and type(node) is yaml.MappingNode:
            return _mapping_with_lines(self, node)
        return self.construct_object(node, deep=True)


def _mapping_with_lines(loader: _LinedLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    lines: dict[str, int] = {}
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in lines:
                # YAML would keep the last one and drop the others without a word.
                raise yaml.MarkedYAMLError(
                    problem=f"the key '{key.value}' stands twice", problem_mark=key.start_mark
                )
            lines[key.value] = key.start_mark.line + 1
    if all(key.tag == _TEXT for key, _ in node.value):
        made = {loader.value(key): loader.value(value) for key, value in node.value}
    else:
        made = loader.construct_mapping(node, deep=True)
    made[LINE] = node.start_mark.line + 1
    made[LINES] = lines
    return made


_LinedLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_with_lines)


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML mapping.

    Every mapping in it has its line under ``__line__``, and the lines of its keys under
    ``__lines__``; :func:`plain` takes both away.

    Raises:
        ConfigError: The file is missing, no YAML, or no mapping; or it uses aliases, which can
            make a short file endless.
    """
    try:
        text = path.read_text(encoding="utf-8")
        if _ALIAS.search(text):
            _refuse_aliases(text)
        data = yaml.load(text, Loader=_LinedLoader)
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from error
    except RecursionError as error:
        raise ConfigError(
            f"{path}: not YAML: more brackets inside each other than can be"
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(f"{path}: not YAML: {error}") from error
    if not isinstance(data, dict):
        raise ConfigError(f"{path}: expected a mapping at the top, such as 'label: DURATION'")
    return data


def _refuse_aliases(text: str) -> None:
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="aliases (*name) aren't taken; write the value out",
                problem_mark=event.start_mark,  # type: ignore[arg-type]
            )


def plain(value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Give a YAML value without its line numbers."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key not in (LINE, LINES)}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def line_of(data: Mapping[str, Any], key: object = None) -> int:
    """Give the line of a mapping that :func:`read_yaml` made, or of one of its keys."""
    found: int = data.get(LINES, {}).get(key, data.get(LINE, 1))
    return found


def suggestion(name: object, known: Iterable[str]) -> str:
    """Give "; did you mean ...?" where a name is near a known one, and else nothing."""
    # Only where something is wrong.
    import difflib

    near = difflib.get_close_matches(str(name), list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""
