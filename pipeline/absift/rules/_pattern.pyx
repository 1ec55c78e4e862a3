# cython: language_level=3, boundscheck=False, wraparound=False
"""Patterns over signatures that the compiled machine runs; see :mod:`absift.rules.pattern`."""

import re
import sys

from absift.rules._machine cimport Matcher, numbers, wide

from absift.rules._machine import Machine
from absift.rules.program import program

cdef Py_ssize_t FARTHEST = sys.maxsize


cdef class Found:
    """Where a match and its groups are."""

    cdef dict groups
    cdef tuple registers
    cdef int first, last

    cdef int place(self, group, int which) except -2:
        if group == 0:
            return self.last if which else self.first
        if group not in self.groups:
            raise IndexError("no such group")
        return self.registers[<int>self.groups[group] + which]

    def start(self, group=0):
        return self.place(group, 0)

    def end(self, group=0):
        return self.place(group, 1)

    def span(self, group=0):
        return self.place(group, 0), self.place(group, 1)


cdef class Pattern:
    """A pattern; its matchers are made when they are first needed.

    Args:
        source: The expression.
    """

    cdef str source
    cdef Matcher part, whole
    # Whether a match is being looked for: what that works with is there only once.
    cdef bint busy

    def __init__(self, str source):
        self.source = source

    @property
    def groupindex(self):
        # Numbered in the order in which they open, as re does.
        return {name: place for place, name in enumerate(self.matcher(False).groups, 1)}

    cdef Matcher matcher(self, bint full):
        if full:
            if self.whole is None:
                self.whole = Matcher(Machine(), program(rf"(?:{self.source})\Z"))
            return self.whole
        if self.part is None:
            self.part = Matcher(Machine(), program(self.source))
        return self.part

    cdef object find(self, str signs, Py_ssize_t begin, Py_ssize_t end, bint here, bint full):
        cdef Matcher matcher
        cdef Found found
        cdef int start, size = len(signs), first, last
        last = size if end > size else max(end, 0)
        first = size if begin > size else max(begin, 0)
        if first > last:
            return None
        if self.busy:
            # What interrupts the search, a signal's handler or another thread, looks by itself.
            other = re.compile(self.source)
            return (other.fullmatch if full else other.match if here else other.search)(
                signs, first, last
            )
        matcher = self.matcher(full)
        held = wide(signs)
        self.busy = True
        try:
            start = matcher.search(numbers(held), first, first if here else last, last)
            if start < 0:
                return None
            found = Found.__new__(Found)
            found.first, found.last, found.groups = start, matcher.stop, matcher.groups
            if matcher.groups:
                found.registers = tuple(matcher.registers[i] for i in range(matcher.size))
            return found
        finally:
            self.busy = False

    def search(self, str signs, Py_ssize_t begin=0, Py_ssize_t end=FARTHEST):
        return self.find(signs, begin, end, False, False)

    def match(self, str signs, Py_ssize_t begin=0, Py_ssize_t end=FARTHEST):
        return self.find(signs, begin, end, True, False)

    def fullmatch(self, str signs, Py_ssize_t begin=0, Py_ssize_t end=FARTHEST):
        return self.find(signs, begin, end, True, True)

    def finditer(self, str signs, Py_ssize_t begin=0, Py_ssize_t end=FARTHEST):
        begin, end = min(begin, len(signs)), max(min(end, len(signs)), 0)
        while begin <= end:
            found = self.find(signs, begin, end, False, False)
            if found is None:
                return
            yield found
            # As re does, which never finds nothing behind nothing.
            begin = found.end() if found.end() > found.start() else found.end() + 1
