from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Literal

import pytest
from rich.console import Console

from absift.records import Record, read_records
from absift.report.terminal import show

RECORDS = {
    record.id: record
    for record in read_records(
        (Path(__file__).parents[1] / "writers" / "records.jsonl").read_bytes().split(b"\n")
    )
}

PLAIN = """\
INV-001 · Journal of Invented Medicine · 2021 ──────────────────────────────────
Veltorine for hill fever: a [N:240]-person trial
BACKGROUND: Veltorine is an invented agent for hill fever.
METHODS: We screened [N:412] adults and randomised 240 of them to veltorine (n =
[N:120]) or placebo (n = [N:120]) for [T:12 weeks]; follow-up lasted [T:2 to 4
years].
RESULTS: [AE:Nausea] occurred in 18 ([%:15%]) and 9[!1] ([%:8.5%][!1]) patients.
Grade 3-4 [AE:febrile [odd label:neutropenia]][odd label: was seen in 4
([%:3.3%])] with veltorine. Hill fever resolved in [%:70.2%] ([%:95%] CI [%:61%
to 78%]) against [%:51%]. There were no serious [AE:adverse events].

[N] 4 sample sizes  [%] 7 percentages  [T] 2 durations  [AE] 3 adverse events
[1 odd label]  [!] 1 warning

Participants     240 randomised
Arms             120; 120
Screened         412
Follow-up        2-4 years
Treatment        12 weeks
Adverse events   nausea (veltorine: 18/120, 15%; placebo: 9/120, 8.5%)
                 febrile neutropenia [serious, grade 3-4] (veltorine: n=4, 3.3%)
Reported absent  adverse events [serious]

[!1] 9 of 120 is 7.5%, but the text says 8.5%. 9/120 = 7.5%

"""


def printed(
    record: Record,
    *,
    width: int = 80,
    colour: Literal["truecolor"] | None = None,
    no_color: bool = False,
) -> str:
    console = Console(
        file=io.StringIO(),
        width=120,
        force_terminal=True,
        color_system=colour,
        no_color=no_color,
        legacy_windows=False,
    )
    console.print(show(record, width))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def trimmed(text: str) -> str:
    return re.sub(" +$", "", text, flags=re.MULTILINE)


def without_escapes(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_without_colour() -> None:
    assert trimmed(printed(RECORDS["INV-001"])) == PLAIN


def test_no_color_is_like_no_colour() -> None:
    shown = printed(RECORDS["INV-001"], colour="truecolor", no_color=True)
    assert trimmed(without_escapes(shown)) == PLAIN


def test_colour_takes_the_place_of_brackets() -> None:
    shown = printed(RECORDS["INV-001"], colour="truecolor")
    # Black on the label's colour; within another span, underlined.
    styles = {
        "412": "38;2;0;0;0;48;2;86;180;233",
        "15%": "38;2;0;0;0;48;2;230;159;0",
        "12 weeks": "38;2;0;0;0;48;2;0;158;115",
        "Nausea": "38;2;0;0;0;48;2;204;121;167",
        "neutropenia": "4;38;2;0;0;0;48;2;240;228;66",
    }
    for words, style in styles.items():
        assert f"\x1b[{style}m{words}\x1b[0m" in shown
    assert "[N:" not in shown
    text = without_escapes(shown)
    assert " 3 adverse events \n 1 odd label   [!] 1 warning" in re.sub(" *\n", " \n", text)
    assert "Nausea occurred in 18 (15%) and 9[!1] (8.5%[!1]) patients." in text


@pytest.mark.parametrize("record", RECORDS.values(), ids=list(RECORDS))
@pytest.mark.parametrize("colour", [None, "truecolor"])
@pytest.mark.parametrize("width", [80, 40])
def test_it_keeps_its_width_and_the_terminal_safe(
    record: Record, colour: Literal["truecolor"] | None, width: int
) -> None:
    text = without_escapes(printed(record, width=width, colour=colour))
    assert not set(text) & set(map(chr, [*range(10), *range(11, 32), *range(127, 160)])) - {"\x85"}
    assert max(len(line) for line in text.splitlines()) <= width


def test_controls_are_shown() -> None:
    text = trimmed(printed(RECORDS['=HYPERLINK("http://example.org")']))
    assert "␛[31m colour␛[0m, a bell␇ and [AE:a nul␀]." in text.replace("\n", " ")
    assert '<script>alert("x")</script>' in text


def test_record_with_nothing() -> None:
    assert trimmed(printed(RECORDS["plain"])) == (
        f"plain {'─' * 74}\nNothing of note was counted here.\n\n"
    )
