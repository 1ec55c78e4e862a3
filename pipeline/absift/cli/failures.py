"""How every command fails: one line on standard error and an exit code, no traceback."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from absift.errors import AbsiftError

#: Exit codes: a check that failed; input that can't be used; as a shell reports the
#: signals SIGINT and SIGPIPE (128 and the signal's number).
FAILED, BAD_INPUT, INTERRUPTED, BROKEN_PIPE = 1, 2, 130, 141


def say(message: str) -> None:
    """Print a line on standard error, with the command's name and no control characters."""
    from absift.output import visible_controls

    typer.echo(f"absift: {visible_controls(message)}", err=True)


class CommandGroup(TyperGroup):
    """The commands, with the failures that are no defects turned into exit codes."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own types are private
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except AbsiftError as error:
            say(f"error: {error}")
            raise typer.Exit(BAD_INPUT) from error
        except KeyboardInterrupt as error:
            say(str(error) or "interrupted; no file was written")
            raise typer.Exit(INTERRUPTED) from error
        except BrokenPipeError as error:
            _silence_standard_output()
            raise typer.Exit(BROKEN_PIPE) from error


def _silence_standard_output() -> None:
    """Let what is still buffered go nowhere: Python flushes it at exit, and would complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
