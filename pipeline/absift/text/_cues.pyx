# cython: language_level=3, boundscheck=False, wraparound=False
"""What :mod:`absift.text.cues` does, compiled; its function says what goes in and out."""

from cpython.dict cimport PyDict_GetItemWithError
from cpython.list cimport PyList_GET_ITEM
from cpython.object cimport PyObject
from cpython.tuple cimport PyTuple_GET_ITEM

from absift.text.cues import EDGE, END

# The fields of what is known of a token.
cdef enum:
    WORDS, BEGINS


cdef class Teller:
    """Adds up what the cues of a sentence tell."""

    cdef dict by_word, by_pair
    cdef object inside
    cdef frozenset firsts
    cdef list tokens, sums
    cdef bint last
    cdef set done
    # All words of the sentence, once they are asked for.
    cdef str line

    cdef str all_words(self):
        cdef list words
        if self.line is None:
            words = [EDGE]
            for token in self.tokens:
                words += <list><object>PyTuple_GET_ITEM(self.inside[token], WORDS)
            if self.last:
                words.append(END)
            self.line = f" {' '.join(words)} "
        return self.line

    cdef int single(self, word) except -1:
        """Count the cues that are one word."""
        cdef PyObject* held = PyDict_GetItemWithError(self.by_word, word)
        if held != NULL and word not in self.done:
            self.done.add(word)
            for part, weight in <list><object>held:
                self.sums[part] += weight
        return 0

    cdef int pair(self, before, word) except -1:
        """Count the longer cues that two words begin."""
        cdef tuple both = (before, word)
        cdef PyObject* held = PyDict_GetItemWithError(self.by_pair, both)
        if held != NULL and both not in self.done:
            self.done.add(both)
            for phrase, part, weight in <list><object>held:
                if <str>phrase in self.all_words():
                    self.sums[part] += weight
        return 0


def tell(cues, inside, list tokens, bint last):
    cdef Teller made = Teller.__new__(Teller)
    cdef Py_ssize_t place
    cdef PyObject* held
    cdef list words
    made.by_word, made.by_pair, made.firsts = cues.by_word, cues.by_pair, cues.firsts
    made.inside, made.tokens, made.last = inside, tokens, last
    made.sums, made.done = [0] * cues.parts, set()
    # The word before, if a longer cue can begin with it.
    before = EDGE if EDGE in made.firsts else None
    made.single(EDGE)
    for place in range(len(tokens)):
        token = <object>PyList_GET_ITEM(tokens, place)
        held = PyDict_GetItemWithError(inside, token)
        known = inside[token] if held == NULL else <object>held
        if <object>PyTuple_GET_ITEM(known, BEGINS) is False:
            # As with most tokens, none of its words begins a cue.
            if before is not None:
                words = <list><object>PyTuple_GET_ITEM(known, WORDS)
                if words:
                    made.pair(before, words[0])
                    before = None
            continue
        for word in <list><object>PyTuple_GET_ITEM(known, WORDS):
            if before is not None:
                made.pair(before, word)
            made.single(word)
            before = word if word in made.firsts else None
    if last:
        if before is not None:
            made.pair(before, END)
        made.single(END)
    return made.sums
