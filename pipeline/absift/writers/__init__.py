"""Writers: one module a format, each turning records into a file."""
