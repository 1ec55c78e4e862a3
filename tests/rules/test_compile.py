from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.errors import ConfigError
from absift.rules.classes import build_classes
from absift.rules.compile import expression, first_signs, longest, none_of, one_of, register
from absift.rules.index import needs
from absift.rules.layout import SheetMaker
from absift.rules.notation import parse
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import Vocabulary
from absift.text.numbers import NumberWords
from absift.text.sections import SectionFinder

CLASSES = {
    "UNIT": ["patient", "patients", "blood donor", "blood donors"],
    "STOP": [".", ",", "but"],
    "WAS": ["was", "were"],
    "CODE": ["/[A-Z]{2}[0-9]/"],
}


class Language:
    """A vocabulary with what lays texts out in it."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary(build_classes(CLASSES, "v.yaml"), labels=("COST",))
        words = NumberWords({"one": 1, "two": 2, "ten": 10}, {"hundred": 100}, {"first": 1})
        self.maker = SheetMaker(self.vocabulary, words, SectionFinder({"results": ["results"]}, []))

    def matches(self, pattern: str, text: str) -> list[str]:
        """Give the words of each match, one from each place on."""
        node = parse(pattern)
        register(node, self.vocabulary, "here")
        self.vocabulary.settle()
        sheet = self.maker.make(text, has_title=False)
        compiled = re.compile(expression(node, self.vocabulary))
        return [words(sheet, one) for one in every(compiled, sheet)]


def every(compiled: re.Pattern[str], sheet: Sheet) -> list[re.Match[str]]:
    found = [compiled.match(sheet.signs, place) for place in range(len(sheet.signs))]
    return [one for one in found if one and one.end() > one.start()]


def words(sheet: Sheet, match: re.Match[str]) -> str:
    return sheet.words(match.start(), match.end())


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("was", "It Was so", ["Was"]),
        ("was", "It washes", []),
        ("UNIT", "ten Patients", ["Patients"]),
        ("UNIT", "ten blood donors and a patient", ["blood donors", "patient"]),
        ("UNIT", "some blood", []),
        ("UNIT was", "the blood donor was", ["blood donor was"]),
        ("WAS|had", "it had been, it was", ["had", "was"]),
        ("WAS|UNIT", "blood donors were", ["blood donors", "were"]),
        ("( a b | c )", "a b c a c", ["a b", "c", "c"]),
        ("!WAS x", "was x, had x", ["had x"]),
        ("!WAS|was x", "were x, was x", ["was x"]),
        ("!WAS|!STOP x", "were x", ["were x"]),
        ("ANY x", "were x", ["were x"]),
        ("ANY|WAS x", "were x", ["were x"]),
        ("a b? c", "a b c a c a b b c", ["a b c", "a c"]),
        ("a{2}", "a a a", ["a a", "a a"]),
        ("a+", "a a a", ["a a a", "a a", "a"]),
        ("b a*", "b a a", ["b a a"]),
        ("( a b ){1,2}", "a b a b", ["a b a b", "a b"]),
        ("^ a", "a a. a", ["a"]),
        ("^ b", "a b", []),
        ("a $", "a a", ["a"]),
        ("a .|$", "a. a", ["a.", "a"]),
        ("NUMBER", "ten 7 0.5 first", ["ten", "7", "0.5"]),
        ("INTEGER", "ten 7 0.5", ["ten", "7"]),
        ("DECIMAL", "ten 7 0.5", ["0.5"]),
        ("DIGITS", "ten 7", ["7"]),
        ("WORDS", "ten 7 two hundred", ["ten", "two hundred"]),
        ("ORDINAL", "first 4 ten", ["first"]),
        ("YEAR", "in 2001 and 3001", ["2001"]),
        ("NUMBER>=10", "9 ten 10.5", ["ten", "10.5"]),
        ("MINUS NUMBER", "of -5 to 3-4", ["-5"]),
        ("PLUS NUMBER", "of +5", ["+5"]),
        ("- NUMBER", "of -5 to 3-4", ["-5", "-4"]),
        ("CODE", "of AB1 and AB12", ["AB1"]),
        ("blood-borne", "a blood-borne germ, blood–borne", ["blood-borne", "blood–borne"]),
        ('"|"', "a | b", ["|"]),
        ("NUMBER !STOP{0,3} UNIT", "7 of the patients", ["7 of the patients"]),
        ("NUMBER !STOP{0,3} UNIT", "7, the patients", []),
        ("a ANY{0,5} b", "a x b x b", ["a x b"]),
        ("a x|!STOP{0,5} b", "a x b x b", ["a x b"]),
        ("a b{0,5} b|c", "a b b c", ["a b b c"]),
        ("a ANY* b", "a x. B b", []),
    ],
)
def test_what_matches(pattern: str, text: str, found: list[str]) -> None:
    assert Language().matches(pattern, text) == found


@pytest.mark.parametrize("gap", ["ANY{0,20}", "!x{0,20}", "( !x ){0,20}", "!x|y{0,20}", "!STOP*"])
@pytest.mark.parametrize("between", [". ", "\n", "! ", "? "])
def test_no_match_runs_across_a_sentence(gap: str, between: str) -> None:
    text = f"One{between}Two"
    assert Language().matches(f"one {gap} two", text) == []
    assert Language().matches(f"one {gap} two", "One of Two") == ["One of Two"]


def test_captures() -> None:
    language = Language()
    node = parse("n=NUMBER ( d=NUMBER )? low=( UNIT was )")
    register(node, language.vocabulary, "here")
    language.vocabulary.settle()
    sheet = language.maker.make("7 patients was")
    (match,) = every(re.compile(expression(node, language.vocabulary)), sheet)
    assert sheet.words(*match.span("n")) == "7"
    assert match.start("d") == -1
    assert sheet.words(*match.span("low")) == "patients was"


def test_span_stands_for_a_found_span_of_the_label() -> None:
    language = Language()
    node = parse("SPAN was")
    register(node, language.vocabulary, "here")
    language.vocabulary.settle()
    source = expression(node, language.vocabulary, "COST")
    sheet = language.maker.make("it was 5 was")
    sheet = sheet.collapse([(7, 8, language.vocabulary.of_label("COST"))])
    (match,) = every(re.compile(source), sheet)
    assert sheet.words(*match.span("SPAN")) == "5"
    with pytest.raises(ConfigError, match="SPAN stands only in rules about a span"):
        expression(node, language.vocabulary)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("UNITS", "here: unknown class UNITS; did you mean UNIT?"),
        ("NUMBR", "did you mean NUMBER?"),
        ("a|QQQQ", "unknown class QQQQ; see configs/vocabulary.yaml"),
        ("( ( a ){0,20} ){0,20} b", "here: the pattern's repeats"),
    ],
)
def test_register_refuses(pattern: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        register(parse(pattern), Language().vocabulary, "here")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "pattern",
    [
        "ANY{0,16} ANY{0,16} ANY{0,16} ANY{0,16} b",
        "( a , a{0,9} ){0,5} b",
        "a|ANY|!b|c{1,20} b",
        "( UNIT|a ){1,20} b",
    ],
)
def test_the_worst_patterns_let_in_are_quick_enough(pattern: str) -> None:
    language = Language()
    text = ("a " * 120 + ", ") * 2
    began = time.perf_counter()
    assert language.matches(pattern, text) == []
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("NUMBER was", [{"was"}, {"NUMBER"}]),
        ("NUMBER", [{"NUMBER"}]),
        ("ANY", []),
        ("!was", []),
        ("( , )", [{","}]),
        (", was", [{"was"}, {","}]),
        ("was?", []),
        ("was{0,3} x{1,2}", [{"x"}]),
        ("was|had", [{"was", "had"}]),
        ("was|NUMBER", [{"was", "NUMBER"}]),
        ("was|NUMBER was", [{"was"}]),
        ("n=was", [{"was"}]),
        ("^ was $", [{"was"}]),
        ("UNIT", [{"UNIT", "blood"}]),
    ],
)
def test_needs(pattern: str, wanted: list[set[str]]) -> None:
    vocabulary = Language().vocabulary
    node = parse(pattern)
    register(node, vocabulary, "here")
    vocabulary.settle()
    assert [set(need) for need in needs([node], vocabulary)] == wanted


ATOMS = ["a", "b", "UNIT", "WAS", "!STOP", "!a", "ANY", "NUMBER", "was|b", "!WAS|a", ",", "^", "$"]
ELEMENTS = st.builds(
    lambda atom, repeat: atom if atom in "^$" else atom + repeat,
    st.sampled_from(ATOMS),
    st.sampled_from(["", "", "?", "{0,2}", "{2}"]),
)
PATTERNS = st.recursive(
    ELEMENTS,
    lambda inner: st.builds(
        lambda parts, bar: f"( {bar.join(parts)} )",
        st.lists(inner, min_size=1, max_size=3),
        st.sampled_from([" ", " | "]),
    ),
    max_leaves=6,
)
TEXTS = st.lists(
    st.sampled_from(["a", "b", "patients", "blood", "donors", "was", "7", ",", ". A", "\n"])
).map(" ".join)


@given(PATTERNS, TEXTS)
def test_every_match_meets_its_needs_and_stays_in_a_sentence(pattern: str, text: str) -> None:
    language = Language()
    node = parse(pattern)
    register(node, language.vocabulary, "here")
    language.vocabulary.settle()
    sheet = language.maker.make(text)
    found = needs([node], language.vocabulary)
    most = longest(node, language.vocabulary)
    for match in every(re.compile(expression(node, language.vocabulary)), sheet):
        assert "\n" not in match[0]
        held = frozenset().union(*map(language.vocabulary.held, match[0]))
        assert all(need & held for need in found)
        assert len(match[0]) <= most


@pytest.mark.parametrize(
    ("pattern", "firsts"),
    [
        ("was late", ["was"]),
        ("a|b c", ["a", "b"]),
        ("( a )? b c", ["a", "b"]),
        ("( a | b c ){1,2} d", ["a", "b"]),
        ("n=UNIT", ["patient", "patients", "blood"]),
        ("ANY b", None),
        ("!a b", None),
        ("( !a )? b", None),
        ("^ a", None),
        ("( a )?", None),
        ("SPAN a", None),
    ],
)
def test_what_a_match_can_begin_with(pattern: str, firsts: list[str] | None) -> None:
    language = Language()
    node = parse(pattern)
    register(node, language.vocabulary, "here")
    language.vocabulary.settle()
    found = first_signs(node, language.vocabulary)
    if firsts is None:
        assert found is None
    else:
        forms = {form for word in firsts for form in (word, word.capitalize(), word.upper())}
        assert found == {language.vocabulary.of_word(form) for form in forms}


def test_phrases_that_begin_alike_are_found_the_longer_first() -> None:
    classes = {"TEAM": ["red", "red cross", "red cross nurse", "blue cross"]}
    vocabulary = Vocabulary(build_classes(classes, "v.yaml"))
    node = parse("TEAM")
    register(node, vocabulary, "here")
    vocabulary.settle()
    words = {word: vocabulary.of_word(word) for word in ("red", "cross", "nurse", "blue")}
    compiled = re.compile(expression(node, vocabulary))
    rows = ["red", "red cross", "red cross nurse", "red cross cross", "blue", "blue cross"]
    found = [compiled.match("".join(words[word] for word in row.split())) for row in rows]
    assert [one and one.end() for one in found] == [1, 2, 3, 2, None, 2]


@pytest.mark.parametrize(
    ("signs", "inside"),
    [("", ""), ("a", "a"), ("ba", "ab"), ("cab", "a-c"), ("xabcdz", "a-dxz"), ("aceg", "aceg")],
)
def test_neighbours_are_written_as_ranges(signs: str, inside: str) -> None:
    assert one_of(signs) == (f"[{inside}]" if inside else "(?!)")
    assert none_of(signs) == f"[^\n{inside}]"


def test_gaps_in_a_row_are_one() -> None:
    vocabulary = Vocabulary(build_classes({"STOP": [",", "."]}, "v.yaml"))
    parted, whole = parse("a ( !STOP ){1,2} ( !STOP ){0,3} b"), parse("a ( !STOP ){1,5} b")
    for node in (parted, whole):
        register(node, vocabulary, "here")
    vocabulary.settle()
    assert expression(parted, vocabulary) == expression(whole, vocabulary)


def test_a_class_with_phrases_takes_in_the_words_of_new_shapes() -> None:
    vocabulary = Vocabulary(build_classes({"CODE": ["/[A-Z]{2}.+7/", "code name"]}, "v.yaml"))
    node = parse("CODE")
    register(node, vocabulary, "here")
    vocabulary.use("/", is_class=False)
    vocabulary.settle()
    before = expression(node, vocabulary)
    assert expression(node, vocabulary) == before
    # A word of the class that is an atom of its own, as only a text brings them.
    vocabulary.of_sign("ABx7")
    after = expression(node, vocabulary)
    assert after != before
    assert re.fullmatch(after, vocabulary.of_sign("ABx7"))
    assert re.fullmatch(after, vocabulary.of_word("code") + vocabulary.of_word("name"))


def test_a_class_with_phrases_is_written_anew_once_words_have_other_signatures() -> None:
    vocabulary = Vocabulary(build_classes({"CODE": ["code name"]}, "v.yaml"))
    node = parse("CODE")
    register(node, vocabulary, "here")
    vocabulary.settle()
    expression(node, vocabulary)
    vocabulary.use("name", is_class=False)
    vocabulary.use("aardvark", is_class=False)
    vocabulary.settle()
    signs = vocabulary.of_word("code") + vocabulary.of_word("name")
    assert re.fullmatch(expression(node, vocabulary), signs)
