"""Where absift finds its configs, and the rules that are laid over them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from absift.errors import ConfigError

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

#: The file of a working folder that says which rules the commands lay over the built-in ones.
PROJECT_FILE = "absift.toml"
#: The group of entry points by which an installed package offers a folder of rules.
PACKS = "absift.rules"

_PACKAGE = Path(__file__).resolve().parent


def config_path(name: str) -> Path:
    """Give the path of a file or folder of ``configs``.

    A wheel carries the folder inside the package; in a source checkout it stands
    beside ``pipeline``.

    Args:
        name: Path relative to ``configs``, such as ``"sections.yaml"`` or ``"rules"``.

    Raises:
        ConfigError: There is no such file; the message names the places searched.
    """
    places = [_PACKAGE / "configs"]
    if _PACKAGE.parent.name == "pipeline":
        places.append(_PACKAGE.parent.parent / "configs")
    for place in places:
        found = place / name
        if found.exists():
            return found
    searched = " or ".join(str(place) for place in places)
    raise ConfigError(
        f"configuration file {name!r} is missing: not in {searched}; reinstall absift"
    )


def config_root() -> Path:
    """Give the folder of the built-in configs.

    Raises:
        ConfigError: It is missing.
    """
    return config_path("default.cfg").parent


def packs() -> list[Path]:
    """Give the folders of rules that installed packages offer, by name of their entry point.

    A package offers them with an entry point of the group ``absift.rules`` that names the
    package whose folder holds them. It isn't imported: no code of it runs.

    Raises:
        ConfigError: An entry point names a package that can't be found.
    """
    from importlib.metadata import entry_points

    folders = []
    for point in sorted(entry_points(group=PACKS), key=lambda point: point.name):
        spec = _spec(point.value)
        if spec is None or not spec.submodule_search_locations:
            raise ConfigError(
                f"the installed rules '{point.name}' name the package {point.value!r}, which has "
                "no folder; reinstall or remove them"
            )
        folders.append(Path(next(iter(spec.submodule_search_locations))))
    return folders


def _spec(package: str) -> ModuleSpec | None:
    """Find a package by its top-level name; one inside another would import that."""
    try:
        return find_spec(package) if "." not in package and package.isidentifier() else None
    except (ImportError, ValueError):
        return None


def with_packs(rules: Iterable[str | Path]) -> list[Path]:
    """Give the layers over the built-in rules: those of installed packages, then others."""
    return [*packs(), *map(Path, rules)]


def project_rules(folder: Path | None = None) -> list[Path]:
    """Give the layers that a working folder's ``absift.toml`` names in its list ``rules``.

    Args:
        folder: The working folder; the current one by default.

    Raises:
        ConfigError: The file is no TOML, or something in it isn't known.
    """
    path = (folder or Path()) / PROJECT_FILE
    if not path.is_file():
        return []
    data = _read_toml(path)
    for key in data:
        if key != "rules":
            raise ConfigError(f"{path}: unknown key '{key}'; known is rules")
    rules = data.get("rules", [])
    if not isinstance(rules, list) or not all(isinstance(each, str) for each in rules):
        raise ConfigError(f"{path}: 'rules' must be a list of files and folders, in quotes")
    return [path.parent / each for each in rules]


def _read_toml(path: Path) -> dict[str, object]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
