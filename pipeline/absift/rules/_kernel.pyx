# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""The compiled matcher: what :mod:`absift.rules.group` does with :mod:`re`, several times as fast.

It finds the same matches in the same order. Where it can't be built, Python does the work.
"""

import sys

from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Realloc
from libc.stdint cimport uint16_t, uint64_t
from libc.string cimport memcpy, memset

from absift.rules._machine cimport Matcher, numbers, wide

from absift.rules.compiled import NOTHING, Hit
from absift.rules.index import STRIDE

new_tuple = tuple.__new__

# The needs that a rule can have, each a level.
cdef enum:
    LEVELS = 4
    ROWS = 5

if STRIDE != LEVELS:
    raise ImportError("the compiled matcher was built for another number of needs")

cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define absift_lowest(bits) __builtin_ctzll(bits)
    #else
    static int absift_lowest(unsigned long long bits) {
        int place = 0;
        while (!(bits & 1)) { bits >>= 1; place++; }
        return place;
    }
    #endif
    """
    int lowest "absift_lowest" (uint64_t bits) noexcept nogil


cdef class RuleMatcher:
    """One rule: its pattern and what must stand around it.

    Args:
        machine: What runs it.
        rule: The rule.
        place: The place of the rule among those of its kind.
        main: The program of its pattern.
        span: The group of its span; ``None`` for all of the match.
        about: The group of ``SPAN``; ``None`` where it stands for nothing.
        names: The groups that are captures.
        before: Whether it is wanted, the program, and how far back it begins at most.
        sentence: Whether it is wanted, and the program.
    """

    cdef object rule
    cdef object place
    cdef Matcher main
    cdef int span, about
    cdef tuple names
    cdef list before, sentence

    def __init__(self, machine, rule, place, main, span, about, names, before, sentence):
        self.rule, self.place, self.main = rule, place, Matcher(machine, main)
        groups = main.groups
        self.span = -1 if span is None else groups[span]
        self.about = -1 if about is None else groups[about]
        self.names = tuple((name, groups[name]) for name in names)
        self.before = [(wanted, Matcher(machine, one), most) for wanted, one, most in before]
        self.sentence = [(wanted, Matcher(machine, one)) for wanted, one in sentence]

    cdef bint fits(self, const uint16_t* signs, int begin, int end) except -1:
        """Tell whether the sentence ``begin`` to ``end`` holds what it must, and not what not."""
        cdef Matcher one
        cdef bint wanted
        for wanted, one in self.sentence:
            if (one.search(signs, begin, end, end) >= 0) != wanted:
                return False
        return True

    cdef int collect(self, list found, const uint16_t* signs, int start, int begin) except -1:
        """Add the hit of the match that was just found to begin at ``start``, if it is one."""
        cdef Matcher main = self.main
        cdef int first = start, last = main.stop
        if self.span >= 0:
            first, last = main.registers[self.span], main.registers[self.span + 1]
        if first < last and self.stands(signs, start, begin):
            found.append(self.hit(first, last))
        return 0

    cdef bint stands(self, const uint16_t* signs, int first, int begin) except -1:
        cdef Matcher one
        cdef bint wanted
        cdef int most
        for wanted, one, most in self.before:
            if (one.search(signs, max(begin, first - most), first, first) >= 0) != wanted:
                return False
        return True

    cdef object hit(self, int first, int last):
        cdef int register, start, stop
        cdef int* registers = self.main.registers
        captures = NOTHING
        if self.names:
            captures = {}
            for name, register in self.names:
                start, stop = registers[register], registers[register + 1]
                if start < stop:
                    captures[name] = (start, stop)
        at = registers[self.about] if self.about >= 0 else -1
        # As a named tuple makes itself, without going through Python for each.
        return new_tuple(Hit, (self.rule, first, last, captures, at, self.place))


cdef class GroupMatcher:
    """Rules that are tried together on the sentences of a sheet.

    Args:
        index: What a sentence must hold for them.
        first: The place of the first rule in the index.
        size: How many rules.
        make: Gives the :class:`RuleMatcher` of a rule, when it is first tried.
    """

    cdef object index, make
    cdef int first, size, words
    # For each signature, level by level, the rules whose need it meets, and behind these the
    # rules whose matches can begin with it; then what needs nothing.
    cdef uint64_t* met
    cdef unsigned char* known
    cdef int room
    cdef uint64_t* free
    # The rules, ``None`` for one that is to be made when it is first tried, and those made.
    cdef list rules
    cdef uint64_t* made
    cdef dict sections
    # Whether a rule is being matched: what matching works with is there only once.
    cdef bint busy

    def __cinit__(self, index, int first, int size, make):
        self.index, self.make = index, make
        self.first, self.size = first, size
        self.words = (size + 63) // 64
        self.free = <uint64_t*>PyMem_Calloc(LEVELS * self.words + 1, sizeof(uint64_t))
        self.made = <uint64_t*>PyMem_Calloc(self.words + 1, sizeof(uint64_t))
        if self.free == NULL or self.made == NULL:
            raise MemoryError
        self.rules = [None] * size
        self.sections = {}
        self.spread(index.free, self.free)

    def __dealloc__(self):
        PyMem_Free(self.met)
        PyMem_Free(self.known)
        PyMem_Free(self.free)
        PyMem_Free(self.made)

    def forget(self, int place):
        """Make a rule anew when it is next tried."""
        self.rules[place] = None
        self.made[place >> 6] &= ~((<uint64_t>1) << (place & 63))

    cdef int make_rules(self, const uint64_t* wanted) except -1:
        """Make those of some rules that aren't yet."""
        cdef int i, rule, sign
        cdef uint64_t bit, bits
        cdef RuleMatcher one
        for i in range(self.words):
            bits = wanted[i] & ~self.made[i]
            while bits:
                rule = 64 * i + lowest(bits)
                bit = (<uint64_t>1) << (rule & 63)
                bits &= bits - 1
                one = self.rules[rule] = self.make(rule)
                self.made[i] |= bit
                for sign in range(self.room):
                    if self.known[sign]:
                        self.begin(sign, i, bit, one)
        return 0

    cdef void begin(self, int sign, int i, uint64_t bit, RuleMatcher one) noexcept:
        """Note whether a match of a rule can begin with a signature."""
        cdef uint64_t* row = &self.met[(<size_t>sign * ROWS + LEVELS) * self.words]
        if one.main.may_begin(sign):
            row[i] |= bit
        else:
            row[i] &= ~bit

    cdef int spread(self, bits, uint64_t* levels) except -1:
        """Take the bits of the index apart, level by level."""
        cdef int rule, level, bit
        cdef bytes held = (bits >> (self.first * LEVELS)).to_bytes(
            max(1, (bits.bit_length() + 7) // 8), "little"
        )
        cdef const unsigned char* data = <const unsigned char*>PyBytes_AS_STRING(held)
        for rule in range(self.size):
            for level in range(LEVELS):
                bit = rule * LEVELS + level
                if bit < 8 * len(held) and data[bit >> 3] >> (bit & 7) & 1:
                    levels[level * self.words + (rule >> 6)] |= (<uint64_t>1) << (rule & 63)
        return 0

    cdef int learn(self, int sign) except -1:
        """Ask the index what a signature meets."""
        cdef int grown, rule
        cdef size_t row = ROWS * self.words
        if sign >= self.room:
            grown = sign + 256
            met = <uint64_t*>PyMem_Realloc(
                self.met, grown * row * sizeof(uint64_t)
            )
            if met == NULL:
                raise MemoryError
            self.met = met
            known = <unsigned char*>PyMem_Realloc(self.known, grown)
            if known == NULL:
                raise MemoryError
            self.known = known
            memset(&self.known[self.room], 0, grown - self.room)
            self.room = grown
        memset(&self.met[sign * row], 0, row * sizeof(uint64_t))
        self.spread(self.index.met(chr(sign)), &self.met[sign * row])
        for rule in range(self.size):
            if self.rules[rule] is not None:
                self.begin(sign, rule >> 6, (<uint64_t>1) << (rule & 63), self.rules[rule])
        self.known[sign] = 1
        return 0

    cdef const uint64_t* allowed(self, str section) except NULL:
        """Give the rules that may match in a section."""
        made = self.sections.get(section)
        if made is None:
            bits = self.index.in_section(section) >> (self.first * LEVELS)
            held = sum(
                1 << rule for rule in range(self.size) if bits >> (rule * LEVELS) & 1
            )
            made = self.sections[section] = b"".join(
                (held >> 64 * i & 0xFFFFFFFFFFFFFFFF).to_bytes(8, sys.byteorder)
                for i in range(self.words)
            )
        return <const uint64_t*>PyBytes_AS_STRING(made)

    cdef int look(
        self, uint64_t* met, const uint16_t* signs, int begin, int end
    ) except -1:
        """Leave in ``met`` the rules whose needs a sentence meets."""
        cdef int place, i
        cdef int width = LEVELS * self.words
        cdef const uint64_t* row
        memcpy(met, self.free, width * sizeof(uint64_t))
        for place in range(begin, end):
            if signs[place] >= self.room or not self.known[signs[place]]:
                self.learn(signs[place])
            row = &self.met[<size_t>signs[place] * ROWS * self.words]
            for i in range(width):
                met[i] |= row[i]
        for i in range(self.words):
            met[i] &= (
                met[self.words + i]
                & met[2 * self.words + i]
                & met[3 * self.words + i]
            )
        return 0

    def hits(self, str text, list ranges, list sections):
        """Give the matches in the sentences of a sheet, sentence by sentence.

        Args:
            text: The signatures of the sheet.
            ranges: The first item of each sentence and the one behind it.
            sections: The section of each; ``None`` to try all rules in all.

        Returns:
            The matches; ``None`` in what interrupts the matching of a rule, a signal's handler
            or another thread that runs during it: Python must do that work.
        """
        # Of this call alone: making rules, another thread may call in between.
        cdef bytearray room = bytearray(LEVELS * self.words * sizeof(uint64_t))
        cdef uint64_t* met = <uint64_t*>PyByteArray_AS_STRING(room)
        held = wide(text)
        cdef const uint16_t* signs = numbers(held)
        cdef const uint64_t* allowed
        cdef uint64_t some
        cdef int begin, end, i
        found = []
        for place, (begin, end) in enumerate(ranges):
            self.look(met, signs, begin, end)
            if sections is not None:
                allowed = self.allowed(sections[place])
                for i in range(self.words):
                    met[i] &= allowed[i]
            some = 0
            for i in range(self.words):
                some |= met[i]
            if not some:
                continue
            self.make_rules(met)
            if self.busy:
                return None
            self.busy = True
            try:
                self.match(found, met, signs, begin, end)
            finally:
                self.busy = False
        return found

    cdef int match(
        self, list found, uint64_t* met, const uint16_t* signs, int begin, int end
    ) except -1:
        """Add the hits of the rules in ``met`` in a sentence, item by item."""
        cdef int place, i, rule
        cdef uint64_t bits, bit
        cdef uint64_t* asked = &met[self.words]
        cdef RuleMatcher one
        # Of which rules it was asked whether the sentence is such as they want it.
        memset(asked, 0, self.words * sizeof(uint64_t))
        for place in range(begin, end):
            for i in range(self.words):
                bits = met[i] & self.met[(<size_t>signs[place] * ROWS + LEVELS) * self.words + i]
                while bits:
                    rule = 64 * i + lowest(bits)
                    bit = (<uint64_t>1) << (rule & 63)
                    bits &= bits - 1
                    one = self.rules[rule]
                    if one is None:
                        # Forgotten by another thread, as a signal's handler let it run.
                        one = self.rules[rule] = self.make(rule)
                    if not one.main.matches(signs, place, end):
                        continue
                    if one.sentence and not asked[i] & bit:
                        asked[i] |= bit
                        if not one.fits(signs, begin, end):
                            met[i] &= ~bit
                            continue
                    # From each item on, not from the match's end: matches may overlap.
                    one.collect(found, signs, place, begin)
        return 0
