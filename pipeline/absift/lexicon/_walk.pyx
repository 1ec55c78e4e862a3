# cython: language_level=3, boundscheck=False, wraparound=False
"""What :mod:`absift.lexicon.walk` does, compiled; its function says what goes in and out."""

from cpython.dict cimport PyDict_GetItemWithError
from cpython.list cimport PyList_GET_ITEM
from cpython.object cimport PyObject
from cpython.tuple cimport PyTuple_GET_ITEM

from absift.lexicon.walk import Form, Mention

new_tuple = tuple.__new__

# The fields of a form, by which it is read as the tuple that it is.
cdef enum:
    START, KEY, EXACT, SKIPPED

if Form._fields != ("start", "key", "exact", "skipped"):
    raise ImportError("the compiled look-up was built for other forms")


cdef inline object field(object form, int which):
    return <object>PyTuple_GET_ITEM(form, which)


cdef object follow(dict following, object form):
    cdef PyObject* found
    for each in <tuple>field(form, EXACT):
        found = PyDict_GetItemWithError(following, each)
        if found != NULL:
            return <object>found
    found = PyDict_GetItemWithError(following, field(form, KEY))
    return None if found == NULL else <object>found


cdef object longest(list forms, Py_ssize_t first, object node):
    """Give the longest term that begins at a word."""
    cdef Py_ssize_t place
    cdef dict following = node.following
    entry = node.entry
    best = None if entry is None else new_tuple(Mention, (first, first + 1, entry))
    for place in range(first + 1, len(forms)):
        form = <object>PyList_GET_ITEM(forms, place)
        if form is None or not following:
            break
        if field(form, SKIPPED):
            continue
        node = follow(following, form)
        if node is None:
            break
        following, entry = node.following, node.entry
        if entry is not None:
            best = new_tuple(Mention, (first, place + 1, entry))
    return best


def terms(words, known):
    cdef Py_ssize_t place, size, free = 0
    cdef PyObject* held
    cdef list forms = []
    cdef list found = []
    for word in words:
        held = PyDict_GetItemWithError(known, word)
        forms.append(known[word] if held == NULL else <object>held)
    size = len(forms)
    for place in range(size):
        form = <object>PyList_GET_ITEM(forms, place)
        if form is None or place < free:
            continue
        node = field(form, START)
        if node is None:
            continue
        if node.entry is None:
            # What follows most of the words that begin a term ends it.
            if place + 1 == size:
                continue
            form = <object>PyList_GET_ITEM(forms, place + 1)
            if form is None:
                continue
        mention = longest(forms, place, node)
        if mention is not None:
            found.append(mention)
            free = mention[1]
    return found
