"""Each text is marked with the numerators and denominators that linking must find again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from absift.records import PERCENTAGE, Record
from absift.rules.engine import Finding

Link = Callable[[str], tuple[Record, list[Finding]]]

SHARES = {
    "total at the head": (
        "Of the [[61]]{S 61 total enrolled} men included, 48 "
        "([[78.7%]]{P 78.7 proportion n=48 N=61}) recovered and "
        "13 ([[21.3%]]{P 21.3 proportion n=13 N=61}) did not."
    ),
    "other units at the head": (
        "Over 80 cycles, fever was recorded in 20 ([[25%]]{P 25 proportion n=20 N=80})."
    ),
    "a total that the sum speaks against": (
        "Of the [[61]]{S 61 total enrolled} men, 10 ([[40.0%]]{P 40 proportion n=10}) of those "
        "operated on recovered."
    ),
    "a grade is no ratio": (
        "There was grade 3/4 rash ([[25.4%]]{P 25.4 proportion}) in the "
        "[[70]]{S 70 total enrolled}."
    ),
    "total behind the bracket": (
        "Rash was seen in 12 ([[48%]]{P 48 proportion n=12 N=25}) of the 25 men and in 3 "
        "([[15%]]{P 15 proportion n=3}) of 40 others."
    ),
    "ratio with decimals cut off": (
        "Reflux was found in 4 of 13 dogs ([[30.7%]]{P 30.7 proportion n=4 N=13})."
    ),
    "the total of the share before": (
        "Rash was seen in 22 ([[43%]]{P 43 proportion n=22 N=51}) of 51 men, and burns in ten "
        "([[20%]]{P 20 proportion n=10 N=51}) and in 9 ([[30%]]{P 30 proportion n=9})."
    ),
    "shares of all": (
        "We drained [[80]]{S 80 total enrolled} cysts ([[30%]]{P 30 proportion N=80} large, "
        "[[45%]]{P 45 proportion N=80} small and [[25%]]{P 25 proportion N=80} flat)."
    ),
    "shares set against each other": (
        "Of interest were [[80]]{S 80 total enrolled} men, of whom smokers recovered less often "
        "([[40%]]{P 40 proportion} versus [[60%]]{P 60 proportion})."
    ),
    "total behind the people": (
        "A cure was reached by 17 ([[41.5%]]{P 41.5 proportion n=17 N=41}) smokers out of 41."
    ),
    "no total where the sum is wrong": (
        "A cure was reached by 17 ([[41.5%]]{P 41.5 proportion n=17}) smokers out of 45."
    ),
    "ratios and their percentages in one order": (
        "There were falls in 8/53 men, 14/51 women and 5/57 others "
        "([[15%]]{P 15 proportion n=8 N=53} v [[27%]]{P 27 proportion n=14 N=51} v "
        "[[9%]]{P 9 proportion n=5 N=57})."
    ),
    "a ratio that two percentages may be": (
        "Falls were seen in 10/65 men on zelorin and 3 on placebo "
        "([[15%]]{P 15 proportion n=10 N=65} v [[15.4%]]{P 15.4 proportion})."
    ),
    "things that are counted": (
        "We treated 41 warts ([[30%]]{P 30 proportion n=41}) with 20 mg ([[1%]]{P 1 other})."
    ),
    "group between count and percentage": (
        "There were 38 deaths in the zelorin group ([[22%]]{P 22 proportion n=38})."
    ),
    "what is counted behind": (
        "Mortality was [[7.2%]]{P 7.2 proportion n=29} (29 men) on zelorin."
    ),
    "total named first": (
        "Out of [[200]]{S 200 total enrolled} women, [[60%]]{P 60 proportion N=200} were old and "
        "[[40.2%]]{P 40.2 proportion} were not."
    ),
    "ratio farther before": ("Three of 11 dogs recovered ([[27.3%]]{P 27.3 proportion n=3 N=11})."),
    "ratio of another percentage": (
        "Cure was seen in 4 of 9 ([[44.4%]]{P 44.4 proportion n=4 N=9}), and "
        "[[70%]]{P 70 proportion} in earlier work."
    ),
    "share of a sample": (
        "[[46]]{S 46 total enrolled} adults (mean age 31; [[65%]]{P 65 proportion N=46} "
        "women) took part."
    ),
    "both sexes of a sample": (
        "[[171]]{S 171 total enrolled} adults ([[55%]]{P 55 proportion N=171} men, "
        "[[45%]]{P 45 proportion N=171} women) took part."
    ),
    "among all": (
        "Among [[868]]{S 868 total enrolled} men with gout, [[34.4%]]{P 34.4 proportion N=868} "
        "improved and [[2%]]{P 2 change} more did later."
    ),
    "among all, but counted": (
        "Among [[868]]{S 868 total enrolled} men with gout, 103 had pain "
        "([[9.5%]]{P 9.5 proportion} vs [[15%]]{P 15 proportion})."
    ),
    "total right behind": (
        "At a year, [[80.3%]]{P 80.3 proportion N=81} (95% CI 70-88) of 81 women were well."
    ),
    "other shares of a sample": (
        "[[200]]{S 200 total enrolled} adults, [[55%]]{P 55 proportion N=200} male, "
        "[[41%]]{P 41 proportion N=200} white, took part."
    ),
    "group with its size": (
        "Ten women ([[50%]]{P 50 proportion n=10 N=20}) of the group taking zelorin "
        "(n = [[20]]{S 20 arm enrolled}) recovered."
    ),
    "groups with their sizes": (
        "Survival was [[77.2%]]{P 77.2 proportion N=76} in vaccinated women "
        "(n = [[76]]{S 76 arm enrolled}) and low in the others."
    ),
    "interval before the total": (
        "At surgery, 23 ([[46.9%]]{P 46.9 proportion n=23 N=49}; 32.5 to 61.7) of 49 women were "
        "well."
    ),
    "counted events": "There were [[8.0%]]{P 8 proportion n=10} (10 events) with zelorin.",
    "badly rounded": "Rash was commoner (82/118, [[70%]]{P 70 proportion n=82 N=118}).",
    "among too few": (
        "Among [[7]]{S 7 total enrolled} men with gout, [[34.4%]]{P 34.4 proportion} improved."
    ),
    "size of the arm": (
        "Two ([[8%]]{P 8 proportion n=2 N=25}) in the drug group "
        "(n = [[25]]{S 25 arm enrolled}) had pain."
    ),
    "grade": "Rash of grade 3 ([[12%]]{P 12 proportion}) was rare.",
    "confidence level": ("The rate was 12/13 ([[95%]]{P 95 confidence_level} CI 64 to 99)."),
}


@pytest.mark.parametrize("marked", SHARES.values(), ids=list(SHARES))
def test_counts_are_those_marked(link: Link, marked: str) -> None:
    record, findings = link(marked)
    names = ("numerator", "denominator")
    got = {
        one.start: {name: one.attributes[name] for name in names if name in one.attributes}
        for one in findings
        if one.label == PERCENTAGE
    }
    assert got == {
        span.start: {name: span.attributes[name] for name in names if name in span.attributes}
        for span in record.of(PERCENTAGE)
    }
