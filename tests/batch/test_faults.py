"""Runs that are really killed, stopped, starved and misled, in processes of their own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.helpers import Runner, contents, descendants, lines, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="kills processes and reads /proc"),
]

#: An eighth of the records below.
SHARD = ("--shard-size", "0.018")
COUNTS = "absift: 1,600 in, 1,600 out, 0 rejected"


def corpus(folder: Path, count: int = 1600, texts: dict[int, str] | None = None) -> Path:
    path = folder / "in.jsonl"
    rows = [
        {
            "id": f"r{n}",
            "text": (texts or {}).get(n, f"Of {n} men, 7 (5%) had a rash for {n % 50} weeks."),
        }
        for n in range(count)
    ]
    path.write_text(lines(rows))
    return path


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, bytes]:
    """What a run of one worker that nothing disturbs leaves."""
    runner = Runner(tmp_path_factory.mktemp("whole"), root)
    corpus(runner.folder)
    code, said = runner.run("in.jsonl", "-o", "whole/", "--workers", "1", *SHARD)
    assert code == 0, said
    assert COUNTS in said
    made = contents(runner.folder / "whole")
    assert len(made) > 6
    return made


@pytest.fixture
def whole(undisturbed: dict[str, bytes], runner: Runner) -> dict[str, bytes]:
    """The same; and the same input for another run."""
    corpus(runner.folder)
    return undisturbed


def command_of(pid: int) -> bytes:
    """Give a process's command; nothing of one that has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def is_running(pid: int) -> bool:
    return command_of(pid) != b""


def parts_done(folder: Path) -> int:
    return len(list(folder.glob("part-*.jsonl")))


def test_the_parent_killed_then_resumed(runner: Runner, whole: dict[str, bytes]) -> None:
    command = ("in.jsonl", "-o", "out/", "--workers", "2", *SHARD)
    out = runner.folder / "out"
    with runner.start(*command) as run:
        wait_for(lambda: parts_done(out) >= 2)
        below = descendants(run.pid)
        run.kill()
    assert parts_done(out) < len(whole) - 1
    # Its workers don't outlive it by long.
    wait_for(lambda: not any(map(is_running, below)), 10)
    done = parts_done(out)
    code, said = runner.run(*command)
    assert code == 0, said
    assert COUNTS in said
    assert f"{len(whole) - 1} parts in out/, " in said
    assert int(said.split(" parts in out/, ")[1].split(" of them")[0]) in (done, done - 1, done - 2)
    assert contents(out) == whole


def test_a_worker_killed(runner: Runner, whole: dict[str, bytes]) -> None:
    command = ("in.jsonl", "-o", "out/", "--workers", "2", *SHARD)
    out = runner.folder / "out"
    with runner.start(*command) as run:
        wait_for(lambda: parts_done(out) >= 2)
        for pid in descendants(run.pid):
            if b"spawn_main" in command_of(pid):
                os.kill(pid, signal.SIGKILL)
                break
        _, said = run.communicate(timeout=60)
    assert run.returncode == 0, said
    assert COUNTS in said
    assert contents(out) == whole


@pytest.mark.parametrize("pause", [0.0, 0.2, 0.4])
def test_ctrl_c_while_workers_start(runner: Runner, pause: float) -> None:
    corpus(runner.folder)
    command = ("in.jsonl", "-o", "out/", "--workers", "2", *SHARD)
    with runner.start(*command, start_new_session=True) as run:
        wait_for(lambda: any(b"spawn_main" in command_of(pid) for pid in descendants(run.pid)))
        time.sleep(pause)
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=10)
    assert run.returncode == 130
    assert re.fullmatch(
        r"absift: interrupted; \d of 7 parts are complete in out/; "
        r"the same command goes on from there\n",
        said,
    )


def test_ctrl_c_leaves_what_is_done(runner: Runner, whole: dict[str, bytes]) -> None:
    command = ("in.jsonl", "-o", "out/", "--workers", "2", *SHARD)
    out = runner.folder / "out"
    with runner.start(*command, start_new_session=True) as run:
        wait_for(lambda: parts_done(out) >= 2)
        # As a terminal does, to all processes in front.
        os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=10)
    assert run.returncode == 130
    assert said.startswith("absift: interrupted; ")
    assert said.endswith("the same command goes on from there\n")
    assert "Traceback" not in said
    left = contents(out)
    assert {name for name in left if name.startswith(".")} == set()
    done = [name for name in left if name.endswith(".jsonl")]
    assert 2 <= len(done) < len(whole) - 1
    assert all(left[name] == whole[name] for name in done)
    assert runner.run(*command)[0] == 0
    assert contents(out) == whole


SLOW = "set aside: took longer than 0.5 s, twice; --record-timeout gives it more time"
REASONS = {
    2: ("SLOW", SLOW),
    3: ("DEFECT", "set aside: reading it failed: ValueError: no such thing"),
    4: ("DEEP", "set aside: reading it failed: RecursionError: maximum recursion depth exceeded"),
    7: ("CRASH", "set aside: broke its worker, twice (signal 9)"),
    12: ("STUCK", SLOW),
}


def test_records_that_break_or_stall_a_worker_are_set_aside(runner: Runner) -> None:
    """Ended by an alarm, by what they raise, by their own signal, and from outside."""
    corpus(runner.folder, 15, {n: f"A {word} record" for n, (word, _) in REASONS.items()})
    code, said = runner.run(
        "in.jsonl", "-o", "out/", "--workers", "2", "--shard-size", "0.0004",
        "--config", runner.config(), "--record-timeout", "0.5",
    )  # fmt: skip
    assert code == 2
    assert "absift: 15 in, 10 out, 5 rejected" in said
    assert "of these records, 5 set aside" in said
    out = runner.folder / "out"
    listed = [json.loads(line) for line in (out / "rejects.jsonl").read_text().splitlines()]
    assert [one["record"] for one in listed] == [f"r{n}" for n in REASONS]
    for one, (_, reason) in zip(listed, REASONS.values(), strict=True):
        assert one["reason"].startswith(reason)


@pytest.fixture
def scheduler(runner: Runner) -> Iterator[tuple[str, int]]:
    """A Dask cluster of this machine with two worker processes; its address and its process."""
    pytest.importorskip("distributed")
    code = (
        "import sys\nfrom distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    cluster = LocalCluster(n_workers=2, threads_per_worker=1, processes=True,\n"
        "                           dashboard_address=None)\n"
        "    print(cluster.scheduler_address, flush=True)\n"
        "    sys.stdin.read()\n    cluster.close()\n"
    )
    script = runner.folder / "cluster.py"
    script.write_text(code)
    with subprocess.Popen(
        [sys.executable, str(script)],
        env=runner.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as cluster:
        assert cluster.stdout is not None
        yield cluster.stdout.readline().strip(), cluster.pid
        cluster.communicate()


def test_a_dask_worker_killed(
    runner: Runner, whole: dict[str, bytes], scheduler: tuple[str, int]
) -> None:
    address, cluster = scheduler
    command = ("in.jsonl", "-o", "out/", "--scheduler", address, *SHARD)  # fmt: skip
    out = runner.folder / "out"
    with runner.start(*command) as run:
        wait_for(lambda: parts_done(out) >= 1)
        # A worker at work is one that has made a process for its shard.
        busy = [pid for pid in descendants(cluster) if any(
            b"absift.batch.child" in command_of(below)
            for below in descendants(pid)
        ) and b"spawn_main" in command_of(pid)]  # fmt: skip
        os.kill(busy[-1], signal.SIGKILL)
        _, said = run.communicate(timeout=90)
    assert run.returncode == 0, said
    assert COUNTS in said
    assert contents(out) == whole


def test_a_dask_scheduler_killed(
    runner: Runner, whole: dict[str, bytes], scheduler: tuple[str, int]
) -> None:
    address, cluster = scheduler
    runner.env["DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT"] = "2s"
    out = runner.folder / "out"
    with runner.start("in.jsonl", "-o", "out/", "--scheduler", address, *SHARD) as run:
        wait_for(lambda: parts_done(out) >= 1)
        os.kill(cluster, signal.SIGKILL)
        _, said = run.communicate(timeout=60)
    assert run.returncode == 2, said
    assert f"absift: error: {address}: the Dask scheduler no longer answers" in said
    assert "Traceback" not in said
    code, said = runner.run("in.jsonl", "-o", "out/", "--workers", "1", *SHARD)
    assert code == 0, said
    assert contents(out) == whole


def test_no_scheduler_there(runner: Runner) -> None:
    corpus(runner.folder, 2)
    runner.env["DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT"] = "1s"
    code, said = runner.run("in.jsonl", "-o", "out/", "--scheduler", "tcp://127.0.0.1:9")
    assert code == 2
    assert "absift: error: tcp://127.0.0.1:9: no Dask scheduler answers there" in said
    assert "Traceback" not in said


def test_a_disk_that_is_full(runner: Runner, whole: dict[str, bytes]) -> None:
    """The limit on the size of files fails a write just as a full disk does."""
    limit = max(map(len, whole.values())) // 2
    command = ("in.jsonl", "-o", "out/", "--workers", "1", *SHARD)
    limited = [sys.executable, "-c",
               f"import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, -1));"
               "runpy.run_module('absift', run_name='__main__')",
               "extract", *map(str, command)]  # fmt: skip
    done = subprocess.run(
        limited, env=runner.env, cwd=runner.folder, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith("absift: error: ")
    assert "can't write: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    out = runner.folder / "out"
    assert [name for name in contents(out) if name.startswith(".")] == []
    code, said = runner.run(*command)
    assert code == 0, said
    assert contents(out) == whole


def test_an_output_that_is_read_only(runner: Runner) -> None:
    corpus(runner.folder, 2)
    # A file system that lets not even root make anything.
    code, said = runner.run("in.jsonl", "-o", "/sys/absift/", "--workers", "1")
    assert code == 2, said
    assert said.startswith("absift: error: /sys/absift/: can't write: ")
    assert said.endswith("; choose a folder that you may write to\n")
