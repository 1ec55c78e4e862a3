# cython: language_level=3, boundscheck=False, wraparound=False
"""What :mod:`absift.text.cues` does, compiled; its function says what goes in and out."""

from cpython.dict cimport PyDict_GetItemWithError
from cpython.list cimport PyList_GET_ITEM
from cpython.object cimport PyObject

from absift.text.cues import EDGE, END


def tell(cues, inside, list tokens, bint last):
    cdef dict by_word = cues.by_word, by_pair = cues.by_pair
    cdef frozenset firsts = cues.firsts
    cdef Py_ssize_t place, size
    cdef PyObject* held
    cdef list words = [EDGE]
    cdef list sums = [0] * cues.parts
    cdef str line = None
    cdef set done = set()
    for place in range(len(tokens)):
        word = <object>PyList_GET_ITEM(tokens, place)
        held = PyDict_GetItemWithError(inside, word)
        words += inside[word] if held == NULL else <list><object>held
    if last:
        words.append(END)
    size = len(words)
    for place in range(size):
        word = <object>PyList_GET_ITEM(words, place)
        held = PyDict_GetItemWithError(by_word, word)
        if held != NULL and word not in done:
            done.add(word)
            for part, weight in <list><object>held:
                sums[part] += weight
        if place + 1 == size or word not in firsts:
            continue
        pair = (word, <object>PyList_GET_ITEM(words, place + 1))
        held = PyDict_GetItemWithError(by_pair, pair)
        if held == NULL or pair in done:
            continue
        done.add(pair)
        if line is None:
            line = f" {' '.join(words)} "
        for phrase, part, weight in <list><object>held:
            if <str>phrase in line:
                sums[part] += weight
    return sums
