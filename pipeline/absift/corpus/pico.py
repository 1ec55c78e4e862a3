"""PICO-Corpus as published: a folder of brat files with labels of its own.

The labels and what they mean stand in ``configs/corpora/pico.yaml``; see
https://github.com/sociocom/PICO-Corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from absift.corpus.brat import read_brat
from absift.corpus.exchange import Loaded
from absift.corpus.label_maps import Meaning, corpus_map, mapping_in, meanings
from absift.errors import InputError
from absift.records import SAMPLE_SIZE, Record, Span, span_order
from absift.rules.model import plain, read_yaml
from absift.rules.word_files import number_words
from absift.settings import config_path
from absift.text.numbers import NumberWords, find_numbers
from absift.text.tokens import tokenize

_PERCENT = "%"


def read_pico(path: Path) -> Loaded:
    """Read a folder of the corpus.

    Offsets are kept as published, also where they take in a bracket or a comma. The corpus
    marks figures without reading them: ``value`` is the number that stands in the span, and
    is left out where there isn't just one.

    Raises:
        InputError: The folder holds no documents or none of the corpus's labels, or a line
            isn't of brat's format.
        ConfigError: The map of labels or the number words can't be used.
    """
    known = meanings(mapping_in(corpus_map("pico"), "labels"))
    words = number_words(plain(read_yaml(config_path("numbers.yaml"))))
    loaded = read_brat(path)
    labels = Counter(span.label for record in loaded.records for span in record.spans)
    if not labels.keys() & known.keys():
        raise InputError(f"{path}: not PICO-Corpus: none of its labels {', '.join(known)} in it")
    tally: Counter[str] = Counter()
    records = [_translated(record, known, words, tally) for record in loaded.records]
    notes = [f"{number} spans {what}" for what, number in tally.items()]
    notes += [
        f"{number} spans of {label} left out"
        for label, number in sorted(labels.items())
        if label not in known
    ]
    return Loaded(records, [*loaded.notes, *notes])


def _translated(
    record: Record, known: Mapping[str, Meaning], words: NumberWords, tally: Counter[str]
) -> Record:
    """Give a record with our labels instead of the corpus's."""
    spans: list[Span] = []
    for span in record.spans:
        meaning = known.get(span.label)
        if meaning is None:
            continue
        value = _value(span.text, meaning.label, words)
        number = {} if value is None else {"value": value}
        ours = replace(span, label=meaning.label, attributes={**number, **meaning.attributes})
        if ours in spans:
            # One figure may stand for both arms: "10 in each group".
            tally["marked for two arms kept once"] += 1
            continue
        if value is None:
            tally["without value: not one number in them"] += 1
        spans.append(ours)
    return replace(record, spans=tuple(sorted(spans, key=span_order)))


def _value(text: str, label: str, words: NumberWords) -> int | float | None:
    """Read the number in a span; ``None`` if it isn't one, or isn't one that the label takes."""
    tokens = tokenize(text)
    numbers = [number for number in find_numbers(text, tokens, words) if number.kind != "ordinal"]
    if len(numbers) != 1:
        return None
    value = numbers[0].value
    if label == SAMPLE_SIZE and (not isinstance(value, int) or _PERCENT in tokens.words):
        return None
    return value
