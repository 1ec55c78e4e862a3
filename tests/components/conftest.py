from __future__ import annotations

import pytest

#: An invented study in which every step of the pipeline has something to do.
TEXT = (
    "Two doses of a tea extract in sleepless adults\n"
    "METHODS: We randomised 120 patients (n=60 each) to extract or placebo for 12 weeks. "
    "RESULTS: Of the 120 patients, 54 (45.0%) slept well. Adverse events included nausea in "
    "6 (10%) patients and no serious headache. CONCLUSIONS: It works."
)


@pytest.fixture
def text() -> str:
    return TEXT
