"""The way of an abstract through ``absift extract``: read a file, extract, write a file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from absift import api
from absift.batch.extractor import Extractor
from absift.batch.job import Recipe
from absift.readers import read
from absift.records import Abstract, Record
from absift.writers import open_writer

#: From abstracts to records, one by one.
Extract = Callable[[Iterable[Abstract]], Iterator[Record]]

#: Has every label, so that whatever is made at first need is made before the clock runs.
_FIRST = "Of 20 patients, 10 (50%) had a headache for 3 days."


def as_command() -> Extract:
    """Load what ``absift extract`` and its workers work with, as they load it."""
    extractor = Extractor(Recipe())
    return lambda abstracts: map(extractor, abstracts)


def as_docs() -> Extract:
    """Load a pipeline of spaCy's, as one does who wants a ``Doc`` of each abstract."""
    nlp = api.load()
    list(api.extract([Abstract("", _FIRST)], nlp=nlp))
    return lambda abstracts: api.extract(abstracts, nlp=nlp)


def extract_file(extract: Extract, source: Path, target: Path) -> float:
    """Read a file of JSON lines, extract all, write JSON lines.

    Returns:
        The seconds of processor time of this process that it took.
    """
    start = time.process_time()
    with open_writer(str(target), force=True) as writer:
        for record in extract(read([source])):
            writer.write(record)
    return time.process_time() - start
