"""absift from Python: load a pipeline, extract records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from absift.errors import ConfigError, RecordError
from absift.records import Abstract, Record

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from absift.readers import Columns

# spaCy's own limit of a million characters guards parsers that absift has none of.
_LONGEST_TEXT = 1_000_000_000


def load(config: str | Path | None = None) -> Language:
    """Make the pipeline.

    Args:
        config: A spaCy config file; ``configs/default.cfg`` by default. A folder that
            ``absift assemble`` or ``nlp.to_disk`` wrote is opened as it is.

    Raises:
        ConfigError: The config, or a rule or lexicon file that it names, can't be used.
    """
    import spacy.util

    import absift.components.factories
    import absift.components.tokenizer  # noqa: F401 - both register what configs name
    from absift.settings import config_path

    path = Path(config) if config else config_path("default.cfg")
    if not path.exists():
        raise ConfigError(f"{path}: no such config file or pipeline folder")
    try:
        if path.is_dir():
            nlp = spacy.util.load_model_from_path(path)
        else:
            nlp = spacy.util.load_model_from_config(
                spacy.util.load_config(path), auto_fill=True, validate=True
            )
    except (ValueError, OSError) as error:
        raise ConfigError(f"{path}: not a usable spaCy config: {error}") from error
    nlp.max_length = _LONGEST_TEXT
    return nlp


def extract(
    sources: str | Path | Abstract | Iterable[str | Path | Abstract],
    *,
    nlp: Language | None = None,
    input_format: str | None = None,
    columns: Columns | None = None,
    on_reject: Callable[[RecordError], None] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Iterator[Record]:
    """Find sample sizes, percentages, durations and adverse events.

    Args:
        sources: Files, folders, globs or ``-`` for standard input, or abstracts themselves.
        nlp: The pipeline. By default the steps of :func:`load` run without making a
            spaCy ``Doc`` of each abstract: the same records, three times as fast.
        input_format: One of :data:`absift.readers.FORMATS`; told from the content by default.
        columns: Which columns of a table hold the text, the title and the id.
        on_reject: Called with each record that can't be read; without it, the first
            such record ends the run with its error.
        on_progress: Called with the bytes read so far and the bytes in all (0 if unknown).

    Returns:
        One record an abstract, in the order of the input; nothing is kept in memory.

    Raises:
        InputError: A source is missing, empty or of an unknown format.
        RecordError: A record can't be read and ``on_reject`` isn't given.
    """
    abstracts = _abstracts(sources, input_format, columns, on_reject, on_progress)
    if nlp is None:
        return _read(abstracts)
    return _pipe(nlp, abstracts)


def _read(abstracts: Iterable[Abstract]) -> Iterator[Record]:
    """Extract with the built-in steps, straight from text to record."""
    from absift.extraction.passes import read
    from absift.extraction.toolkit import load_toolkit

    toolkit = load_toolkit()
    return (read(toolkit, abstract) for abstract in abstracts)


def _pipe(nlp: Language, abstracts: Iterable[Abstract]) -> Iterator[Record]:
    """Extract with a pipeline, whose steps may be others."""
    from absift.components.record import to_record

    pairs = ((_doc(nlp, abstract), abstract) for abstract in abstracts)
    for doc, abstract in nlp.pipe(pairs, as_tuples=True):
        yield to_record(doc, id=abstract.id, title=abstract.title, meta=abstract.meta)


def _doc(nlp: Language, abstract: Abstract) -> Doc:
    from absift.components.state import set_title

    doc = nlp.make_doc(abstract.text)
    if abstract.title:
        set_title(doc, has_title=True)
    return doc


def _abstracts(
    sources: str | Path | Abstract | Iterable[str | Path | Abstract],
    input_format: str | None,
    columns: Columns | None,
    on_reject: Callable[[RecordError], None] | None,
    on_progress: Callable[[int, int], None] | None,
) -> Iterator[Abstract]:
    from absift.readers import read

    if isinstance(sources, str | Path | Abstract):
        sources = [sources]
    for is_abstract, group in groupby(sources, key=lambda one: isinstance(one, Abstract)):
        if is_abstract:
            yield from cast("Iterator[Abstract]", group)
            continue
        yield from read(
            cast("list[str | Path]", list(group)),
            input_format=input_format,
            columns=columns,
            on_reject=on_reject,
            on_progress=on_progress,
        )


def rules_hash(nlp: Language | None = None) -> str:
    """Give a hash over the rules, words and terms that a pipeline works with.

    Args:
        nlp: The pipeline; absift's own configs by default.

    Returns:
        16 hexadecimal digits of a SHA-256. The same files give the same digits wherever they
        stand, so figures can be told to be those of the rules at hand.
    """
    import hashlib

    from absift.extraction.toolkit import Toolkit, configs_digest
    from absift.settings import config_root

    toolkits = [getattr(step, "toolkit", None) for _, step in nlp.components] if nlp else []
    roots = {toolkit.root for toolkit in toolkits if isinstance(toolkit, Toolkit)}
    digests = {configs_digest(root) for root in roots or {config_root()}}
    if len(digests) == 1:
        return digests.pop()[:16]
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()[:16]
