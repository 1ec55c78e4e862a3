"""Which figures belong together, and which contradict each other."""
