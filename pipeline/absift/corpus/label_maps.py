"""What the labels of public corpora mean in ours: the files of ``configs/corpora``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from absift.corpus.schema import VALUES
from absift.errors import ConfigError
from absift.rules.model import plain, read_yaml
from absift.settings import config_path

_FOLDER = "corpora"


class Meaning(NamedTuple):
    """What a foreign label says in ours: a label and the attributes that go with it."""

    label: str
    attributes: Mapping[str, str]


def corpus_map(name: str) -> Mapping[str, Any]:
    """Give the map of one corpus, as its file has it.

    Raises:
        ConfigError: The file is missing or no YAML mapping.
    """
    data: dict[str, Any] = plain(read_yaml(config_path(f"{_FOLDER}/{name}.yaml")))
    return data


def mapping_in(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Give a part of a file that is a mapping itself.

    Raises:
        ConfigError: There is no such part, or it is no mapping.
    """
    part = data.get(name)
    if not isinstance(part, dict):
        raise ConfigError(f"{_FOLDER}: '{name}' must be a mapping")
    return part


def meanings(data: Mapping[str, Any]) -> Mapping[str, Meaning]:
    """Read a mapping from foreign labels to ours.

    Args:
        data: ``{"total-participants": {"label": "SAMPLE_SIZE", "scope": "total"}}``.

    Raises:
        ConfigError: A label, attribute or value is none of the guidelines'.
    """
    found = {}
    for foreign in data:
        attributes = dict(mapping_in(data, foreign))
        label = attributes.pop("label", None)
        if label not in VALUES:
            raise ConfigError(f"{_FOLDER}: '{foreign}': 'label' is none of {', '.join(VALUES)}")
        check_values(foreign, label, attributes)
        found[foreign] = Meaning(label, attributes)
    return found


def check_values(where: str, label: str, attributes: Mapping[str, Any]) -> None:
    """Hold attributes against the closed sets of the guidelines.

    Raises:
        ConfigError: An attribute or a value is none of theirs.
    """
    for attribute, value in attributes.items():
        allowed = VALUES[label].get(attribute, ())
        if value not in allowed:
            raise ConfigError(
                f"{_FOLDER}: '{where}': {attribute} {value!r} is no value of {label}; "
                f"there are {', '.join(allowed) or 'none'}"
            )
