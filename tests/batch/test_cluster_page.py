"""The recipes of docs/cluster.md: the batch job is run, the manifests are read."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from absift.cli.app import app
from tests.batch.helpers import Runner, contents, lines, wait_for

#: What stands in for the programs of a cluster.
ACTIVATE = 'PATH="{bin}:$PATH"\n'
PROGRAMS = {
    "absift": 'exec {python} -m absift "$@"',
    "dask": 'exec {python} -m dask "$@"',
    "srun": 'exec "$@"',
}
#: Let the scheduler be at work before anything else happens.
THEN = "until [ -s scheduler-7-0.json ]; do sleep 0.1; done; "
IMAGE = "registry.example.org/absift-dask:1"


def block(root: Path, kind: str, start: str) -> str:
    """Give the page's block of a kind that begins in some way."""
    page = (root / "docs" / "cluster.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{kind}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (found,) = (one for one in blocks if one.startswith(start))
    return str(found)


class Batch:
    """The page's batch job, its sizes and places cut to a folder of this machine."""

    def __init__(self, runner: Runner, root: Path) -> None:
        pytest.importorskip("distributed")
        self.runner, self.folder = runner, runner.folder
        self.shared = self.folder / "shared"
        bins = self.shared / "absift" / "bin"
        bins.mkdir(parents=True)
        (bins / "activate").write_text(ACTIVATE.format(bin=bins))
        for name, text in PROGRAMS.items():
            self.program(name, text.format(python=shlex.quote(sys.executable)))
        text = block(root, "bash", "#!/bin/bash\n#SBATCH")
        for old, new in (
            ("/shared/", f"{self.shared}/"),
            ("--nworkers 32", "--nworkers 2"),
            ("--format parquet", "--format parquet --shard-size 0.01"),
        ):
            assert old in text
            text = text.replace(old, new)
        (self.folder / "job.sh").write_text(text)
        self.baseline = self.shared / "pubmed" / "baseline"
        self.baseline.mkdir(parents=True)
        rows = [{"id": f"r{n}", "text": f"Of {n} men, 7 (5%) had a rash."} for n in range(600)]
        (self.baseline / "in.jsonl").write_text(lines(rows))
        self.findings = self.shared / "pubmed" / "findings"

    def program(self, name: str, text: str) -> None:
        path = self.shared / "absift" / "bin" / name
        path.write_text(f"#!/bin/bash\n{text}\n")
        path.chmod(0o755)

    def start(self, tries: int = 0) -> subprocess.Popen[str]:
        """Begin the job, as SLURM does, in a session of its own."""
        env = {"SLURM_JOB_ID": "7"} | ({"SLURM_RESTART_COUNT": str(tries)} if tries else {})
        return subprocess.Popen(
            ["bash", "job.sh"],
            cwd=self.folder,
            env=self.runner.env | env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def undisturbed(self) -> dict[str, bytes]:
        """Give what one worker makes of the same input."""
        how = ("--workers", "1", "--format", "parquet", "--shard-size", "0.01")
        code, said = self.runner.run(self.baseline, "-o", "whole/", *how)
        assert code == 0, said
        return contents(self.folder / "whole")


def left(session: int) -> list[str]:
    """Give the processes of a session that are still there, as Linux lists them."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(stat.parent.name)
    return found


@pytest.fixture
def batch(runner: Runner, root: Path) -> Batch:
    return Batch(runner, root)


slow = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="runs a shell script and reads /proc"),
]


class TestBatchJob:
    pytestmark = slow

    def test_stopped_and_put_in_the_queue_again(self, batch: Batch) -> None:
        with batch.start() as job:
            wait_for(lambda: list(batch.findings.glob("part-*.parquet")))
            job.send_signal(signal.SIGTERM)
            job.communicate(timeout=60)
        assert job.returncode != 0
        wait_for(lambda: not left(job.pid), 10)
        # What a scheduler that had no time to remove its file would have left.
        stale = batch.folder / "scheduler-7-0.json"
        stale.write_text('{"address": "tcp://127.0.0.1:9"}')
        with batch.start(tries=1) as job:
            _, said = job.communicate(timeout=120)
        assert job.returncode == 0, said
        assert "absift: 600 in, 600 out, 0 rejected" in said
        wait_for(lambda: not left(job.pid), 10)
        assert [path.name for path in batch.folder.glob("scheduler*")] == [stale.name]
        assert contents(batch.findings) == batch.undisturbed()

    @pytest.mark.parametrize(
        ("program", "text", "code"),
        [
            ("srun", THEN + "exit 3", 3),
            ("srun", THEN + "exit 0", 1),
            ("dask", '[ "$1" = worker ] || exit 4; exec sleep 100', 4),
            ("absift", THEN + "exit 2", 2),
            ("absift", THEN + "exit 0", 0),
        ],
    )
    def test_whatever_ends_first(self, batch: Batch, program: str, text: str, code: int) -> None:
        batch.program(program, text)
        with batch.start() as job:
            _, said = job.communicate(timeout=60)
        assert job.returncode == code, said
        wait_for(lambda: not left(job.pid), 10)
        assert not list(batch.folder.glob("scheduler*"))


@pytest.fixture
def manifests(root: Path) -> dict[str, dict[str, Any]]:
    found = yaml.safe_load_all(block(root, "yaml", "apiVersion"))
    return {f"{one['kind']} {one['metadata']['name']}": one for one in found}


def containers(manifests: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Give the one container of each manifest that has any, by its name."""
    pods = [
        one["spec"]["template"]["spec"] for one in manifests.values() if one["kind"] != "Service"
    ]
    return {pod["containers"][0]["name"]: pod["containers"][0] for pod in pods}


def test_the_manifests_belong_together(manifests: dict[str, dict[str, Any]], root: Path) -> None:
    service = manifests["Service absift-scheduler"]
    deployments = [one["spec"] for one in manifests.values() if one["kind"] == "Deployment"]
    labels = [one["template"]["metadata"]["labels"] for one in deployments]
    assert [one["selector"]["matchLabels"] for one in deployments] == labels
    assert service["spec"]["selector"] == labels[0]
    address = f"tcp://{service['metadata']['name']}:{service['spec']['ports'][0]['port']}"
    found = containers(manifests)
    assert address in found["worker"]["command"]
    assert address in found["extract"]["command"]
    assert {one["image"] for one in found.values()} == {IMAGE}
    assert f"docker build -t {IMAGE} ." in block(root, "bash", "docker")


def test_the_pods_commands_are_understood(manifests: dict[str, dict[str, Any]]) -> None:
    pytest.importorskip("distributed")
    found = {name: one["command"] for name, one in containers(manifests).items()}
    for name in ("scheduler", "worker"):
        program, command, *arguments = found[name]
        main = import_module(f"distributed.cli.dask_{command}").main
        assert (program, command) == ("dask", name)
        # Refuses options that Dask doesn't have.
        context = main.make_context(command, list(arguments))
        assert context.params["dashboard"] is False
    extract = typer.main.get_command(app).commands["extract"]  # type: ignore[attr-defined]
    context = extract.make_context("extract", found["extract"][2:])
    assert found["extract"][:2] == ["absift", "extract"]
    assert context.params["scheduler"] == "tcp://absift-scheduler:8786"
