"""Exact, offline extraction of figures and harms from abstracts of clinical studies."""

from absift._version import __version__

__all__ = ["__version__"]
