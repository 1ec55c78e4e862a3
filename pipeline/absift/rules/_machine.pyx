# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""A backtracking machine that runs the programs of :mod:`absift.rules.program`."""

from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING
from cpython.exc cimport PyErr_CheckSignals
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.string cimport memset

from absift.rules.program import Code

cdef enum:
    ACCEPT, SET, GAP, LAZY_GAP, SPLIT, JUMP, SAVE, START, END, LOOK, ENTER, LOOP, LAZY_LOOP, AGAIN

# Signatures begin behind it; what stands below is the boundary and counts as one.
cdef enum:
    BASE = 0xFF

if [code.value for code in Code] != list(range(AGAIN + 1)):
    raise ImportError("the machine was built for other programs")


cdef inline bint holds(const Set* held, int sign) noexcept nogil:
    cdef int bit = sign - BASE if sign > BASE else 0
    return (held.bits[bit >> 3] >> (bit & 7)) & 1 if bit < held.size else held.beyond


cdef inline bint foretells(
    const Step* step, const Set* sets, const uint16_t* signs, int place, int end
) noexcept nogil:
    """Tell whether what a step chooses or looks for can begin at a place."""
    return step.z == 0 or (place < end and holds(&sets[step.z - 1], signs[place]))


cdef inline void skip(
    const Step* gap, const Set* sets, const uint16_t* signs, int* place, int* left, int end
) noexcept nogil:
    """Go on to where the set behind a gap holds: to go back for each item takes much longer."""
    if gap[1].code != SET:
        return
    while left[0] and not (place[0] < end and holds(&sets[gap[1].x], signs[place[0]])):
        if gap.code == GAP:
            place[0] -= 1
        elif place[0] < end and holds(&sets[gap.x], signs[place[0]]):
            place[0] += 1
        else:
            return
        left[0] -= 1


cdef object wide(str text):
    """Give what holds the signatures of a sheet as numbers of two bytes."""
    cdef Py_ssize_t i
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    if kind == 2:
        return text
    made = bytearray(2 * len(text))
    cdef uint16_t* signs = <uint16_t*>PyByteArray_AS_STRING(made)
    for i in range(len(text)):
        signs[i] = <uint16_t>PyUnicode_READ(kind, data, i)
    return made


cdef const uint16_t* numbers(object held):
    """Give the numbers that :func:`wide` made, as long as it is kept."""
    if isinstance(held, str):
        return <const uint16_t*>PyUnicode_DATA(held)
    return <const uint16_t*>PyByteArray_AS_STRING(held)


cdef Set taken(bytes row, bint beyond):
    return Set(<const unsigned char*>PyBytes_AS_STRING(row), 8 * len(row), beyond)


cdef bytes union(list sets):
    """Give the bits of what any of some sets holds."""
    made = bytearray(max(len(row) for row, _ in sets))
    for row, negated in sets:
        for i in range(len(made)):
            made[i] |= row[i] if i < len(row) else 255 * negated
    return bytes(made)


cdef class Machine:
    """Runs programs; keeps what they share: memory to go back, and sets of signatures."""

    def __cinit__(self):
        self.rows = {}
        self.room = 1024
        self.choices = <Choice*>PyMem_Malloc(self.room * sizeof(Choice))
        if self.choices == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.choices)

    cdef bytes row(self, tuple signs):
        """Give a set as bits, one a signature; sets that are alike share them."""
        made = self.rows.get(signs)
        if made is None:
            ranges, negated = signs
            most = max(last for _, last in ranges)
            bits = bytearray((max(most - BASE, 0) + 8) // 8)
            for first, last in ranges:
                for bit in range(max(first - BASE, 0), max(last - BASE, 0) + 1):
                    bits[bit >> 3] |= 1 << (bit & 7)
            made = self.rows[signs] = bytes(byte ^ 255 for byte in bits) if negated else bytes(bits)
        return made

    cdef int push(self, int step, int place, int left) except -1:
        if self.top == self.room:
            grown = <Choice*>PyMem_Realloc(self.choices, 2 * self.room * sizeof(Choice))
            if grown == NULL:
                raise MemoryError
            self.choices = grown
            self.room *= 2
        self.choices[self.top] = Choice(step, place, left)
        self.top += 1
        return 0

    cdef int keep(self, int* registers, int which, int value) except -1:
        """Set a register, so that going back gives it what it held."""
        self.push(-1 - which, registers[which], 0)
        registers[which] = value
        return 0

    cdef void settle(self, int base) noexcept:
        """Forget where to go back to, but not what registers held."""
        cdef int i
        cdef int kept = base
        for i in range(base, self.top):
            if self.choices[i].step < 0:
                self.choices[kept] = self.choices[i]
                kept += 1
        self.top = kept

    cdef int run(
        self, const Step* steps, const Set* sets, int* registers,
        const uint16_t* signs, int at, int place, int end,
    ) except -2:
        """Match from a step and a place on; give the place behind the match, -1 without one."""
        cdef int base = self.top
        cdef int taken, found
        cdef const Step* step
        cdef Choice choice
        while True:
            step = &steps[at]
            if step.code == SET:
                if place < end and holds(&sets[step.x], signs[place]):
                    place += 1
                    at += 1
                    continue
            elif step.code == GAP or step.code == LAZY_GAP:
                taken = step.y if step.code == LAZY_GAP else step.z
                found = 0
                while found < taken and place + found < end and holds(
                    &sets[step.x], signs[place + found]
                ):
                    found += 1
                if found >= step.y:
                    place += found
                    taken = step.z - found if step.code == LAZY_GAP else found - step.y
                    skip(step, sets, signs, &place, &taken, end)
                    if taken:
                        self.push(at, place, taken)
                    at += 1
                    continue
            elif step.code == SPLIT:
                if foretells(step, sets, signs, place, end):
                    self.push(at + step.y, place, -1)
                    at += step.x
                else:
                    at += step.y
                continue
            elif step.code == JUMP:
                at += step.x
                continue
            elif step.code == SAVE:
                if self.top:
                    self.keep(registers, step.x, place)
                else:
                    # There is nothing to go back to.
                    registers[step.x] = place
                at += 1
                continue
            elif step.code == ACCEPT:
                self.settle(base)
                return place
            elif step.code == START:
                if place > 0 and signs[place - 1] == BOUNDARY:
                    at += 1
                    continue
            elif step.code == END:
                if place == end:
                    at += 1
                    continue
            elif step.code == LOOK:
                found = foretells(step, sets, signs, place, end)
                # One item of a set, as mostly, is told by that alone.
                if found and not (step.z and step[1].code == SET and step[2].code == ACCEPT):
                    found = self.run(steps, sets, registers, signs, at + 1, place, end) >= 0
                if found == step.y:
                    at += step.x
                    continue
            elif step.code == ENTER:
                self.keep(registers, step.x, 0)
                self.keep(registers, step.x + 1, -1)
                at += 1
                continue
            elif step.code == LOOP or step.code == LAZY_LOOP:
                taken = registers[steps[at + 1].x]
                # Nothing, taken once more, would be taken for ever.
                if taken >= step.z or (
                    taken >= step.y and registers[steps[at + 1].x + 1] == place
                ):
                    at += step.x
                elif taken < step.y:
                    at += 1
                elif step.code == LOOP:
                    self.push(at + step.x, place, -1)
                    at += 1
                else:
                    self.push(at + 1, place, -1)
                    at += step.x
                continue
            else:
                if registers[step.x] >= step.y:
                    self.keep(registers, step.x + 1, place)
                self.keep(registers, step.x, registers[step.x] + 1)
                at += 1
                continue
            while True:
                if self.top == base:
                    return -1
                self.returns += 1
                if self.returns & 0xFFFF == 0:
                    # A pattern that takes long can be stopped: Ctrl-C, a record's time limit.
                    PyErr_CheckSignals()
                self.top -= 1
                choice = self.choices[self.top]
                if choice.step < 0:
                    registers[-1 - choice.step] = choice.place
                    continue
                at, place, taken = choice.step, choice.place, choice.left
                if taken < 0:
                    break
                step = &steps[at]
                if step.code == GAP:
                    place -= 1
                elif place < end and holds(&sets[step.x], signs[place]):
                    place += 1
                else:
                    continue
                taken -= 1
                skip(step, sets, signs, &place, &taken, end)
                if taken:
                    self.push(at, place, taken)
                at += 1
                break


cdef class Matcher:
    """One expression, ready to search with."""

    def __cinit__(self, Machine machine, program):
        cdef int i
        self.machine = machine
        self.groups = program.groups
        self.size = program.registers
        self.rows = [machine.row(signs) for signs in program.sets]
        self.steps = <Step*>PyMem_Calloc(len(program.steps), sizeof(Step))
        self.sets = <Set*>PyMem_Calloc(len(self.rows) + 1, sizeof(Set))
        self.registers = <int*>PyMem_Calloc(self.size + 1, sizeof(int))
        if self.steps == NULL or self.sets == NULL or self.registers == NULL:
            raise MemoryError
        for i, (code, x, y, z) in enumerate(program.steps):
            self.steps[i] = Step(code, x, y, z)
        for i, row in enumerate(self.rows):
            self.sets[i] = taken(row, program.sets[i][1])
        self.has_first = bool(program.first)
        if self.has_first:
            first = [(self.rows[which], program.sets[which][1]) for which in program.first]
            row = union(first)
            self.rows.append(row)
            self.first = taken(row, any(negated for _, negated in first))

    def __dealloc__(self):
        PyMem_Free(self.steps)
        PyMem_Free(self.sets)
        PyMem_Free(self.registers)

    cdef int search(self, const uint16_t* signs, int begin, int last, int end) except -2:
        """Find where the first match begins, from ``begin`` to ``last``; -1 if there is none."""
        cdef int place
        for place in range(begin, last + 1):
            if self.has_first and (place == end or not holds(&self.first, signs[place])):
                continue
            if self.matches(signs, place, end):
                return place
        return -1

    cdef bint matches(self, const uint16_t* signs, int place, int end) except -1:
        """Tell whether there is a match that begins at a place."""
        memset(self.registers, -1, self.size * sizeof(int))
        self.machine.top = 0
        self.stop = self.machine.run(self.steps, self.sets, self.registers, signs, 0, place, end)
        return self.stop >= 0

    cdef bint may_begin(self, int sign) noexcept:
        """Tell whether a match can begin with a signature."""
        return not self.has_first or holds(&self.first, sign)

    def spans(self, str text, int begin, int end):
        """Give the spans of the first match and its groups, as re would; ``None`` if none."""
        held = wide(text)
        cdef int start = self.search(numbers(held), begin, end, end)
        if start < 0:
            return None
        named = {
            name: (self.registers[first], self.registers[first + 1])
            for name, first in self.groups.items()
        }
        return (start, self.stop), named
