"""Fitting of the weights in configs/weights."""
