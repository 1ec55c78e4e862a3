# cython: language_level=3, boundscheck=False, wraparound=False
"""What :mod:`absift.text.cues` does, compiled; its function says what goes in and out."""

from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.dict cimport PyDict_GetItemWithError
from cpython.list cimport PyList_GET_ITEM
from cpython.object cimport PyObject
from cpython.tuple cimport PyTuple_GET_ITEM

from absift.text.cues import EDGE, END, Begun

# The fields of what is known of a token, and of the cues that a word begins.
cdef enum:
    WORDS, STARTS

cdef enum:
    NUMBER, ALONE, LONGER

if Begun._fields != ("number", "alone", "longer"):
    raise ImportError("the compiled search for cues was built for others")


cdef inline object field(object held, int which):
    return <object>PyTuple_GET_ITEM(held, which)


cdef class Teller:
    """Adds up what the cues of a sentence tell."""

    # All words of the sentence, as cues are compared.
    cdef list words
    # Where longer cues may begin, and by their second words which.
    cdef list places, longer
    cdef list sums
    # For the number of each cue, whether it was met.
    cdef char* met

    cdef int begin(self, begun) except -1:
        """Count the cue that the last word is, and note the longer ones that it begins."""
        cdef dict longer = field(begun, LONGER)
        cdef Py_ssize_t number = field(begun, NUMBER)
        if not self.met[number]:
            self.met[number] = True
            for part, weight in <list>field(begun, ALONE):
                self.sums[part] += weight
        if longer:
            self.places.append(len(self.words))
            self.longer.append(longer)
        return 0

    cdef int go_on(self) except -1:
        """Count the longer cues."""
        cdef Py_ssize_t which, place, number, size, at
        cdef Py_ssize_t count = len(self.words)
        cdef PyObject* held
        cdef list rest
        for which in range(len(self.places)):
            # That of the second word.
            place = <Py_ssize_t><object>PyList_GET_ITEM(self.places, which)
            if place >= count:
                break
            held = PyDict_GetItemWithError(
                <object>PyList_GET_ITEM(self.longer, which),
                <object>PyList_GET_ITEM(self.words, place),
            )
            if held == NULL:
                continue
            for number, rest, part, weight in <list><object>held:
                size = len(rest)
                if self.met[number] or place + size >= count:
                    continue
                for at in range(size):
                    if <str>self.words[place + 1 + at] != <str>rest[at]:
                        break
                else:
                    self.met[number] = True
                    self.sums[part] += weight
        return 0


def tell(cues, inside, list tokens, bint last):
    cdef Teller made = Teller.__new__(Teller)
    cdef bytearray met = bytearray(cues.size)
    cdef dict begun = cues.begun
    cdef list words = [EDGE], starts
    cdef list there
    cdef Py_ssize_t place, at
    cdef PyObject* held
    made.words, made.places, made.longer = words, [], []
    made.sums, made.met = [0] * cues.parts, PyByteArray_AS_STRING(met)
    if EDGE in begun:
        made.begin(begun[EDGE])
    for place in range(len(tokens)):
        token = <object>PyList_GET_ITEM(tokens, place)
        held = PyDict_GetItemWithError(inside, token)
        known = inside[token] if held == NULL else <object>held
        there = <list>field(known, WORDS)
        if field(known, STARTS) is None:
            # As with most tokens, none of its words begins a cue.
            words += there
            continue
        starts = <list>field(known, STARTS)
        for at in range(len(there)):
            words.append(there[at])
            if starts[at] is not None:
                made.begin(starts[at])
    if last:
        words.append(END)
        if END in begun:
            made.begin(begun[END])
    made.go_on()
    return made.sums
