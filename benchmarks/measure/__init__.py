"""What speed.py measures: one module a part, and what the parts share."""
