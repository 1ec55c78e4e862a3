# cython: language_level=3, boundscheck=False, wraparound=False
"""What `sums.py` does, compiled: a row of weights a signature, place by place."""

from cpython.dict cimport PyDict_GetItemWithError
from cpython.object cimport PyObject
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memcpy

from absift.weighing.sums import AFTER, BEFORE, EDGE, FAR, ITSELF, NEAR, PLACES, side

# The places of items; what else there is isn't looked up by signature.
OF_ITEMS = frozenset([*PLACES, *map(side, PLACES), BEFORE, AFTER, ITSELF])
cdef Py_UCS4 BOUNDARY = u"\n"
# Signatures begin here; the row before theirs is that of the boundary.
cdef int FIRST = 0x100
cdef int REACH = NEAR
cdef int FARTHEST = FAR


cdef class Sums:
    """Sums of whole weights; as :class:`absift.weighing.sums.Sums`."""

    cdef int outcomes, stride, room, atoms, space
    # Whether anything has a weight wherever it stands in the sentence.
    cdef bint looks_far
    # A row a signature, and one an atom, of which those are made.
    cdef int* rows
    cdef int* parts
    cdef char* known
    # Of what is known beside the items, a row a fact: as lists they took longer than all items.
    cdef int* beside
    cdef list weights
    cdef dict places
    # Place to name to the row of its weights, of all other places.
    cdef dict told
    cdef object held

    def __cinit__(self, rows, int outcomes, held):
        self.rows = NULL
        self.parts = NULL
        self.beside = NULL
        self.known = NULL
        self.room = self.atoms = self.space = 0
        self.places = {}
        self.outcomes = outcomes
        self.tell({place: names for place, names in rows.items() if place not in OF_ITEMS})
        self.looks_far = bool(rows.get(BEFORE) or rows.get(AFTER))
        self.held = held
        self.weights = []
        for place in PLACES:
            self.weights.append((rows.get(place, {}), rows.get(side(place), {})))
        for place in (BEFORE, AFTER, ITSELF):
            self.weights.append((rows.get(place, {}),))
        self.stride = len(self.weights) * outcomes

    def __dealloc__(self):
        free(self.rows)
        free(self.parts)
        free(self.beside)
        free(self.known)

    cdef int tell(self, dict rows) except -1:
        """Lay out the weights of what is known beside the items."""
        cdef int row = 0, outcome
        self.told = {}
        self.beside = <int*>calloc(
            max(1, sum(map(len, rows.values()))) * <size_t>self.outcomes, sizeof(int)
        )
        if self.beside == NULL:
            raise MemoryError
        for place, names in rows.items():
            self.told[place] = dict(zip(names, range(row, row + len(names))))
            for weights in names.values():
                for outcome in range(self.outcomes):
                    self.beside[row * self.outcomes + outcome] = weights[outcome]
                row += 1
        return 0

    cdef int* row(self, Py_UCS4 sign) except NULL:
        cdef int index = 0 if sign == BOUNDARY else <int>sign - FIRST + 1
        if index >= self.room:
            self.grow(index + 1)
        if not self.known[index]:
            self.learn(sign, index)
        return self.rows + <Py_ssize_t>index * self.stride

    cdef int grow(self, int least) except -1:
        cdef int room = max(2 * self.room, least, 1024)
        cdef int* rows = <int*>calloc(<size_t>room * self.stride, sizeof(int))
        cdef char* known = <char*>calloc(room, 1)
        if rows == NULL or known == NULL:
            free(rows)
            free(known)
            raise MemoryError
        if self.room:
            memcpy(rows, self.rows, <size_t>self.room * self.stride * sizeof(int))
            memcpy(known, self.known, self.room)
        free(self.rows)
        free(self.known)
        self.rows, self.known, self.room = rows, known, room
        return 0

    cdef int learn(self, Py_UCS4 sign, int index) except -1:
        cdef int at, part
        cdef int* row
        cdef int* held
        cdef list parts = [
            self.part(atom) for atom in ((EDGE,) if sign == BOUNDARY else self.held(sign))
        ]
        row = self.rows + <Py_ssize_t>index * self.stride
        for part in parts:
            held = self.parts + <Py_ssize_t>part * self.stride
            for at in range(self.stride):
                row[at] += held[at]
        self.known[index] = 1
        return 0

    cdef int part(self, atom) except -1:
        """Give the place of an atom's row; make it when it is first asked for."""
        cdef int place, outcome
        cdef int* made
        known = self.places.get(atom)
        if known is not None:
            return known
        if self.atoms == self.space:
            made = <int*>realloc(
                self.parts, <size_t>max(2 * self.space, 256) * self.stride * sizeof(int)
            )
            if made == NULL:
                raise MemoryError
            self.parts, self.space = made, max(2 * self.space, 256)
        made = self.parts + <Py_ssize_t>self.atoms * self.stride
        for place in range(self.stride):
            made[place] = 0
        for place, tables in enumerate(self.weights):
            for table in tables:
                weights = table.get(atom)
                if weights is not None:
                    for outcome in range(self.outcomes):
                        made[place * self.outcomes + outcome] += weights[outcome]
        self.places[atom] = self.atoms
        self.atoms += 1
        return self.atoms - 1

    def of(self, str signs, int first, int item, int last, str within, more=(), facts=()):
        """Give the sum for each outcome; as :meth:`absift.weighing.sums.Sums.of`."""
        cdef int[64] total
        cdef int outcomes = self.outcomes, place, at, k
        cdef int* row
        cdef list held
        cdef PyObject* names
        cdef PyObject* known
        if outcomes > 64:
            raise ValueError("more than 64 outcomes")
        for k in range(outcomes):
            total[k] = 0
        for place in range(2 * REACH):
            at = item - REACH + place + (place >= REACH)
            row = self.row(signs[at] if first <= at < last else BOUNDARY) + place * outcomes
            for k in range(outcomes):
                total[k] += row[k]
        if self.looks_far:
            for at in range(max(first, item - FARTHEST), item):
                row = self.row(signs[at]) + 2 * REACH * outcomes
                for k in range(outcomes):
                    total[k] += row[k]
            for at in range(item + 1, min(last, item + 1 + FARTHEST)):
                row = self.row(signs[at]) + (2 * REACH + 1) * outcomes
                for k in range(outcomes):
                    total[k] += row[k]
        for at in range(len(within)):
            row = self.row(within[at]) + (2 * REACH + 2) * outcomes
            for k in range(outcomes):
                total[k] += row[k]
        for held in more:
            for k in range(outcomes):
                total[k] += held[k]
        for where, name in facts:
            names = PyDict_GetItemWithError(self.told, where)
            if names == NULL:
                continue
            known = PyDict_GetItemWithError(<object>names, name)
            if known != NULL:
                row = self.beside + <Py_ssize_t><object>known * outcomes
                for k in range(outcomes):
                    total[k] += row[k]
        return [total[k] for k in range(outcomes)]
