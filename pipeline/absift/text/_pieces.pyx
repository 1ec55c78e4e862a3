# cython: language_level=3, boundscheck=False, wraparound=False
"""What :mod:`absift.text.pieces` does, compiled; its function says what goes in and out."""

from cpython.unicode cimport (
    PyUnicode_DATA,
    PyUnicode_KIND,
    PyUnicode_READ,
    PyUnicode_Substring,
    Py_UNICODE_ISLOWER,
    Py_UNICODE_ISSPACE,
    Py_UNICODE_ISUPPER,
)

# Abbreviations are looked for in as many characters before a stop.
cdef enum:
    REACH = 20


cdef inline bint closes(Py_UCS4 one) noexcept:
    return one == c")" or one == c"]" or one == c'"' or one == c"'" or one == 0x201D or one == 0x2019


cdef inline bint parts(Py_UCS4 one) noexcept:
    return one == c"(" or one == c"[" or one == c"," or one == c";" or Py_UNICODE_ISSPACE(one)


cdef Py_ssize_t behind(int kind, void* data, Py_ssize_t stop, Py_ssize_t size) noexcept:
    """Give where a text goes on behind a stop that may end a sentence, -1 if it can't."""
    cdef Py_ssize_t at = stop + 1, look
    cdef Py_UCS4 one
    if PyUnicode_READ(kind, data, stop) == c"\n":
        while at < size and PyUnicode_READ(kind, data, at) == c"\n":
            at += 1
        return at
    while at < size and closes(PyUnicode_READ(kind, data, at)):
        at += 1
    if at == size:
        return -1
    one = PyUnicode_READ(kind, data, at)
    if Py_UNICODE_ISSPACE(one):
        while at < size and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)):
            at += 1
        return at
    if not c"A" <= one <= c"Z":
        return -1
    # A head follows without a blank: "reported.Results:".
    look = at + 1
    while look < size and c"a" <= PyUnicode_READ(kind, data, look) <= c"z":
        look += 1
    if look < size:
        one = PyUnicode_READ(kind, data, look)
        if one == c":" or one == c"/":
            return at
    return -1


cdef bint ends(
    str text, int kind, void* data, Py_ssize_t stop, Py_ssize_t after, Py_ssize_t size, abbreviations
) except -1:
    """Tell whether a stop ends a sentence that goes on at ``after``."""
    cdef Py_ssize_t first = stop, least = stop - REACH if stop > REACH else 0
    cdef Py_UCS4 following, initial
    cdef str word
    if after >= size:
        return True
    following = PyUnicode_READ(kind, data, after)
    if Py_UNICODE_ISLOWER(following):
        return False
    if PyUnicode_READ(kind, data, stop) != c".":
        return True
    while first > least and not parts(PyUnicode_READ(kind, data, first - 1)):
        first -= 1
    if first == stop:
        return True
    word = PyUnicode_Substring(text, first, stop)
    initial = PyUnicode_READ(kind, data, first)
    if word.lower() in abbreviations:
        # "No. 5" goes on; "in the U.S. The trial" ends.
        return Py_UNICODE_ISUPPER(following) and Py_UNICODE_ISUPPER(initial) and "." in word
    # Initials: "P. falciparum", "E. coli"; but "vitamin D. We" ends.
    if stop - first > 1 or not Py_UNICODE_ISUPPER(initial) or stop < 2:
        return True
    initial = PyUnicode_READ(kind, data, stop - 2)
    return initial != c"\n" and initial != c"("


def pieces(str text, Py_ssize_t start, abbreviations, Py_ssize_t most=-1):
    cdef Py_ssize_t at = start, stop = start, size = len(text), after
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_UCS4 one
    cdef list found = []
    while stop < size:
        one = PyUnicode_READ(kind, data, stop)
        if one != c"." and one != c"\n" and one != c"?" and one != c"!":
            stop += 1
            continue
        after = behind(kind, data, stop, size)
        if after < 0:
            stop += 1
            continue
        if one == c"\n" or ends(text, kind, data, stop, after, size, abbreviations):
            found.append((start, after))
            start = after
            if len(found) == most:
                return found
        stop = after
    if start < size:
        found.append((start, size))
    return found
