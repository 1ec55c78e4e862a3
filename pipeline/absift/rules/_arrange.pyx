# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""What :mod:`absift.rules.arrange` does, compiled; its functions say what goes in and out."""

from cpython.list cimport PyList_GET_ITEM, PyList_GetSlice
from cpython.object cimport PyObject
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring

from absift.rules.arrange import Items
from absift.rules.marks import MAY_COUNT, MAY_SIGN
from absift.rules.vocabulary import BOUNDARY
from absift.text.numbers import Number

cdef extern from "Python.h":
    # That of Cython takes no NULL, by which items are deleted.
    int PyList_SetSlice(object row, Py_ssize_t first, Py_ssize_t last, PyObject* items) except -1

new_tuple = tuple.__new__
cdef str EDGE = BOUNDARY
cdef Py_UCS4 EDGE_SIGN = ord(BOUNDARY)
cdef str COUNT = MAY_COUNT
cdef str SIGN = MAY_SIGN


cdef inline Py_ssize_t at(list row, Py_ssize_t place) except? -1:
    return <Py_ssize_t><object>PyList_GET_ITEM(row, place)


cdef Py_ssize_t bisect(list row, Py_ssize_t value, Py_ssize_t first, bint right) except -1:
    """Do what bisect_left does, or bisect_right, from a place on."""
    cdef Py_ssize_t middle, held, last = len(row)
    while first < last:
        middle = (first + last) // 2
        held = at(row, middle)
        if held < value or (right and held == value):
            first = middle + 1
        else:
            last = middle
    return first


def count(list words, list marks, figures, sign_at, number_at):
    cdef Py_ssize_t place, free = 0, last = len(words) - 1
    cdef PyObject* mark
    cdef list found = []
    for place in range(last + 1):
        mark = PyList_GET_ITEM(marks, place)
        if mark == <PyObject*>SIGN:
            marks[place] = sign_at(place)
            continue
        if mark != <PyObject*>COUNT or place < free:
            continue
        alone = figures[<object>PyList_GET_ITEM(words, place)]
        if alone is not None:
            value, kind, year, sign, goes_on = alone
            if (
                goes_on is None
                or place == last
                or not goes_on[<object>PyList_GET_ITEM(words, place + 1)]
            ):
                marks[place] = sign
                # As a named tuple makes itself, without going through Python for each.
                found.append(new_tuple(Number, (place, place + 1, value, kind, year)))
                continue
        number, marks[place] = number_at(place)
        if number is not None:
            found.append(number)
            free = number[1]
    return found


def lay_out(str text, tokens, list marks, list sentences, list numbers, of_number):
    cdef list words, begins, stops
    words, begins, stops = tokens
    cdef list signs = [], texts = [], starts = [], ends = [], ranges = []
    cdef list long = [one for one in numbers if one[1] > one[0] + 1]
    cdef Py_ssize_t size = len(words), sentence = 0, number = 0, place = 0, edge, stop
    # Where the sentence that is being laid out begins, -1 before the first of them.
    cdef Py_ssize_t open = -1
    cdef Py_ssize_t next_sentence = <Py_ssize_t>sentences[0][0] if sentences else -1
    cdef Py_ssize_t next_long = <Py_ssize_t>long[0][0] if long else -1
    while True:
        while next_sentence >= 0 and (place == size or next_sentence <= at(begins, place)):
            edge = at(begins, place) if place < size else len(text)
            open = bound(signs, texts, starts, ends, ranges, edge, open)
            sentence += 1
            next_sentence = sentences[sentence][0] if sentence < len(sentences) else -1
        if place == size:
            break
        if place != next_long:
            signs.append(<object>PyList_GET_ITEM(marks, place))
            texts.append(<object>PyList_GET_ITEM(words, place))
            starts.append(<object>PyList_GET_ITEM(begins, place))
            ends.append(<object>PyList_GET_ITEM(stops, place))
            place += 1
            continue
        held = long[number]
        number += 1
        next_long = long[number][0] if number < len(long) else -1
        edge, stop = at(begins, place), at(stops, <Py_ssize_t>held[1] - 1)
        word = PyUnicode_Substring(text, edge, stop)
        signs.append(of_number(held, word))
        texts.append(word)
        starts.append(edge)
        ends.append(stop)
        place = held[1]
        # Sentences that begin within a number don't cut it.
        while next_sentence >= 0 and next_sentence <= at(begins, place - 1):
            sentence += 1
            next_sentence = sentences[sentence][0] if sentence < len(sentences) else -1
    bound(signs, texts, starts, ends, ranges, len(text), open)
    return new_tuple(Items, ("".join(signs), starts, ends, texts, ranges))


cdef Py_ssize_t bound(
    list signs, list texts, list starts, list ends, list ranges, Py_ssize_t edge, Py_ssize_t open
) except -2:
    """Add a boundary, and the sentence before it; give where the next one begins."""
    cdef Py_ssize_t size = len(signs)
    signs.append(EDGE)
    texts.append("")
    starts.append(edge)
    ends.append(edge)
    if open >= 0 and size > open:
        ranges.append((open, size + 1))
    return size + 1


def collapse(items, list spans, dict before):
    cdef list starts, ends, ranges
    cdef str signs
    signs, starts, ends, _, ranges = items
    cdef list pieces = [], new_starts, new_ends
    # Where items were taken out and how many.
    cdef list taken = []
    cdef bint over = False
    cdef Py_ssize_t begin, end, first, last, place, done = 0
    cdef int kind = PyUnicode_KIND(signs)
    cdef void* data = PyUnicode_DATA(signs)
    for begin, end, sign in spans:
        first = bisect(starts, begin, done, True) - 1
        if first < done or at(starts, first) != begin:
            continue
        if PyUnicode_READ(kind, data, first) == EDGE_SIGN:
            continue
        last = bisect(starts, end, first, False)
        while last > first and PyUnicode_READ(kind, data, last - 1) == EDGE_SIGN:
            last -= 1
        if last <= first or at(ends, last - 1) != end:
            continue
        pieces.append(PyUnicode_Substring(signs, done, first))
        pieces.append(sign)
        before[begin] = PyUnicode_Substring(signs, first, last)
        done = last
        taken.append((first, last - first - 1))
        for place in range(first, last):
            if PyUnicode_READ(kind, data, place) == EDGE_SIGN:
                over = True
    pieces.append(PyUnicode_Substring(signs, done, len(signs)))
    new = "".join(pieces)
    new_starts, new_ends = without(starts, ends, taken)
    made = sentences_of(new) if over else less(ranges, taken)
    return new_tuple(Items, (new, new_starts, new_ends, None, made))


cdef tuple without(list starts, list ends, list taken):
    """Give where items begin and end after some behind each place were taken out."""
    cdef list new_starts = PyList_GetSlice(starts, 0, len(starts))
    cdef list new_ends = PyList_GetSlice(ends, 0, len(ends))
    cdef Py_ssize_t first, size
    for first, size in reversed(taken):
        if size:
            # What is left of them begins where the first did and ends where the last did.
            PyList_SetSlice(new_starts, first + 1, first + 1 + size, NULL)
            PyList_SetSlice(new_ends, first, first + size, NULL)
    return new_starts, new_ends


cdef list sentences_of(str signs):
    """Give the sentences as items, each with the boundary behind it."""
    cdef Py_ssize_t place, begin = -1
    cdef list made = []
    for place in range(len(signs)):
        if signs[place] == EDGE_SIGN:
            if begin >= 0 and place > begin:
                made.append((begin, place + 1))
            begin = place + 1
    return made


cdef list less(list ranges, list taken):
    """Give ranges of items after some behind each place were taken out."""
    cdef Py_ssize_t begin, end, first, gone = 0, which = 0, size = len(taken)
    cdef list made = []
    for begin, end in ranges:
        first = begin - gone
        while which < size and <Py_ssize_t>taken[which][0] < end:
            gone += <Py_ssize_t>taken[which][1]
            which += 1
        made.append((first, end - gone))
    return made
