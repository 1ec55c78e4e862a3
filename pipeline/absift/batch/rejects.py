"""Records that can't be used: each written down, counted, the first few kept to be shown."""

from __future__ import annotations

from contextlib import ExitStack
from typing import BinaryIO

import orjson

from absift.errors import RecordError
from absift.output import OutputFile, Scoped, explained

#: The reason for which a notice of deletion, which holds no abstract, is rejected.
DELETED = "deleted by PubMed"

#: Reasons that are a matter of course in an export of PubMed or a reference manager: there
#: was nothing to read, and nobody made a mistake.
NORMAL_REASONS = frozenset({"no abstract", DELETED})

#: Rejections kept to be shown.
SHOWN = 5


class RejectLog(Scoped):
    """Takes rejections one by one; use it in a ``with`` statement.

    The file has a line of JSON for each, with the keys ``source``, ``record`` and ``reason``.
    It takes its name when the ``with`` statement ends without an error.

    Args:
        path: The file; ``None`` to write none.
        force: Replace a file that is already there.
        always: Write the file even if nothing was rejected. Otherwise none is left then,
            not even that of an earlier run if ``force`` allows to replace it.

    Attributes:
        count: All rejections.
        unusable: Those that are not a matter of course (:data:`NORMAL_REASONS`).
        first: The first few of those that are unusable.

    Raises:
        InputError: The file exists and ``force`` is false, or is no regular file.
    """

    def __init__(
        self, path: str | None = None, *, force: bool = False, always: bool = False
    ) -> None:
        super().__init__()
        self._target = None if path is None else OutputFile(path, force=force)
        self._always = always
        self._stream: BinaryIO | None = None
        self.count = 0
        self.unusable = 0
        self.first: list[RecordError] = []

    @property
    def path(self) -> str | None:
        """The file that holds the rejections, as named; ``None`` where none is written."""
        return self._target.name if self._target and (self.count or self._always) else None

    def add(self, error: RecordError) -> None:
        """Take one rejection.

        Raises:
            AbsiftError: The file can't be written.
        """
        self.count += 1
        if error.reason not in NORMAL_REASONS:
            self.unusable += 1
            if len(self.first) < SHOWN:
                self.first.append(error)
        if self._target is None:
            return
        if self._stream is None:
            self._stream = self._stack.enter_context(self._target)
        line = {"source": error.source, "record": error.record, "reason": error.reason}
        with explained(self._target.name):
            self._stream.write(_json_line(line))

    def _open(self, stack: ExitStack) -> None:
        if self._target and self._always:
            self._stream = stack.enter_context(self._target)

    def _finish(self) -> None:
        if self._target and self._stream is None and self._target.force:
            with explained(self._target.name):
                self._target.path.unlink(missing_ok=True)


def _json_line(line: dict[str, str]) -> bytes:
    """Give a line of JSON; bytes of a name or id that are no text are shown escaped."""
    plain = {key: value.encode("utf-8", "backslashreplace").decode() for key, value in line.items()}
    return orjson.dumps(plain, option=orjson.OPT_APPEND_NEWLINE)
