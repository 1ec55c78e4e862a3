"""negspaCy: sentences, terms of harms and patterns of figures by entity ruler, NegEx."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import negspacy.negation  # noqa: F401 - registers the component
import spacy
from drive import Find, Span, drive, patterns


def make(terms: list[str]) -> Find:
    """Load spaCy and negspaCy with the terms."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "ADVERSE_EVENT", "pattern": term} for term in terms])
    ruler.add_patterns(patterns()["figures"])
    nlp.add_pipe("negex", config={"ent_types": ["ADVERSE_EVENT"]})

    def find(texts: Sequence[str]) -> list[list[Span]]:
        return [
            [
                {
                    "start": one.start_char,
                    "end": one.end_char,
                    "label": one.label_,
                    "negated": one._.negex,
                }
                for one in doc.ents
            ]
            for doc in nlp.pipe(texts)
        ]

    return find


if __name__ == "__main__":
    drive(make)
