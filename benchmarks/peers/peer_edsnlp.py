"""EDS-NLP: sentences, terms of harms, quantities (English units of time added), negation."""

from __future__ import annotations

from collections.abc import Sequence

import edsnlp
import edsnlp.pipes as eds
from drive import Find, Span, drive, patterns
from edsnlp.pipes.misc.quantities.patterns import units_config


def make(terms: list[str]) -> Find:
    """Load EDS-NLP with the terms."""
    english = patterns()["time_units"]
    units = {
        name: {**unit, "terms": [*unit["terms"], *english.get(name, ())]}
        for name, unit in units_config.items()
    }
    nlp = edsnlp.blank("eds")
    nlp.add_pipe(eds.sentences())
    nlp.add_pipe(eds.matcher(terms={"ADVERSE_EVENT": terms}, attr="LOWER"))
    nlp.add_pipe(eds.quantities(quantities="all", units_config=units, use_tables=False))
    nlp.add_pipe(eds.negation())

    def find(texts: Sequence[str]) -> list[list[Span]]:
        return [
            [
                {
                    "start": one.start_char,
                    "end": one.end_char,
                    "label": one.label_,
                    "negated": one._.negation,
                }
                for one in (*doc.ents, *doc.spans.get("quantities", ()))
            ]
            for doc in map(nlp, texts)
        ]

    return find


if __name__ == "__main__":
    drive(make)
