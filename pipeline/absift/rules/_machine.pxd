from libc.stdint cimport uint16_t

cdef enum:
    BOUNDARY = 10

cdef struct Step:
    int code, x, y, z

# A set of signatures: a bit for each of the first ones, and what holds for those beyond.
cdef struct Set:
    const unsigned char* bits
    int size
    int beyond

# What to go back to: a step, a place, and how many items a gap may take or give up from there;
# or, where ``step`` is negative, what a register held.
cdef struct Choice:
    int step, place, left

cdef object wide(str text)
cdef const uint16_t* numbers(object held)

cdef class Machine:
    cdef Choice* choices
    cdef int top, room
    cdef unsigned int returns
    cdef dict rows

    cdef bytes row(self, tuple signs)
    cdef int push(self, int step, int place, int left) except -1
    cdef int keep(self, int* registers, int which, int value) except -1
    cdef void settle(self, int base) noexcept
    cdef int run(
        self, const Step* steps, const Set* sets, int* registers,
        const uint16_t* signs, int at, int place, int end,
    ) except -2

cdef class Matcher:
    cdef Machine machine
    cdef list rows
    cdef Step* steps
    cdef Set* sets
    cdef int* registers
    cdef int size
    # Behind the last match that ``search`` found; ``registers`` are those of it, too.
    cdef int stop
    # The set that holds the first item of every match, where that can be told.
    cdef Set first
    cdef bint has_first
    cdef readonly dict groups

    cdef int search(self, const uint16_t* signs, int begin, int last, int end) except -2
    cdef bint matches(self, const uint16_t* signs, int place, int end) except -1
    cdef bint may_begin(self, int sign) noexcept
