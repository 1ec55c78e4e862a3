"""Gold from one annotation format to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from absift.corpus.bioc import dump_bioc_json, dump_bioc_xml, read_bioc
from absift.corpus.brat import read_brat
from absift.corpus.docbin import read_docbin
from absift.corpus.doccano import dump_doccano, dump_doccano_entities, read_doccano
from absift.corpus.exchange import Loaded, read_text
from absift.corpus.label_studio import dump_label_studio, read_label_studio
from absift.corpus.markup import parse_markup, to_markup
from absift.corpus.phee import read_phee
from absift.corpus.pico import read_pico
from absift.corpus.prodigy import dump_prodigy, read_prodigy
from absift.errors import InputError
from absift.evaluation.sources import read_file
from absift.output import OutputFile
from absift.records import Record
from absift.writers import open_writer

Reader = Callable[[Path], Loaded]
Dump = Callable[[Iterable[Record]], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """An annotation format.

    Attributes:
        read: Reads a file or folder.
        dump: Gives the file's content; ``None`` where a writer of :mod:`absift.writers` is used.
        attributes: Whether it has a place for the attributes of a span.
        rules: Whether it has a place for a span's rule and section.
    """

    read: Reader
    dump: Dump | None = None
    attributes: bool = True
    rules: bool = True


def _read_jsonl(path: Path) -> Loaded:
    return Loaded(read_file(path))


def _read_markup(path: Path) -> Loaded:
    return Loaded(parse_markup(read_text(path), str(path)))


def _dump_markup(records: Iterable[Record]) -> bytes:
    return "\n".join(to_markup(record) for record in records).encode()


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "jsonl": Format(_read_jsonl),
        "markup": Format(_read_markup, _dump_markup, rules=False),
        "brat": Format(read_brat),
        "spacy": Format(read_docbin),
        "prodigy": Format(read_prodigy, dump_prodigy),
        "doccano": Format(read_doccano, dump_doccano, attributes=False, rules=False),
        "doccano-entities": Format(
            read_doccano, dump_doccano_entities, attributes=False, rules=False
        ),
        "label-studio": Format(read_label_studio, dump_label_studio),
        "bioc-xml": Format(read_bioc, dump_bioc_xml),
        "bioc-json": Format(read_bioc, dump_bioc_json),
    }
)

#: Public corpora as they are published; they are read only.
CORPORA: Mapping[str, Reader] = MappingProxyType({"pico": read_pico, "phee": read_phee})

#: What a name says of the format; ``.jsonl`` is taken for records, and ``.json`` is open.
SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".jsonl": "jsonl",
        ".gz": "jsonl",
        ".txt": "markup",
        ".spacy": "spacy",
        ".xml": "bioc-xml",
        ".brat": "brat",
    }
)


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a conversion did: the number of records, and what could not be kept."""

    records: int
    notes: tuple[str, ...]


def convert(
    source: str | Path,
    target: str | Path,
    *,
    source_format: str | None = None,
    target_format: str | None = None,
    force: bool = False,
) -> Conversion:
    """Read gold in one format and write it in another.

    Args:
        source: A file, or a folder for brat.
        target: Where to write; it appears only when it is complete.
        source_format: One of :data:`FORMATS` or :data:`CORPORA`; by default what the name's
            ending says.
        target_format: One of :data:`FORMATS`; by default the same.
        force: Replace a target that exists.

    Raises:
        InputError: A format is unknown, the source can't be read or isn't of its format, the
            target exists, or its format can't hold a record.
    """
    source, target = Path(source), Path(target)
    read = CORPORA.get(source_format or "") or _format(source, source_format, "--from")[1].read
    name, writer = _format(target, target_format, "--to")
    if not source.exists():
        raise InputError(f"{source}: there is no such file or folder")
    loaded = read(source)
    if not loaded.records:
        raise InputError(f"{source}: no records in it; nothing was written")
    if writer.dump is None:
        with open_writer(str(target), format=name, force=force) as output:
            for record in loaded.records:
                output.write(record)
    else:
        data = writer.dump(loaded.records)
        with OutputFile(target, force=force) as stream:
            stream.write(data)
    notes = (*loaded.notes, *_losses(loaded.records, name, writer))
    return Conversion(len(loaded.records), notes)


def _format(path: Path, chosen: str | None, option: str) -> tuple[str, Format]:
    name = chosen or ("brat" if path.is_dir() else SUFFIXES.get(path.suffix.lower()))
    known = ", ".join([*FORMATS, *(CORPORA if option == "--from" else ())])
    if name is None:
        raise InputError(f"{path}: the name doesn't tell the format; add {option} with {known}")
    if name in CORPORA:
        raise InputError(f"{option} {name}: read only; to write there are {known}")
    if name not in FORMATS:
        raise InputError(f"{option} {name}: no such format; there are {known}")
    return name, FORMATS[name]


def _losses(records: Sequence[Record], name: str, writer: Format) -> Iterable[str]:
    """Say what the target has no place for."""
    spans = [span for record in records for span in record.spans]
    bare = sum(1 for span in spans if span.attributes)
    ruled = sum(1 for span in spans if span.rule or span.section)
    if bare and not writer.attributes:
        yield f"{name} holds no attributes: {bare} spans lost theirs"
    if ruled and not writer.rules:
        yield f"{name} holds no rules or sections: {ruled} spans lost theirs"
