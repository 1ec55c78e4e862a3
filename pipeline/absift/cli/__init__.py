"""The command line: one thin module a command."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command ``absift`` with the arguments of the process, and end the process."""
    import io
    import signal
    import sys

    from absift.cli.app import app

    # A character that the terminal can't show is no reason to fail.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    # Ended from outside, half-written files are removed as they are on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    app()
