from __future__ import annotations

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from absift.components.tokenizer import Tokenizer, create_tokenizer
from absift.text.tokens import tokenize

TOKENIZER = Tokenizer(Vocab())


@given(
    st.text(
        st.one_of(
            st.sampled_from(" \n\t\u00a0\u2009a1.%-\x00😀"),
            st.characters(exclude_categories=["Cs"]),
        )
    )
)
@example("")
@example("   ")
@example(" a  b \n")
@example("a\x00b")
def test_a_doc_has_the_very_text_and_the_very_tokens(text: str) -> None:
    doc = TOKENIZER(text)
    assert doc.text == text
    tokens = tokenize(text)
    found = [(token.text, token.idx) for token in doc if not token.text.isspace()]
    assert found == list(zip(tokens.words, tokens.starts, strict=True))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("n=120 (5%)", ["n", "=", "120", "(", "5", "%", ")"]),
        ("a  b", ["a", " ", "b"]),
        (" a", [" ", "a"]),
        ("6\u00a0months", ["6", "\u00a0", "months"]),
        ("a\nb ", ["a", "\n", "b"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in TOKENIZER(text)] == tokens


def test_pipe_and_the_stateless_forms(tmp_path: object) -> None:
    assert [doc.text for doc in TOKENIZER.pipe(["a b", ""])] == ["a b", ""]
    assert TOKENIZER.to_bytes() == b""
    assert TOKENIZER.from_bytes(b"") is TOKENIZER
    assert TOKENIZER.from_disk("nowhere") is TOKENIZER


def test_the_name_that_configs_use() -> None:
    config = {"nlp": {"tokenizer": {"@tokenizers": "absift.Tokenizer.v1"}}}
    nlp = spacy.blank("en", config=config)
    assert isinstance(nlp.tokenizer, Tokenizer)
    assert nlp.tokenizer.vocab is nlp.vocab
    assert isinstance(create_tokenizer()(nlp), Tokenizer)
