"""Docstrings as help texts."""

from __future__ import annotations

import inspect
from collections.abc import Callable


def help_of(command: Callable[..., None]) -> str:
    """Give a command's docstring with each paragraph on one line, for the terminal to wrap."""
    paragraphs = inspect.cleandoc(command.__doc__ or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
