"""Shards given to workers, and what is done when a worker dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import replace

from absift.batch.job import Receipt, Task
from absift.batch.marks import Marks, Stall
from absift.batch.scratch import scratch, sweep
from absift.batch.workers import Workers, end_process, is_lost
from absift.errors import AbsiftError

#: Seconds between two looks at the workers.
_TICK = 0.2
#: Times in a row that workers may die without a shard being done.
_BREAKS = 3

_Flying = dict["Future[Receipt]", Task]


class Dispatcher:
    """Gives shards to workers and collects their receipts.

    Args:
        tasks: What is to be done.
        receipts: Filled, by the number of the shard, as shards are done.
        total: Bytes of all input, done or not.
        on_progress: Called with the bytes read so far and in all.
        on_records: Called with the number of records done so far.
    """

    def __init__(
        self,
        tasks: Sequence[Task],
        receipts: dict[int, Receipt],
        total: int,
        on_progress: Callable[[int, int], None] | None,
        on_records: Callable[[int], None] | None,
    ) -> None:
        self._todo = deque(tasks)
        self._receipts = receipts
        self._total = total
        self._share = total / max(len(tasks) + len(receipts), 1)
        self._on_progress, self._on_records = on_progress, on_records
        self._flying: _Flying = {}
        self._stalls: dict[int, Stall] = {}
        self._breaks = 0

    def run(self, make_workers: Callable[[], Workers]) -> None:
        """Do all tasks.

        Raises:
            AbsiftError: A shard can't be done, or workers keep dying.
        """
        count = max(task.number for task in self._todo) + 1
        sweep()
        with scratch() as folder:
            marks = Marks(folder / "marks", count)
            self._todo = deque(
                replace(task.from_anywhere(), marks=str(marks.path)) for task in self._todo
            )
            workers = make_workers()
            try:
                while self._todo or self._flying:
                    self._step(workers, marks)
            except BaseException:
                self._abandon(workers)
                raise
            finally:
                marks.close()
            workers.close()

    def _step(self, workers: Workers, marks: Marks) -> None:
        lost: list[Task] = []
        workers.look()
        broken = self._give(workers)
        done, _ = wait(self._flying, timeout=_TICK, return_when=FIRST_COMPLETED)
        for future in done:
            task = self._flying.pop(future)
            self._stalls.pop(task.number, None)
            try:
                receipt = future.result()
            except BaseException as error:
                if not is_lost(error):
                    raise
                broken = broken or isinstance(error, BrokenExecutor)
                lost.append(task)
            else:
                self._receipts[task.number] = receipt
                self._breaks = 0
        self._watch(workers, marks)
        if broken:
            # One worker that dies takes the whole executor with it, and all that it had.
            lost += self._flying.values()
            self._flying.clear()
            self._stalls.clear()
        if lost or broken:
            self._retry(lost, workers, renew=broken)

    def _give(self, workers: Workers) -> bool:
        """Give as many tasks as there is room for; say whether the executor was found broken."""
        while self._todo and len(self._flying) < workers.width:
            try:
                future = workers.submit(self._todo[0])
            except BrokenExecutor:
                return True
            task = self._todo.popleft()
            self._flying[future] = task
            self._stalls[task.number] = Stall(task.recipe.record_timeout)
        return False

    def _retry(self, lost: Sequence[Task], workers: Workers, *, renew: bool) -> None:
        self._breaks += 1
        if self._breaks > _BREAKS:
            raise AbsiftError(
                f"workers died {self._breaks} times in a row; they may need more memory: use "
                "fewer --workers. What is done stays, and the same command goes on from there"
            )
        if renew:
            workers.renew()
        again = sorted(lost, key=lambda task: task.number, reverse=True)
        self._todo.extendleft(replace(task, supervised=True) for task in again)

    def _watch(self, workers: Workers, marks: Marks) -> None:
        """Tell how far all are, and end workers that stand still."""
        read, records = 0, 0
        for task in self._flying.values():
            state = marks.state(task.number)
            read, records = read + state.bytes, records + state.records
            stuck = workers.local and not task.supervised and state.pid
            if stuck and self._stalls[task.number].seen(state):
                end_process(state.pid)
        done = int(len(self._receipts) * self._share)
        if self._on_progress is not None:
            self._on_progress(min(done + read, self._total), self._total)
        if self._on_records is not None:
            self._on_records(records + sum(one.tally.found for one in self._receipts.values()))

    def _abandon(self, workers: Workers) -> None:
        # What is gone can't be told to leave off; Dask would log that it couldn't.
        for future in () if workers.gone else self._flying:
            future.cancel()
        workers.abandon()
