"""Runs over many abstracts: counting, rejecting, writing."""
