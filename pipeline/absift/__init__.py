"""Exact, offline extraction of figures and harms from abstracts of clinical studies.

>>> import absift
>>> for record in absift.extract("trials.xml.gz"):
...     for span in record.spans:
...         print(record.id, span.label, span.text, span.attributes, span.rule)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from absift._version import __version__
from absift.errors import AbsiftError, ConfigError, InputError, RecordError
from absift.records import Abstract, Record, Span, Warning

if TYPE_CHECKING:
    from absift.api import extract, load
    from absift.writers.tables import to_frame

__all__ = [
    "AbsiftError",
    "Abstract",
    "ConfigError",
    "InputError",
    "Record",
    "RecordError",
    "Span",
    "Warning",
    "__version__",
    "extract",
    "load",
    "to_frame",
]

# spaCy and pandas take longer to import than most questions to `absift --help` take to
# answer, so what needs them is imported when it is first asked for.
_LATER = {
    "extract": "absift.api",
    "load": "absift.api",
    "to_frame": "absift.writers.tables",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'absift' has no attribute '{name}'")
