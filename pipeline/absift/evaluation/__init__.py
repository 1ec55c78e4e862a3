"""Scores of predicted records against gold records."""
