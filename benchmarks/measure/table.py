"""The page of figures, from what was measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

_HEAD = """# How fast it is

Made by `make bench`; what each figure is and how it is taken stands in
[benchmarks/README.md](../benchmarks/README.md). Speeds are abstracts a second of processor time on
one core, unless it says otherwise.
"""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give a Markdown table; the first column to the left, the others to the right.

    Args:
        head: Names of the columns.
        rows: Cells; ``|`` and line breaks in them are made harmless.
    """
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines) + "\n"


def _cell(value: object) -> str:
    return " ".join(str(value).replace("|", "\\|").split())


def _startup(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## Start\n"
    rows = [
        (name, f"{one['wall']:.2f}", f"{one['cpu']:.2f}", f"{one['cpu_least']:.2f}")
        for name, one in found.items()
    ]
    yield table(("seconds", "by the clock", "of the processor", "least"), rows)


def _ratio(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## Against spaCy's splitting of words\n"
    yield (
        f'absift {found["absift_per_s"]:,.0f}, `spacy.blank("en")` {found["spacy_per_s"]:,.0f} '
        f"abstracts a second: **ratio {found['ratio']:.2f}** (95% {found['low']:.2f} to "
        f"{found['high']:.2f}), over {found['abstracts']:,} abstracts in turns of 50; in their "
        f"second half {found['late']:.2f}.\n"
    )
    yield "![Ratio of each block along the run](plots/ratio.svg)\n"


def _pure(found: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"Without its compiled parts: {found['absift_per_s']:,.0f} abstracts a second, ratio "
        f"{found['ratio']:.2f}.\n"
    )


def _docs(found: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"With `nlp=absift.load()`, which makes a `Doc` of spaCy's of each abstract: "
        f"{found['absift_per_s']:,.0f} abstracts a second, ratio {found['ratio']:.2f}.\n"
    )


def _steps(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## Where the time goes\n"
    yield table(("step", "share"), ((step, f"{x:.1%}") for step, x in found["shares"].items()))
    yield "![Share of each step](plots/steps.svg)\n"


def _run(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## Along a run\n"
    yield _along(found, "run")


def _soak(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## Along a long run\n"
    yield _along(found, "soak")


def _along(found: Mapping[str, Any], name: str) -> str:
    last = found["points"][-1]
    return (
        f"After {last['abstracts']:,} abstracts {last['rss_mb']:,.0f} MB, {found['memory']:.2f} "
        f"times the memory after a tenth of them; speed in the last tenth {found['speed']:.2f} "
        f"times that of the second.\n\n![Speed and memory along the run](plots/{name}.svg)\n"
    )


def _length(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## By length of an abstract\n"
    rows = [
        (f"{one['length']:,}", f"{one['seconds']:.4f}", f"{one['us_per_1000']:.0f}")
        for one in found["points"]
    ]
    yield table(("characters", "seconds", "µs for 1,000 characters"), rows)
    if found["exponent"] is not None:
        yield f"From 10,000 characters the time grows with the length to {found['exponent']:.2f}.\n"
    yield "![Time by length](plots/length.svg)\n"


def _more(what: str) -> Callable[[Mapping[str, Any]], Iterator[str]]:
    def lines(found: Mapping[str, Any]) -> Iterator[str]:
        yield f"## With more {what}\n"
        rows = [
            (
                f"{one['more']:,}",
                f"{one['per_s']:,.0f}",
                f"{one['slower']:.1%}",
                f"{one['load_s']:.2f}",
            )
            for one in found["points"]
        ]
        yield table((f"more {what}", "abstracts/s", "slower by", "s to load"), rows)
        yield f"![Speed by more {what}](plots/{what}.svg)\n"

    return lines


def _workers(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## Two processes\n"
    rows = [
        (one["workers"], f"{one['seconds']:.1f}", f"{one['per_s']:,.0f}") for one in found["points"]
    ]
    yield table(("workers", "s by the clock", "abstracts/s by the clock"), rows)
    yield (
        f"Two are {found['times']:.2f} times as fast as one, loading included, over "
        f"{found['abstracts']:,} abstracts.\n"
    )


def _peers(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## Others on the same texts\n"
    rows = [
        (
            one["name"],
            one["does"],
            f"{one['per_s']:,.1f}" if "per_s" in one else one["note"],
            f"{one['abstracts']:,}" if "per_s" in one else "",
        )
        for one in found["systems"]
    ]
    yield table(("system", "does", "abstracts/s", "abstracts"), rows)
    yield "![Speed of each](plots/peers.svg)\n"


#: What is said of each part, in the order of the page.
SECTIONS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]] = MappingProxyType(
    {
        "ratio": _ratio,
        "pure": _pure,
        "docs": _docs,
        "startup": _startup,
        "steps": _steps,
        "run": _run,
        "soak": _soak,
        "length": _length,
        "rules": _more("rules"),
        "terms": _more("terms"),
        "workers": _workers,
        "peers": _peers,
    }
)


def page(results: Mapping[str, Mapping[str, Any]]) -> str:
    """Give the whole page in Markdown.

    Args:
        results: By name of the part its ``result``, and the ``stamp`` of when and where it was
            taken; parts that aren't there are left out.
    """
    said: list[str] = [_HEAD]
    stamps: dict[str, list[str]] = {}
    for name, lines in SECTIONS.items():
        if name in results:
            said += lines(results[name]["result"])
            load = results[name]["stamp"]["load"]
            shown = name if load is None else f"{name} at load {load}"
            stamps.setdefault(_machine(results[name]), []).append(shown)
    said.append("## Machine, versions, date\n")
    said += (f"{machine} (parts: {', '.join(parts)}).\n" for machine, parts in stamps.items())
    return "\n".join(said)


def _machine(part: Mapping[str, Any]) -> str:
    stamp = part["stamp"]
    versions = ", ".join(f"{name} {number}" for name, number in stamp["versions"].items())
    memory = f", {stamp['memory_gb']} GB" if stamp["memory_gb"] else ""
    return (
        f"{stamp['date']}: {stamp['processor']}, {stamp['processors']} processors{memory}, "
        f"{stamp['system']}; {versions}; rules {stamp['rules']}; texts: {part['texts']}"
    )
