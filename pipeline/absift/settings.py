"""Where absift finds the files of its top-level ``configs`` folder."""

from __future__ import annotations

from pathlib import Path

from absift.errors import ConfigError

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
