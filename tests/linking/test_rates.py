"""Each text is marked with the rates that linking must find again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from absift.extraction.toolkit import Toolkit
from absift.records import ADVERSE_EVENT, Record
from absift.rules.engine import Finding

Link = Callable[[str], tuple[Record, list[Finding]]]

RATES = {
    "bracketed percentage": (
        "The drug caused [[nausea]]{A present r(p=12)} ([[12%]]{P 12 proportion})."
    ),
    "count": "There was [[rash]]{A present r(n=5)} in 5 patients.",
    "nothing": "No [[rash]]{A absent} occurred in the [[40]]{S 40 total enrolled} patients.",
    "arms behind": (
        '[[Dizziness]]{A present r(n=9 p=15 arm="zelorin") r(n=3 p=5 arm="placebo")} was seen in '
        "9 patients ([[15%]]{P 15 proportion}) on zelorin and 3 ([[5%]]{P 5 proportion}) on placebo."  # noqa: E501
    ),
    "arms of the sentence": (
        '[[Cough]]{A present r(p=46 arm="warm") r(p=26 arm="cold")} was more frequent with warm '
        "compared with cold ([[46%]]{P 46 proportion} vs. [[26%]]{P 26 proportion})."
    ),
    "arms set against each other last": (
        'As with placebo, [[cough]]{A present r(p=6 arm="zelorin") r(p=2 arm="placebo")} was more '
        "frequent with zelorin than placebo ([[6%]]{P 6 proportion} vs [[2%]]{P 2 proportion})."
    ),
    "an arm that a clause begins with": (
        "Nobody on placebo fell ill, whereas in the zelorin group, eight women had "
        '[[rash]]{A present r(n=8 arm="zelorin group")} and four '
        '[[cough]]{A present r(n=4 arm="zelorin group")}.'
    ),
    "a figure of every arm": (
        'Two groups were compared. [[Rash]]{A present r(n=2 arm="each group")} was seen in 2 men '
        "in each group, and [[10%]]{P 10 proportion} of women in each treatment arm had "
        '[[cough]]{A present r(p=10 arm="each treatment arm")}.'
    ),
    "the details of one arm": (
        '[[Side effects]]{A present generic r(p=9 arm="arm A")} were seen in '
        "[[9%]]{P 9 proportion} in arm A ([[rash]]{A present "
        'r(p=6 arm="arm A")} [[6%]]{P 6 proportion}, [[cough]]{A present r(p=2 arm="arm A")} '
        '[[2%]]{P 2 proportion}, [[itch]]{A present r(p=1 arm="arm A")} [[1%]]{P 1 proportion}).'
    ),
    "arms of the sentence before": (
        '[[Itch]]{A present r(n=8 arm="zelorin") r(n=2 arm="placebo")} was seen in 8 women on '
        'zelorin and 2 on placebo. [[Vomiting]]{A present r(n=4 arm="zelorin") '
        'r(n=1 arm="placebo")} was seen in four and one.'
    ),
    "total and arms": (
        "Seven cases (five in group A and two in group B) had a [[haematoma]]{A present r(n=7) "
        'r(n=5 arm="group A") r(n=2 arm="group B")}.'
    ),
    "count before the event": (
        "Two patients with grade 3 [[side effects]]{A present generic grade=3 r(n=2)} "
        "([[headaches]]{A present grade=3 r(n=2)}) stopped early."
    ),
    "numerator, denominator, percentage": (
        "[[Fever]]{A present r(n=7 N=16 p=43.8)} was observed in seven of 16 patients "
        "([[43.8%]]{P 43.8 proportion})."
    ),
    "one figure each": (
        "[[Complications]]{A present generic} included [[bleeding]]{A present r(n=13)} in 13, "
        "[[bile leak]]{A present r(n=8)} in 8 and [[ileus]]{A present r(n=3)} and "
        "[[fever]]{A present r(n=3)} in 3."
    ),
    "shared out in order": (
        "[[Rash]]{A present r(n=13)}, [[cough]]{A present r(n=8)} and [[fever]]{A present r(n=3)} "
        "were seen in 13, 8 and 3 patients, respectively."
    ),
    "before the percentage": (
        "More patients on zelorin (13; [[3.1%]]{P 3.1 proportion}) than placebo (10; "
        '[[2.4%]]{P 2.4 proportion}) had [[falls]]{A present r(n=13 p=3.1 arm="zelorin") '
        'r(n=10 p=2.4 arm="placebo")}.'
    ),
    "each event by arms": (
        "We compared zelorin with placebo. "
        '[[Rash]]{A present r(p=12 arm="zelorin") r(p=4 arm="placebo")} and [[cough]]{A present '
        'r(p=8 arm="zelorin") r(p=2 arm="placebo")} were seen in [[12%]]{P 12 proportion} and '
        "[[8%]]{P 8 proportion} on zelorin and [[4%]]{P 4 proportion} and [[2%]]{P 2 proportion} "
        "on placebo."
    ),
    "arms in the order of the sentence": (
        '[[Itch]]{A present r(n=8 arm="zelorin") r(n=2 arm="bitorin")} was seen in 8 women on '
        "zelorin and 2 on bitorin. In both treatment groups more had [[rash]]{A present "
        'r(p=9 arm="bitorin") r(p=4 arm="zelorin")} with bitorin than with zelorin '
        "([[9%]]{P 9 proportion} v [[4%]]{P 4 proportion})."
    ),
    "a name that its place told": (
        "There were two groups. "
        '[[Itch]]{A present r(n=8 arm="zelorin") r(n=2 arm="rest")} was seen in 8 women after '
        'zelorin and in 2 after rest. [[Vomiting]]{A present r(n=4 arm="rest")} troubled four '
        "after rest."
    ),
    "sizes that add up to a count": (
        "We compared zelorin with placebo. "
        'Eight had a [[rash]]{A present r(n=8) r(n=5 arm="zelorin") r(n=3 arm="placebo")} '
        "(zelorin, n=[[5]]{S 5 arm enrolled}; placebo, n=[[3]]{S 3 arm enrolled})."
    ),
    "a name with a number": (
        "Of all (ABC 50, n = [[40]]{S 40 arm randomised}; "
        "ABC 100, n = [[41]]{S 41 arm randomised}) "
        "in the two groups some fell ill. After ABC 100, two women had a "
        '[[rash]]{A present r(n=2 arm="ABC 100")}.'
    ),
    "a clause of its own behind another event": (
        "In all, [[43%]]{P 43 proportion} had [[bleeding]]{A present r(p=43)}, and "
        "[[mortality]]{A present r(p=7)} was [[7%]]{P 7 proportion}."
    ),
    "numbered groups": (
        "Seven ([[47%]]{P 47 proportion}) women in group 1 and 4 ([[28%]]{P 28 proportion}) women "
        'in group 2 had [[rash]]{A present r(n=7 p=47 arm="group 1") r(n=4 p=28 arm="group 2")}.'
    ),
    "only exceeded": (
        "The commonest [[events]]{A present generic} (incidence > or = [[5%]]{P 5 proportion}) "
        "were [[rash]]{A present r(n=2)} in 2 and cough."
    ),
    "none against a number": (
        '[[Ulcers]]{A present r(n=3 arm="zelorin") r(n=0 arm="placebo")} were seen in three '
        "patients on zelorin and none on placebo."
    ),
    "grades, doses and list numbers don't count": (
        "[[Rash]]{A present} of grade 2 or 3 was more frequent above 40 mg; "
        "1) [[fever]]{A present} was rare."
    ),
    "a blood pressure": "With a blood pressure of 170/100 there was [[cough]]{A present}.",
    "a definite number": "The 2 groups had the same [[complications]]{A present generic}.",
    "share of the events": (
        "[[81%]]{P 81 proportion} of the [[infections]]{A present} resolved within a month."
    ),
    "possible": "To record [[rash]]{A possible} in 30 patients was the aim.",
    "each event its own": (
        'More [[nausea]]{A present r(p=9.6 arm="zelorin") r(p=3.1 arm="placebo")} and '
        '[[cough]]{A present r(p=30 arm="zelorin") r(p=18 arm="placebo")} were seen in men '
        "treated with zelorin ([[9.6%]]{P 9.6 proportion} and [[30%]]{P 30 proportion} "
        "respectively) compared to those on placebo ([[3.1%]]{P 3.1 proportion} and "
        "[[18%]]{P 18 proportion} respectively)."
    ),
    "details of a figure": (
        "Eleven patients treated with zelorin versus placebo had "
        '[[side effects]]{A present generic r(n=11 arm="zelorin")} ([[rash]]{A present '
        'r(n=8 arm="zelorin")}: 8, [[cough]]{A present r(n=2 arm="zelorin")}: 2).'
    ),
    "more events than people": (
        "A total of 615 [[adverse events]]{A present generic r(n=308 p=51)} were reported by "
        "308 ([[51%]]{P 51 proportion n=308}) patients."
    ),
    "people and their events": (
        "Fourteen women reported 21 [[adverse events]]{A present generic r(n=14)}."
    ),
    "percentage behind the event": (
        "Only one patient had [[stroke]]{A present r(n=1 p=1)} ([[1%]]{P 1 proportion})."
    ),
    "one reason of several": (
        "Three stopped because of [[rash]]{A present} or lack of effect; all were seen."
    ),
    "degrees of a whole": (
        "[[41%]]{P 41 proportion} reported [[thirst]]{A present r(p=41)} "
        "([[27%]]{P 27 proportion} mild, [[3%]]{P 3 proportion} severe)."
    ),
    "details of a count": (
        "There were 15 [[deaths]]{A present serious r(n=15)} (11 from cardiac causes)."
    ),
    "at the head of a sentence": (
        "In two patients on zelorin, [[rash]]{A present r(n=2)} was seen."
    ),
    "sizes of arms": (
        '[[Rash]]{A present r(n=6 N=21 arm="zelorin group") r(n=1 N=11 arm="control group")} '
        "was seen in 6 of the zelorin group (n = [[21]]{S 21 arm enrolled}) and 1 of the control "
        "group (n = [[11]]{S 11 arm enrolled})."
    ),
    "the other of two arms": (
        "Men were randomised to receive zelorin or placebo. Zelorin caused more "
        '[[cough]]{A present r(p=12 arm="Zelorin") r(p=4 arm="placebo")} '
        "([[12%]]{P 12 proportion} v [[4%]]{P 4 proportion})."
    ),
    "the arm behind each event": (
        "Men were randomised to zelorin or placebo. "
        'One [[stroke]]{A present r(n=1 arm="zelorin")} with zelorin and one '
        '[[burn]]{A present r(n=1 arm="placebo")} with placebo were seen.'
    ),
    "the arm of the clause before": (
        "Men were randomised to zelorin or placebo. Three men on zelorin had a "
        '[[rash]]{A present r(n=3 arm="zelorin")} and 2 had a '
        '[[cough]]{A present r(n=2 arm="zelorin")}.'
    ),
    "what a bracket ends": (
        "Regimen B was better than regimen A, with less [[rash]]{A present "
        'r(p=10 arm="Regimen B") r(p=36 arm="regimen A")} ([[10%]]{P 10 proportion} vs '
        "[[36%]]{P 36 proportion}) and better compliance ([[99%]]{P 99 proportion} vs "
        "[[93%]]{P 93 proportion})."
    ),
    "not beyond while": (
        '[[Rash]]{A present r(p=8 arm="zelorin") r(p=3 arm="tevimab")} was seen in the '
        "zelorin and tevimab groups ([[8%]]{P 8 proportion} and [[3%]]{P 3 proportion}, "
        "respectively) while [[cough]]{A present} was commonest in the placebo group."
    ),
    "the corresponding figures": (
        "We compared zelorin with tevimab in a placebo controlled trial. "
        '[[Rash]]{A present r(p=9 arm="placebo") r(p=5 arm="zelorin") r(p=7 arm="tevimab")} '
        "was seen in [[9%]]{P 9 proportion} on placebo; the corresponding figures for zelorin and "
        "tevimab were [[5%]]{P 5 proportion} and [[7%]]{P 7 proportion}, respectively."
    ),
    "the second one by what it is set against": (
        '[[Rash]]{A present r(p=9 arm="zelorin") r(p=2 arm="placebo")} on the drug was rarer '
        "than on placebo ([[9%]]{P 9 proportion} vs [[2%]]{P 2 proportion}). Women received "
        "zelorin or placebo, but zelorin was stopped."
    ),
    "said to be an adverse event": (
        "[[Flushing]]{A present r(n=2)} as an [[adverse event]]{A present generic r(n=2)} was seen "
        "in 2 men."
    ),
    "denied": ("No [[ulcer]]{A absent} was seen in 13 ([[68%]]{P 68 proportion n=13}) patients."),
    "none of a share": ("[[68%]]{P 68 proportion} of the women reported no [[fever]]{A absent}."),
    "the reason next to its figure": (
        "Twelve ([[20%]]{P 20 proportion n=12}) stopped because of poor response and 3 "
        "([[5%]]{P 5 proportion n=3}) because of [[rash]]{A present r(n=3 p=5)}."
    ),
    "the arm of the clause first": (
        "Cured were 40 on zelorin versus 30 on placebo, but "
        '[[cough]]{A present r(p=12 arm="placebo") r(p=4 arm="zelorin")} was commoner with '
        "placebo ([[12%]]{P 12 proportion} v [[4%]]{P 4 proportion})."
    ),
    "set against an arm": (
        "Men received zelorin or placebo. Compared with placebo, zelorin caused more "
        '[[cough]]{A present r(p=12 arm="zelorin") r(p=4 arm="placebo")} '
        "([[12%]]{P 12 proportion} v [[4%]]{P 4 proportion})."
    ),
    "two events of two arms": (
        'In men on zelorin versus placebo, [[nausea]]{A present r(p=53 arm="zelorin") '
        'r(p=7 arm="placebo")} and [[itch]]{A present r(p=53 arm="zelorin") '
        'r(p=7 arm="placebo")} were common ([[53%]]{P 53 proportion} vs '
        "[[7%]]{P 7 proportion})."
    ),
    "head of a list": (
        "[[Side effects]]{A present generic r(p=8)}, most commonly [[nausea]]{A present} and/or "
        "[[itch]]{A present}, were present in [[8%]]{P 8 proportion} of the men."
    ),
    "words between the arms": (
        '[[Thirst]]{A present r(p=4 arm="zelorin group") r(p=23 arm="placebo group")} was lower '
        "([[4%]]{P 4 proportion}) in the zelorin group (p = 0.02) than it was seen to be in the "
        "placebo group ([[23%]]{P 23 proportion})."
    ),
    "last figures of several arms": (
        '[[Rash]]{A present r(p=15 arm="zelorin/bitorin group") r(p=24 arm="zelorin") '
        'r(p=6 arm="bitorin") r(p=11 arm="placebo")} was seen in [[15%]]{P 15 proportion} of the '
        "zelorin/bitorin group and in [[24%]]{P 24 proportion}, [[6%]]{P 6 proportion} and "
        "[[11%]]{P 11 proportion} of men in the zelorin, bitorin and placebo groups."
    ),
    "doses in a list": (
        '[[Rash]]{A present r(p=2 arm="placebo") r(p=19 arm="5 mg") r(p=30 arm="10 mg")} was seen '
        "in [[2%]]{P 2 proportion}, [[19%]]{P 19 proportion} and [[30%]]{P 30 proportion} for "
        "placebo, 5 mg and 10 mg, respectively."
    ),
    "arms that have their figures": (
        '[[Rash]]{A present r(n=17 arm="zelorin") r(n=6 arm="placebo")} was seen in 17 on zelorin '
        'and 6 on placebo, [[cough]]{A present r(n=12 arm="zelorin") r(n=5 arm="placebo")} in 12 '
        "and five."
    ),
    "a bound": "[[Rash]]{A present} was the only event seen in > [[5%]]{P 5 proportion}.",
    "far from its cause": (
        "Only one patient had to be withdrawn from the long course of the drug because of "
        "[[rash]]{A present r(n=1)}."
    ),
    "one arm only": (
        "[[Rash]]{A present r(p=11)} was reported by [[11%]]{P 11 proportion} of patients "
        "receiving zelorin."
    ),
    "arms of several words": (
        '[[Rash]]{A present r(p=13 arm="zelorin beta") r(p=6 arm="controls")} was commoner in '
        "women receiving zelorin beta than in controls ([[13%]]{P 13 proportion} v "
        "[[6%]]{P 6 proportion})."
    ),
    "no difference": (
        "There was no difference between zelorin and placebo in [[rash]]{A present "
        'r(p=4 arm="zelorin") r(p=3 arm="placebo")} ([[4%]]{P 4 proportion} v '
        "[[3%]]{P 3 proportion})."
    ),
    "those who didn't finish": (
        "In all, [[4%]]{P 4 proportion} of the women did not complete the course on account of "
        "[[rash]]{A present r(p=4)}."
    ),
    "a whole between commas and its parts": (
        "Nine men, 3 in the zelorin group and 6 in the placebo group, left because of "
        '[[rash]]{A present r(n=9) r(n=3 arm="zelorin group") r(n=6 arm="placebo group")}.'
    ),
    "one event after the other": (
        "[[Rash]]{A present r(n=1)} developed in one woman, two had [[cough]]{A present r(n=2)}, "
        "and one had a [[fall]]{A present r(n=1)}."
    ),
    "shared out among any names": (
        '[[Rash]]{A present r(p=5 arm="young") r(p=3 arm="elderly women")} was seen in '
        "[[5%]]{P 5 proportion} and [[3%]]{P 3 proportion} in young and elderly women, "
        "respectively, of both groups."
    ),
    "the other lettered group": (
        "Group A was given less than group B. [[Itch]]{A present "
        'r(p=19 arm="group A") r(p=2 arm="group B")} was commoner in group A women '
        "([[19%]]{P 19 proportion} vs [[2%]]{P 2 proportion})."
    ),
    "the placebo that isn't named again": (
        "The trial was placebo controlled. [[Cough]]{A present "
        'r(p=9 arm="zelorin group") r(p=2 arm="placebo")} was commoner in the zelorin group '
        "([[9%]]{P 9 proportion} vs [[2%]]{P 2 proportion})."
    ),
    "what others are compared with": (
        '[[Nausea]]{A present r(p=28 arm="tutored group") r(p=51 arm="untutored women")} was '
        "rarer in the tutored group than in untutored women ([[28%]]{P 28 proportion} vs "
        "[[51%]]{P 51 proportion})."
    ),
    "the test arm": (
        '[[Pain]]{A present r(p=24 arm="control") r(p=13 arm="test")} in control and test arms '
        "was [[24%]]{P 24 proportion} and [[13%]]{P 13 proportion}."
    ),
    "whom a sentence is about": (
        "The other group had none. Among [[150]]{S 150 total enrolled} women exposed to "
        "zelorin, [[rash]]{A present "
        'r(n=18 arm="zelorin")} was seen in 18, and 7 had [[cough]]{A present '
        'r(n=7 arm="zelorin")}.'
    ),
    "an arm behind a list": (
        "Zelorin versus placebo. In their groups, while three felt mild [[itch]]{A present "
        'r(n=3 arm="zelorin")}, one [[cough]]{A present r(n=1 arm="zelorin")}, and one '
        '[[rash]]{A present r(n=1 arm="zelorin")} on zelorin.'
    ),
    "another": (
        "There was [[rash]]{A present r(n=1)} in one patient and [[cough]]{A present r(n=1)} in "
        "another."
    ),
    "so many of each": (
        "Eight women ([[47%]]{P 47 proportion n=8}; four in each group) had "
        "[[rash]]{A present r(n=8 p=47)}."
    ),
    "a bracket that goes into details": (
        "There were 2 versus 17 serious [[adverse events]]{A present generic r(n=2) r(n=17)} "
        '(including 11 serious [[bleeds]]{A present r(n=11 arm="chemotherapy arm")} in the '
        "chemotherapy arm)."
    ),
    "totals behind brackets": (
        '[[Rash]]{A present r(n=30 N=107 p=28 arm="zelorin") r(n=48 N=106 p=45 arm="placebo")} '
        "was rarer with zelorin (30 [[[28%]]{P 28 proportion n=30 N=107}] of 107 women) than "
        "placebo (48 [[[45%]]{P 45 proportion n=48 N=106}] of 106 women)."
    ),
    "set against each other far apart": (
        '[[Rash]]{A present r(p=4 arm="zelorin") r(p=23 arm="tevimab")} was rarer '
        "([[4%]]{P 4 proportion}) in women receiving zelorin twice daily than in those receiving "
        "tevimab ([[23%]]{P 23 proportion}) for a week in both groups."
    ),
    "a noun shared across versus": (
        '[[Rash]]{A present r(p=30 arm="soap") r(p=34 arm="no-soap")} was seen in '
        "[[30%]]{P 30 proportion} vs. [[34%]]{P 34 proportion} of the soap vs. no-soap groups."
    ),
    "parts of one bracket": (
        'Zelorin was compared with placebo. [[Falls]]{A present r(p=9 arm="zelorin") '
        'r(p=4 arm="placebo") r(p=8 arm="zelorin") r(p=3 arm="placebo")} were frequent (men: '
        "zelorin [[9%]]{P 9 proportion}, placebo [[4%]]{P 4 proportion}; women: zelorin "
        "[[8%]]{P 8 proportion}, placebo [[3%]]{P 3 proportion})."
    ),
    "a list before the event": (
        "Groups were compared. Six ([[5%]]{P 5 proportion n=6 N=120}, 6/120) enalapril-treated, 2 "
        "([[4%]]{P 4 proportion n=2 N=50}, 2/50) losartan-treated and 1 ([[10%]]{P 10 proportion "
        "n=1 N=10}, 1/10) placebo-treated patient had [[rash]]{A present "
        'r(n=6 N=120 p=5 arm="enalapril-treated") r(n=2 N=50 p=4 arm="losartan-treated") '
        'r(n=1 N=10 p=10 arm="placebo-treated patient")}.'
    ),
    "the order of pairs in a bracket": (
        "Two groups were compared. Events (hot bath/cold bath) were [[chills]]{A present "
        'r(p=30 arm="hot bath") r(p=60 arm="cold bath")} ([[30%]]{P 30 proportion}/'
        '[[60%]]{P 60 proportion}) and [[itch]]{A present r(p=3 arm="hot bath") '
        'r(p=2 arm="cold bath")} ([[3%]]{P 3 proportion}/[[2%]]{P 2 proportion}).'
    ),
    "an arm by its place": (
        'Men took losartan or placebo. [[Cough]]{A present r(p=5 arm="zelorin-K") '
        'r(p=6 arm="losartan") r(p=7 arm="placebo")} was seen in [[5%]]{P 5 proportion} with '
        "zelorin-K; the corresponding values for losartan and placebo were "
        "[[6%]]{P 6 proportion} and [[7%]]{P 7 proportion}."
    ),
    "a list of groups": (
        "The low-dose, high-dose, and placebo groups had as much [[rash]]{A present "
        'r(p=3 arm="low-dose") r(p=4 arm="high-dose") r(p=2 arm="placebo")} '
        "([[3%]]{P 3 proportion}, [[4%]]{P 4 proportion}, and [[2%]]{P 2 proportion})."
    ),
    "those who had nothing": (
        "Men were randomised to receive enalapril or losartan. Six enalapril patients reported "
        '[[cough]]{A present r(n=6 arm="enalapril") r(n=0 arm="losartan")} but no losartan '
        "patients did."
    ),
    "the combination as an arm": (
        'Nine men in the combination group had [[rash]]{A present r(n=9 arm="combination group") '
        'r(n=4 arm="losartan group")} as compared with 4 in the losartan group.'
    ),
    "a dose before the word group": (
        'The incidence of [[rash]]{A present r(p=7 arm="losartan 50 mg group") '
        'r(p=5 arm="losartan 10 mg group")} was [[7%]]{P 7 proportion} in the losartan 50 mg '
        "group and [[5%]]{P 5 proportion} in the losartan 10 mg group."
    ),
    "what is considered one": (
        "[[Hypotension]]{A present r(n=2)} was considered a serious "
        "[[complication]]{A present generic} in 2 patients."
    ),
    "another and a single one": (
        "Men took enalapril or losartan in two groups. Another man on enalapril had "
        '[[cough]]{A present r(n=1 arm="enalapril")}. A single [[burn]]{A present r(n=1)} was seen.'
    ),
    "what events included": (
        "[[Reactions]]{A present generic} were mild and included swelling in the arms "
        "([[40%]]{P 40 proportion})."
    ),
    "those without": (
        "In the talc and the no-talc groups, men did well. The talc group had less "
        '[[itch]]{A present r(p=4 arm="talc group") r(p=9 arm="no-talc")} '
        "([[4%]]{P 4 proportion} versus [[9%]]{P 9 proportion})."
    ),
    "an arm behind the event by its place": (
        'Men were randomised to two groups. One [[rash]]{A present r(n=1 arm="zelorin")} occurred '
        'in a man on zelorin, and one [[burn]]{A present r(n=1 arm="placebo")} on placebo.'
    ),
    "three arms": (
        "Men were randomised to zelorin, talc or placebo. [[Rash]]{A present "
        'r(p=4 arm="zelorin") r(p=6 arm="talc")} was seen (zelorin [[4%]]{P 4 proportion}, talc '
        "[[6%]]{P 6 proportion})."
    ),
    "one trial": (
        "The risk of [[rash]]{A possible} was not higher in 1 trial. This is one of several ways "
        "in which [[cough]]{A present} comes about, and 2 had [[burns]]{A present r(n=2)}."
    ),
    "pain control": (
        "The groups were alike. In 27 men [[aches]]{A present r(n=27)} needed pain control."
    ),
}


@pytest.mark.parametrize("marked", RATES.values(), ids=list(RATES))
def test_rates_are_those_marked(link: Link, marked: str) -> None:
    record, findings = link(marked)
    wanted = {s.start: [dict(r) for r in s.attributes.get("rates", ())] for s in record.spans}
    got = {
        one.start: one.attributes.get("rates", []) for one in findings if one.label == ADVERSE_EVENT
    }
    assert got
    assert got == {start: wanted[start] for start in got}


def test_whole_numbers_are_integers(link: Link) -> None:
    _, findings = link("There was [[cough]]{A present} ([[12.0%]]{P 12.0 proportion}).")
    rates = findings[0].attributes["rates"]
    assert rates == [{"percent": 12}]
    assert type(rates[0]["percent"]) is int


def test_linking_twice_changes_nothing(link: Link, toolkit: Toolkit) -> None:
    record, findings = link(RATES["arms behind"])
    before = [dict(one.attributes) for one in findings]
    sheet = toolkit.rules.maker.make(record.text)
    toolkit.linker.settle(sheet, findings)
    toolkit.linker.join(sheet, findings)
    assert [one.attributes for one in findings] == before
