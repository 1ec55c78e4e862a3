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
    from thinc.api import Config

    from absift.readers import Columns

# spaCy's own limit of a million characters guards parsers that absift has none of.
_LONGEST_TEXT = 1_000_000_000


def load(
    config: str | Path | None = None,
    *,
    rules: Iterable[str | Path] | None = None,
    explain: bool = False,
) -> Language:
    """Make the pipeline.

    Args:
        config: A spaCy config file; ``configs/default.cfg`` by default. A folder that
            ``absift assemble`` or ``nlp.to_disk`` wrote is opened as it is.
        rules: Files and folders of rules to lay over the built-in ones, the lowest first, above
            those of installed packages.
        explain: Whether to keep what set each attribute of each span.

    Raises:
        ConfigError: The config, or a rule or lexicon file that it names, can't be used.
    """
    import spacy.util

    import absift.components.factories
    import absift.components.tokenizer  # noqa: F401 - both register what configs name
    from absift.components.steps import Step
    from absift.settings import config_path, with_packs

    path = Path(config) if config else config_path("default.cfg")
    layers = [str(each) for each in with_packs(rules or ())]
    if not path.exists():
        raise ConfigError(f"{path}: no such config file or pipeline folder")
    try:
        if path.is_dir():
            nlp = spacy.util.load_model_from_path(path)
        else:
            settings = _with_rules(spacy.util.load_config(path), layers)
            nlp = spacy.util.load_model_from_config(settings, auto_fill=True, validate=True)
    except (ValueError, OSError) as error:
        raise ConfigError(f"{path}: not a usable spaCy config: {error}") from error
    for _, step in nlp.components:
        if isinstance(step, Step):
            step.explain = explain
            if path.is_dir() and rules:
                step.lay_over(rules)
            assert step.toolkit, "made here, so that a rule file's errors show before the work"
    nlp.max_length = _LONGEST_TEXT
    return nlp


def _with_rules(settings: Config, layers: list[str]) -> Config:
    """Lay rules over those that the components of a config name."""
    for component in settings.get("components", {}).values() if layers else ():
        if str(component.get("factory", "")).startswith("absift_"):
            component["rules"] = [*layers, *component.get("rules", ())]
    return settings


def extract(
    sources: str | Path | Abstract | Iterable[str | Path | Abstract],
    *,
    nlp: Language | None = None,
    rules: Iterable[str | Path] | None = None,
    explain: bool = False,
    input_format: str | None = None,
    columns: Columns | None = None,
    on_reject: Callable[[RecordError], None] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Iterator[Record]:
    """Find sample sizes, percentages, durations and adverse events, and what rules add.

    Args:
        sources: Files, folders, globs or ``-`` for standard input, or abstracts themselves.
        nlp: The pipeline. By default the steps of :func:`load` run without making a
            spaCy ``Doc`` of each abstract: the same records, three times as fast.
        rules: Files and folders of rules to lay over the built-in ones, the lowest first, above
            those of installed packages; not together with ``nlp``, which has its own.
        explain: Whether each span says what set each of its attributes; with ``nlp``, its own
            setting counts.
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
        ConfigError: A rule file can't be used, or both ``nlp`` and ``rules`` are given.
    """
    if nlp is not None and rules is not None:
        raise ConfigError("give 'rules' to absift.load when you give a pipeline")
    abstracts = _abstracts(sources, input_format, columns, on_reject, on_progress)
    if nlp is None:
        return _read(abstracts, rules or (), explain)
    return _pipe(nlp, abstracts)


def _read(
    abstracts: Iterable[Abstract], rules: Iterable[str | Path], explain: bool
) -> Iterator[Record]:
    """Extract with the built-in steps, straight from text to record."""
    from absift.extraction.passes import read
    from absift.extraction.toolkit import load_toolkit
    from absift.settings import with_packs

    toolkit = load_toolkit(layers=with_packs(rules))
    return (read(toolkit, abstract, explain=explain) for abstract in abstracts)


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


def rules_hash(nlp: Language | None = None, *, rules: Iterable[str | Path] = ()) -> str:
    """Give a hash over the rules, words and terms that a pipeline works with.

    Args:
        nlp: The pipeline; absift's own configs by default.
        rules: Without ``nlp``: files and folders of rules laid over absift's own and those of
            installed packages.

    Returns:
        16 hexadecimal digits of a SHA-256. The same files give the same digits wherever they
        stand, so figures can be told to be those of the rules at hand.
    """
    import hashlib

    from absift.extraction.toolkit import Toolkit, configs_digest
    from absift.rules.layers import find_layers
    from absift.settings import config_root, with_packs

    toolkits = [getattr(step, "toolkit", None) for _, step in nlp.components] if nlp else []
    digests = {toolkit.digest for toolkit in toolkits if isinstance(toolkit, Toolkit)}
    digests = digests or {configs_digest(config_root(), find_layers(with_packs(rules)))}
    if len(digests) == 1:
        return digests.pop()[:16]
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()[:16]
