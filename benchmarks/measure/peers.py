"""Others on the same texts, each in an environment of its own, doing what they can of the job."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from absift.lexicon.entries import read_entries
from absift.settings import config_path

from .passage import as_command, extract_file
from .ratio import split_words
from .texts import load

_SCRIPTS = Path(__file__).resolve().parent.parent / "peers"


@dataclass(frozen=True)
class Peer:
    """A package to compare with.

    Attributes:
        name: As its authors write it.
        script: The script in ``peers``, and its environment, without ``peer_`` and ``.py``.
        packages: What pip installs.
        does: What of the job it does.
    """

    name: str
    script: str
    packages: tuple[str, ...]
    does: str


PEERS = (
    Peer(
        "negspaCy", "negspacy", ("negspacy==1.1.0", "spacy>=3.8,<3.9"), "terms, figures, negation"
    ),
    Peer("medspaCy", "medspacy", ("medspacy==1.3.1",), "terms, figures, ConText"),
    Peer("EDS-NLP", "edsnlp", ("edsnlp==0.23.0",), "terms, percentages, durations, negation"),
    Peer("quantulum3", "quantulum", ("quantulum3==0.10.0",), "percentages, durations"),
    Peer(
        "Microsoft recognizers",
        "recognizers",
        ("recognizers-text-suite==1.0.2a2", "emoji<1"),
        "percentages, durations",
    ),
)


def terms() -> list[str]:
    """Give all names of harms that absift's lexicon has, so that peers look for the same."""
    names: dict[str, None] = {}
    for path in sorted(config_path("lexicon").glob("*.tsv")):
        for entry in read_entries(path):
            if entry.kind != "none":
                names |= dict.fromkeys((entry.term, *entry.synonyms))
    return list(names)


def measure(source: Path, seconds: float, folder: Path) -> dict[str, Any]:
    """Run absift, spaCy's splitting of words and each peer over a file of JSON lines.

    Args:
        source: The abstracts, written by :func:`texts.write`.
        seconds: Processor time after which a peer is stopped.
        folder: For files of the moment.

    Returns:
        For each system what it does, abstracts a second and the abstracts done, or a ``note`` that
        says why it didn't run.
    """
    (folder / "terms.txt").write_text("\n".join(terms()), encoding="utf-8")
    rows = list(_own(source, folder))
    for peer in PEERS:
        row = {"name": peer.name, "version": " ".join(peer.packages[:1]), "does": peer.does}
        print(f"  {peer.name}", file=sys.stderr, flush=True)
        try:
            rows.append(row | _run(peer, source, seconds, folder))
        except subprocess.CalledProcessError as error:
            lines = (error.stderr or "").strip().splitlines() or [f"exit code {error.returncode}"]
            what = "doesn't install" if "pip" in error.cmd else "fails"
            rows.append(row | {"note": f"{what}: {lines[-1][:200]}"})
    return {"systems": rows}


def _run(peer: Peer, source: Path, seconds: float, folder: Path) -> dict[str, Any]:
    from environments import environment, outside

    python = environment(peer.script, peer.packages)
    script = _SCRIPTS / f"peer_{peer.script}.py"
    paths = [script, source, folder / "terms.txt", folder / f"{peer.script}.jsonl"]
    command = [str(one) for one in (python, *paths, seconds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=outside())
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured | {"per_s": measured["abstracts"] / measured["seconds"]}


def _own(source: Path, folder: Path) -> Iterable[dict[str, Any]]:
    """Give the rows of absift and of spaCy alone."""
    import spacy

    extract = as_command()
    texts = [one.text for one in load([source])]
    everything = "all labels, attributes, links, checks"
    for name, does, seconds in (
        ("absift", everything, extract_file(extract, source, folder / "absift.jsonl")),
        ("spaCy, blank", "words alone", split_words(spacy.blank("en"), texts)),
    ):
        count = len(texts)
        yield {
            "name": name,
            "does": does,
            "seconds": seconds,
            "abstracts": count,
            "per_s": count / seconds,
        }
