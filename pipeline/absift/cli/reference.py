"""The help texts of all commands as one page of Markdown.

``python -m absift.cli.reference`` prints what ``docs/commands.md`` holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_HEAD = """\
# Commands

Made from the help texts by `make docs`; `absift COMMAND --help` shows the same. Completion for
your shell: `absift --install-completion`.
"""
#: Typer's own options, which every Typer command has.
_OWN_OPTIONS = frozenset({"install_completion", "show_completion", "help"})


def reference() -> str:
    """Give the page."""
    from typer.main import get_command

    from absift.cli.app import app

    return _HEAD + "".join(_sections(get_command(app), "absift"))


def _sections(command: Any, name: str) -> Iterator[str]:  # noqa: ANN401 - types private to Typer
    yield f"\n## {name}\n\n{_help(command)}\n"
    commands = getattr(command, "commands", {})
    rows = [_row(param) for param in command.params if param.name not in _OWN_OPTIONS]
    if rows:
        yield "\n" + _table(("argument or option", "meaning"), rows)
    if commands:
        links = [
            (f"[`{name} {key}`](#{name.replace(' ', '-')}-{key})", _help(sub).split("\n")[0])
            for key, sub in commands.items()
        ]
        yield "\n" + _table(("command", "what it does"), links)
    for key, sub in commands.items():
        yield from _sections(sub, f"{name} {key}")


def _help(command: Any) -> str:  # noqa: ANN401
    """Give a command's help, its example as code."""
    out = []
    for paragraph in (command.help or "").strip().split("\n\n"):
        text = " ".join(paragraph.split())
        intro, colon, example = text.partition("Example: ")
        out.append(f"    {example}" if colon and not intro else text)
    return "\n\n".join(out)


def _row(param: Any) -> tuple[str, str]:  # noqa: ANN401
    value = param.metavar or param.name.upper().replace("_", "-")
    notes = []
    if param.param_type_name == "argument":
        names, many = [value], param.nargs == -1
    elif param.is_flag:
        names, many = [*param.opts, *param.secondary_opts], False
    else:
        names, many = [f"{name} {value}" for name in param.opts], param.multiple
        if isinstance(param.default, int | float):
            notes.append(f"{param.default} by default")
    if many:
        notes.append("one or more" if param.required else "may be repeated")
    elif param.required:
        notes.append("required")
    return ", ".join(f"`{name}`" for name in names), " ".join(
        filter(None, (param.help, f"({'; '.join(notes)})" if notes else ""))
    )


def _table(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    lines = [head, ("---", "---"), *rows]
    return "".join(
        "| {} | {} |\n".format(*(cell.replace("|", "\\|") for cell in line)) for line in lines
    )


if __name__ == "__main__":
    print(reference(), end="")
