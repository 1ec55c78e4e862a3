"""Who does the work: processes of this machine, a Dask cluster, or any other executor."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from importlib import import_module
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import orjson

from absift.batch.job import Receipt, Task
from absift.batch.work import work
from absift.errors import AbsiftError, InputError


class Workers:
    """An executor, and what has to be known of it.

    Args:
        make: Makes the executor; called again when its processes have died.
        width: Shards that are given to it at a time.
        local: Whether its workers are processes of this machine that may be ended.
        on_end: Ends what still works, at once.
        on_close: Called when the workers are no longer needed.
        on_look: Called from time to time; raises where the workers are gone for good.

    Attributes:
        gone: Whether they are: nothing can be asked of them any more.
    """

    def __init__(
        self,
        make: Callable[[], Executor],
        width: int,
        *,
        local: bool = False,
        on_end: Callable[[], object] = bool,
        on_close: Callable[[], object] = bool,
        on_look: Callable[[], object] = bool,
    ) -> None:
        self._make = make
        self._on_end, self._on_close, self._on_look = on_end, on_close, on_look
        self._executor = make()
        self.width = width
        self.local = local
        self.gone = False

    def look(self) -> None:
        """See that there still is something that does the work.

        Raises:
            AbsiftError: It is gone for good.
        """
        try:
            self._on_look()
        except AbsiftError:
            self.gone = True
            raise

    def submit(self, task: Task) -> Future[Receipt]:
        """Give a task away.

        Raises:
            BrokenExecutor: The executor's processes have died.
        """
        with _no_interrupt():
            return self._executor.submit(work, task)

    def renew(self) -> None:
        """Put a new executor in the place of one whose processes have died."""
        self._executor.shutdown(wait=True)
        self._executor = self._make()

    def close(self) -> None:
        """Let what has been given away come to its end, and leave."""
        self._executor.shutdown(wait=True)
        self._on_close()

    def abandon(self) -> None:
        """Leave at once; local workers write nothing any more when this returns.

        What others are still at is not waited for.
        """
        self._on_end()
        # Taking leave of what is gone may fail, which must not hide why it is taken.
        with contextlib.suppress(Exception):
            self._executor.shutdown(wait=self.local)
        self._on_close()


def cpus() -> int:
    """Give the number of processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # pragma: no cover - not Linux
        return os.cpu_count() or 1


def processes(count: int) -> Workers:
    """Give workers that are processes of this machine.

    They are started afresh and not forked, so that threads and locks of this process are not
    theirs, and end with it however it ends.
    """
    context = multiprocessing.get_context("spawn")
    # Nothing is ever sent: a worker ends when its leash is let go, by whatever.
    leash, hand = context.Pipe(duplex=False)

    def make() -> Executor:
        return ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(leash,))

    return Workers(make, count, local=True, on_end=hand.close)


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Put Ctrl-C off, also for processes that are made meanwhile: those never get it."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(leash: Connection) -> None:
    """Make a worker ready: Ctrl-C is the parent's to handle, and its end is ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_when_let_go, args=(leash,), daemon=True).start()


def _end_when_let_go(leash: Connection) -> None:
    wait([leash])
    os._exit(1)


def dask(scheduler: str, patience: float = 60.0) -> Workers:
    """Give workers that are those of a Dask cluster.

    Args:
        scheduler: Its scheduler's address, such as ``tcp://10.0.0.1:8786``, or the file
            ``*.json`` that ``dask scheduler --scheduler-file`` writes.
        patience: Seconds to wait for that file.

    Raises:
        InputError: Dask isn't installed, the file isn't written or isn't a scheduler's, or the
            scheduler doesn't answer.
    """
    try:
        make_client: Any = import_module("distributed").Client
    except ImportError as error:
        raise InputError("--scheduler needs Dask: pip install 'absift[dask]'") from error
    address = _address(Path(scheduler), patience) if scheduler.endswith(".json") else scheduler
    try:
        client = make_client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"{address}: no Dask scheduler answers there: {error}") from error
    # The same shard given twice must be done twice, or a failure would be remembered.
    executor = client.get_executor(pure=False)

    def look() -> None:
        # Dask has tried for a while to connect anew; what it is given from now on never ends.
        if client.status == "closed":
            raise AbsiftError(
                f"{address}: the Dask scheduler no longer answers. What is done stays, and the "
                "same command goes on from there"
            )

    return Workers(lambda: executor, _MANY, on_close=client.close, on_look=look)


def _address(file: Path, patience: float) -> str:
    """Read a scheduler's address from the file that it writes when it is ready."""
    end = time.monotonic() + patience
    while True:
        try:
            return str(orjson.loads(file.read_bytes())["address"])
        except FileNotFoundError:
            reason = "no such file"
        except OSError as error:
            reason = error.strerror or type(error).__name__
        except (orjson.JSONDecodeError, KeyError, TypeError):
            # Or not yet: it is written where it stands.
            reason = "not the file of a scheduler"
        if time.monotonic() > end:
            raise InputError(
                f"{file}: no Dask scheduler has written it in {patience:g} s: {reason}"
            )
        time.sleep(_POLL)


def given(executor: Executor) -> Workers:
    """Give workers of any executor."""
    return Workers(lambda: executor, _MANY)


#: Shards given at once to an executor that shares them out itself.
_MANY = 1000
#: Seconds between two looks for a scheduler's file.
_POLL = 0.2


def is_lost(error: BaseException) -> bool:
    """Tell whether a failure means that a worker is gone, and not that the work failed."""
    return isinstance(error, BrokenExecutor | CancelledError) or (
        # KilledWorker and its like; Dask may not be installed.
        not isinstance(error, AbsiftError) and type(error).__module__.startswith("distributed.")
    )


def end_process(pid: int) -> None:
    """End a worker of this process that can't end itself; any other process is let alone."""
    for child in multiprocessing.active_children():
        if child.pid == pid:
            child.kill()
