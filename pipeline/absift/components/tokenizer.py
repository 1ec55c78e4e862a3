"""absift's tokenizer for spaCy: every span that a rule can find ends on its tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from absift.components.state import keep_tokens
from absift.text.tokens import tokenize


class Tokenizer:
    """Splits texts as :func:`absift.text.tokens.tokenize` does.

    As in all of spaCy, nothing of the text is lost: white space that is more than one blank
    becomes tokens of its own.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Split one text."""
        words: list[str] = []
        spaces: list[bool] = []
        done = 0
        tokens = tokenize(text)
        for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
            if start > done:
                _add_gap(text[done:start], words, spaces)
            words.append(word)
            spaces.append(False)
            done = end
        if done < len(text):
            _add_gap(text[done:], words, spaces)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        keep_tokens(doc, text, tokens)
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterable[Doc]:
        """Split texts one by one."""
        return map(self, texts)

    def to_bytes(self, **_: object) -> bytes:
        """Give nothing: the tokenizer has no state."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> Tokenizer:
        """Take nothing: the tokenizer has no state."""
        return self

    def to_disk(self, _path: str | Path, **_: object) -> None:
        """Write nothing: the tokenizer has no state."""

    def from_disk(self, _path: str | Path, **_: object) -> Tokenizer:
        """Read nothing: the tokenizer has no state."""
        return self


def _add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    """Hang one blank on the token before it and make a token of what is left."""
    if gap[0] == " " and words:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


@registry.tokenizers("absift.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Give the maker of tokenizers that ``@tokenizers = "absift.Tokenizer.v1"`` names."""
    return lambda nlp: Tokenizer(nlp.vocab)
