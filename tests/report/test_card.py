from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

import absift
from absift.batch.assemble import assemble, describe
from absift.errors import InputError
from absift.evaluation.run import evaluate
from absift.evaluation.sources import read_file
from absift.report.card import Pipeline, Result, card_text, read_results

if TYPE_CHECKING:
    from spacy.language import Language

PIPELINE = Pipeline("1.2.3", "0123abcd", ["first_step", "second_step"])


@pytest.fixture
def result(case: Any) -> dict[str, Any]:  # noqa: ANN401
    return case.result.to_json() | {
        "absift": "1.2.3",
        "gold": "my|gold<.jsonl",
        "rules_hash": "0123abcd",
    }


def table(card: str, heading: str) -> dict[str, list[str]]:
    """Read the first table behind a heading, by its first cell."""
    lines = card.partition(f"\n### {heading}\n\n")[2].partition("\n\n")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]
    return {row[0]: row[1:] for row in rows}


def test_the_card_says_which_pipeline_it_is_of(result: dict[str, Any]) -> None:
    card = card_text(PIPELINE, [result])
    assert "| version | 1.2.3 |" in card
    assert "`0123abcd`" in card
    assert "| steps | `first_step`, `second_step` |" in card
    assert "| DURATION | duration | `value`, `low`," in card


def test_scores_have_intervals_and_support(result: dict[str, Any]) -> None:
    card = card_text(PIPELINE, [result])
    assert "\n## Scores on my\\|gold&lt;.jsonl\n" in card
    assert "3 abstracts, 6 gold spans, 6 predicted. Intervals from 50 bootstrap samples." in card
    rows = table(card, "Strict")
    low, high = result["scores"]["strict"]["SAMPLE_SIZE"]["intervals"]["precision"]
    assert rows["SAMPLE_SIZE"][0] == f"0.500 [{low:.3f}, {high:.3f}]"
    assert rows["SAMPLE_SIZE"][3] == "2"
    assert rows["PERCENTAGE"][0] == "n/a"
    assert rows["micro"][2].startswith("0.500 [")


def test_attributes_links_rates_and_totals(result: dict[str, Any]) -> None:
    card = card_text(PIPELINE, [result])
    assert "| SAMPLE_SIZE | `scope` | 0.500 | 2 |" in card
    assert table(card, "Links of percentages")["both"] == ["n/a", "0.000", "0.000", "1"]
    assert table(card, "Rates of adverse events")["with arm"] == ["n/a"] * 3 + ["0"]
    # Both totals of the gold are 40; one of the predictions gives it.
    assert table(card, "Total sample size")["right, of those with a total"] == ["0.500", "2"]


def test_every_set_has_its_part(result: dict[str, Any]) -> None:
    card = card_text(PIPELINE, [result, result | {"gold": "other.jsonl"}])
    assert card.index("## Scores on my") < card.index("## Scores on other.jsonl")
    assert "was assembled without an evaluation" not in card


def test_without_evaluation_the_card_says_so() -> None:
    card = card_text(PIPELINE, [])
    assert "was assembled without an evaluation" in card
    assert "## Scores on" not in card


def test_what_a_gold_cannot_support_is_left_out(case: Any) -> None:  # noqa: ANN401
    result = evaluate(case.gold, case.predicted, recall_only=True).to_json()
    result |= {"absift": "1.2.3", "gold": "a", "rules_hash": "0123abcd"}
    card = card_text(PIPELINE, [result])
    assert "6 gold spans. Intervals" in card
    assert "precision and F1 are left out" in card
    assert table(card, "Strict")["SAMPLE_SIZE"][0] == "n/a"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"absift": "1.2.2"}, "was evaluated with version 1.2.2, this pipeline has 1.2.3"),
        ({"rules_hash": "other"}, "was evaluated with rules other, this pipeline has 0123abcd"),
        ({"rules_hash": None}, "doesn't say of which rules it is; evaluate without PREDICTIONS"),
    ],
)
def test_figures_of_another_pipeline_are_refused(
    result: dict[str, Any], change: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        card_text(PIPELINE, [result | change])


def test_results_are_read_from_files(result: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(orjson.dumps(result))
    (read,) = read_results([path])
    assert card_text(PIPELINE, [read]) == card_text(PIPELINE, [result])
    del result["gold"]
    path.write_bytes(orjson.dumps(result))
    assert "## Scores on run.json" in card_text(PIPELINE, read_results([path]))


def test_what_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.json: can't be read"):
        read_results([tmp_path / "none.json"])
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.json: not the JSON of an evaluation"):
        read_results([tmp_path / "a.json"])


def measured(gold: Path, pipeline: Language) -> Result:
    """Evaluate as ``absift evaluate GOLD --json`` does."""
    records = read_file(gold)
    abstracts = [absift.Abstract(one.id, one.text, one.title, one.meta) for one in records]
    result = evaluate(records, absift.extract(abstracts))
    return result.to_json() | {"gold": gold.name, "rules_hash": describe(pipeline).rules_hash}


def test_the_committed_card_is_that_of_todays_rules(root: Path, pipeline: Language) -> None:
    results = [measured(root / "corpus/gold" / f"{it}.jsonl", pipeline) for it in ("dev", "test")]
    card = card_text(describe(pipeline), results)
    committed = (root / "models" / "README.md").read_text(encoding="utf-8")
    # Real abstracts, whose scores the card may have too, aren't shipped with their texts.
    shipped = re.sub(r"## Scores on (?!dev\.|test\.)(?s:.*?)(?=^## )", "", committed, flags=re.M)
    assert shipped == card, "models/README.md isn't that of today's rules: run `make card`"


def test_assemble_writes_the_card(
    case: Any,  # noqa: ANN401
    pipeline: Language,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("absift.api.load", lambda config=None: pipeline)
    own = describe(pipeline)
    result = case.result.to_json() | {"gold": "mine", "rules_hash": own.rules_hash}
    (tmp_path / "run.json").write_bytes(orjson.dumps(result))
    folder = tmp_path / "model"
    assemble(folder, evaluations=[tmp_path / "run.json"])
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert card == card_text(own, [result])
    (tmp_path / "run.json").write_bytes(orjson.dumps(result | {"rules_hash": "other"}))
    with pytest.raises(InputError, match="evaluate again"):
        assemble(folder, evaluations=[tmp_path / "run.json"], force=True)
    assert (folder / "README.md").read_text(encoding="utf-8") == card
