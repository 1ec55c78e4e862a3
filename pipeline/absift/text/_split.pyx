# cython: language_level=3, boundscheck=False, wraparound=False
"""The splitting of a text into tokens, compiled: most are told by their first characters."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring

cdef enum:
    OTHER, LETTER, DIGIT, BLANK, SIGN


cdef inline int kind_of(Py_UCS4 one) noexcept:
    """Tell what an ASCII character is; ``OTHER`` beyond ASCII and for what can't be told alone."""
    if one >= 128:
        return OTHER
    if c"a" <= one <= c"z" or c"A" <= one <= c"Z":
        return LETTER
    if c"0" <= one <= c"9":
        return DIGIT
    if one == c" " or 9 <= one <= 13 or 28 <= one <= 31:
        return BLANK
    return SIGN


cdef Py_ssize_t run(int kind, void* data, Py_ssize_t at, Py_ssize_t size, int wanted) noexcept:
    """Give the end of a row of characters of a kind."""
    while at < size and kind_of(PyUnicode_READ(kind, data, at)) == wanted:
        at += 1
    return at


cdef Py_ssize_t figure(int kind, void* data, Py_ssize_t at, Py_ssize_t size) noexcept:
    """Give the end of a figure that begins at a digit; 0 where more must be looked at."""
    cdef Py_ssize_t end = run(kind, data, at, size, DIGIT)
    cdef Py_UCS4 one
    if end == size:
        return end
    one = PyUnicode_READ(kind, data, end)
    if one >= 128:
        return 0
    if one != c"." and one != c"," and one != c"/":
        return end
    if end + 1 == size:
        return end
    if kind_of(PyUnicode_READ(kind, data, end + 1)) != DIGIT:
        return 0 if PyUnicode_READ(kind, data, end + 1) >= 128 else end
    if one != c".":
        return 0
    end = run(kind, data, end + 1, size, DIGIT)
    if end == size:
        return end
    one = PyUnicode_READ(kind, data, end)
    return 0 if one >= 128 or one == c"." else end


cdef Py_ssize_t sign(int kind, void* data, Py_ssize_t at, Py_ssize_t size) noexcept:
    """Give the end of a sign of one character; 0 where more must be looked at."""
    cdef Py_UCS4 one = PyUnicode_READ(kind, data, at)
    if at + 1 == size or not (
        one == c"." or one == c"+" or one == c"<" or one == c">" or one == c"="
    ):
        return at + 1
    one = PyUnicode_READ(kind, data, at + 1)
    return at + 1 if kind_of(one) == BLANK or kind_of(one) == LETTER else 0


cdef Py_ssize_t word(int kind, void* data, Py_ssize_t at, Py_ssize_t size) noexcept:
    """Give the end of a word of letters; 0 where more must be looked at."""
    cdef Py_ssize_t end = run(kind, data, at, size, LETTER)
    cdef Py_UCS4 one
    if end == size:
        return 0
    one = PyUnicode_READ(kind, data, end)
    if kind_of(one) == BLANK:
        return end
    return end if one == c"," or one == c"." or one == c";" or one == c":" or one == c")" else 0


def split(str text, match):
    """Give the tokens of a text and where they begin and end, as three lists.

    Args:
        text: Any text.
        match: Matches the next token, with the blanks before it, wherever more must be looked at.
    """
    cdef Py_ssize_t at = 0, end, size = len(text)
    cdef int what, kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef list words = [], starts = [], ends = []
    while True:
        at = run(kind, data, at, size, BLANK)
        if at == size:
            return words, starts, ends
        what = kind_of(PyUnicode_READ(kind, data, at))
        end = 0
        if what == LETTER:
            end = word(kind, data, at, size)
        elif what == DIGIT:
            end = figure(kind, data, at, size)
        elif what == SIGN:
            end = sign(kind, data, at, size)
        if end:
            one = PyUnicode_Substring(text, at, end)
        else:
            piece = match(text, at).group()
            one = piece.lstrip()
            end = at + len(piece)
            if not one:
                at = end
                continue
            at = end - len(one)
        words.append(one)
        starts.append(at)
        ends.append(end)
        at = end
