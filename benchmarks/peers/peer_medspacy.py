"""medspaCy: sentences, terms of harms and patterns of figures as target rules, ConText."""

from __future__ import annotations

from collections.abc import Sequence

import medspacy
from drive import Find, Span, drive, patterns
from loguru import logger
from medspacy.ner import TargetRule


def make(terms: list[str]) -> Find:
    """Load medspaCy with the terms."""
    # Its sentence splitter logs every token, which would be most of the work.
    logger.remove()
    steps = ["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"]
    nlp = medspacy.load(medspacy_enable=steps)
    rules = [TargetRule(term, "ADVERSE_EVENT") for term in terms]
    figures = patterns()["figures"]
    rules += (TargetRule(one["label"], one["label"], pattern=one["pattern"]) for one in figures)
    nlp.get_pipe("medspacy_target_matcher").add(rules)

    def find(texts: Sequence[str]) -> list[list[Span]]:
        return [
            [
                {
                    "start": one.start_char,
                    "end": one.end_char,
                    "label": one.label_,
                    "negated": one._.is_negated,
                    "hypothetical": one._.is_hypothetical,
                }
                for one in doc.ents
            ]
            for doc in nlp.pipe(texts)
        ]

    return find


if __name__ == "__main__":
    drive(make)
