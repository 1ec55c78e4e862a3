"""Finds spans with a spaCy NER trained on the other folds: records in, records out, JSON lines.

The records are dealt into folds in their order; the spans of each fold are found by a model
that was trained on the rest.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from typing import Any

import spacy
from spacy.training import Example
from spacy.util import filter_spans, fix_random_seed, minibatch

FOLDS, EPOCHS, DROPOUT, SEED = 5, 30, 0.2, 0


def example(nlp: spacy.Language, record: dict[str, Any]) -> Example:
    """Make a training example: a model of entities can't learn spans that overlap."""
    doc = nlp.make_doc(record["text"])
    spans = [
        doc.char_span(span["start"], span["end"], label=span["label"], alignment_mode="expand")
        for span in record["spans"]
    ]
    reference = doc.copy()
    reference.set_ents(filter_spans(span for span in spans if span is not None))
    return Example(doc, reference)


def train(records: Sequence[dict[str, Any]]) -> spacy.Language:
    """Train a model of entities from nothing."""
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = [example(nlp, record) for record in records]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(EPOCHS):
        random.shuffle(examples)
        for batch in minibatch(examples, size=8):
            nlp.update(batch, sgd=optimizer, drop=DROPOUT)
    return nlp


def main() -> None:
    """Read gold records, write records with what was found."""
    fix_random_seed(SEED)
    records = [json.loads(line) for line in sys.stdin]
    for fold in range(FOLDS):
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr)
        nlp = train([record for at, record in enumerate(records) if at % FOLDS != fold])
        for record in records[fold::FOLDS]:
            spans = [
                {"start": e.start_char, "end": e.end_char, "text": e.text, "label": e.label_}
                for e in nlp(record["text"]).ents
            ]
            print(json.dumps({"id": record["id"], "text": record["text"], "spans": spans}))


if __name__ == "__main__":
    main()
