"""Decide by weights of the words around a place what rules alone leave open."""
