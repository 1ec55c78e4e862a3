from __future__ import annotations

from tests.linking.conftest import Laid


def test_sentences_without_figures_are_left_out(lay: Laid) -> None:
    _, held = lay("[[Rash]]{A present} was mild. [[Rash]]{A present} occurred in 2. Two went home.")
    assert len(held) == 1
    assert held[0].words(0, len(held[0].signs)) == "Rash occurred in 2."


def test_a_finding_is_one_item(lay: Laid) -> None:
    _, (line,) = lay("[[Very bad rash]]{A present} in 2 of them.")
    assert line.words(0, 1) == "Very bad rash"
    assert [line.findings[0].label, sorted(line.numbers)] == ["ADVERSE_EVENT", [2]]


def test_an_endless_sentence_is_laid_out_in_pieces(lay: Laid) -> None:
    marked = ", and ".join(["[[rash]]{A present} was seen in 12 women on the drug"] * 300) + "."
    _, held = lay(marked)
    assert len(held) > 1
    assert sum(len(line.findings) for line in held) == 300
    assert max(len(line.signs) for line in held) <= 600
    assert [one.starts[0] for one in held] == sorted(one.starts[0] for one in held)
