"""The files that ``absift evaluate`` writes, and where the predictions came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from absift.errors import InputError

if TYPE_CHECKING:
    from absift.evaluation.compare import Comparison
    from absift.evaluation.result import EvaluationResult
    from absift.records import Record
    from absift.report.evaluation_groups import SectionOf

_ERROR_SUFFIXES = (".csv", ".jsonl")


class Outputs:
    """The files to write; refused before the work if they can't be written.

    Args:
        gold: The gold file; the outputs name it.
        predictions: The predictions' file, if they are read from one.
        json: File for the result and its comparisons.
        errors: File for the rows.
        html: File for the page.
        force: Replace files that exist.

    Raises:
        InputError: A file exists and ``force`` is false, has a suffix that says nothing, or the
            page's charts can't be drawn.
    """

    def __init__(
        self,
        gold: Path,
        predictions: Path | None,
        *,
        json: Path | None,
        errors: Path | None,
        html: Path | None,
        force: bool,
    ) -> None:
        from absift.output import OutputFile

        if errors is not None and errors.suffix not in _ERROR_SUFFIXES:
            raise InputError(f"{errors}: give a name that ends in {' or '.join(_ERROR_SUFFIXES)}")
        if html is not None:
            from absift.report.charts_svg import require_matplotlib

            require_matplotlib()
            OutputFile(html, force=force)  # only to refuse; the page is written under its own
        self.gold, self.predictions = gold, predictions
        self.html, self.force = html, force
        self.json = OutputFile(json, force=force) if json else None
        self.errors = OutputFile(errors, force=force) if errors else None
        self._rules_hash: str | None = None

    def extract(
        self, gold: Sequence[Record], config: Path | None, rules: Sequence[Path] | None
    ) -> list[Record]:
        """Predict records from the gold's texts, and keep which rules did it."""
        import absift
        from absift.api import rules_hash
        from absift.cli.layers import layers

        over = layers(rules)
        nlp = absift.load(config, rules=over) if config else None
        if self.json or self.html:
            self._rules_hash = rules_hash(nlp, rules=over)
        abstracts = (absift.Abstract(one.id, one.text, one.title, one.meta) for one in gold)
        return list(absift.extract(abstracts, nlp=nlp, rules=None if nlp else over))

    def write(
        self,
        result: EvaluationResult,
        gold: Sequence[Record],
        predictions: Sequence[Record],
        comparisons: Mapping[str, Comparison | None],
    ) -> None:
        """Write what was asked for: the result with its comparisons, its rows, its page."""
        if self.json:
            self._write_json(result, comparisons)
        if self.errors:
            from absift.evaluation.errors import to_csv, to_jsonl

            write = to_csv if self.errors.path.suffix == ".csv" else to_jsonl
            with self.errors as stream:
                stream.write(write(result.rows))
        if self.html:
            from absift.report.evaluation import write_evaluation_page

            write_evaluation_page(
                result,
                gold,
                predictions,
                self.html,
                facts=self._facts(),
                section_of=_section_reader(),
                force=self.force,
            )

    def _write_json(
        self, result: EvaluationResult, comparisons: Mapping[str, Comparison | None]
    ) -> None:
        import orjson

        assert self.json is not None
        data = result.to_json() | {"gold": self.gold.name, "rules_hash": self._rules_hash}
        data |= {name: item.to_json() for name, item in comparisons.items() if item}
        options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        with self.json as stream:
            stream.write(orjson.dumps(data, option=options))

    def _facts(self) -> dict[str, str]:
        """Say where the figures come from; a file of predictions doesn't tell its rules."""
        facts = {"gold": self.gold.name}
        if self.predictions is not None:
            return facts | {"predictions": self.predictions.name, "rules": "not recorded in them"}
        return facts | {"rules": self._rules_hash or ""}


def _section_reader() -> SectionOf:
    """Give the function that finds the section of an offset by the built-in heads."""
    from absift.rules.model import plain, read_yaml
    from absift.rules.word_files import section_finder
    from absift.settings import config_path

    finder = section_finder(plain(read_yaml(config_path("sections.yaml"))))

    def section_of(record: Record, offset: int) -> str | None:
        sentences = finder.split(record.text, has_title=bool(record.title))
        return next((it.section for it in sentences if it.start <= offset < it.end), None)

    return section_of
