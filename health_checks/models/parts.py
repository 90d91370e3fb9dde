"""Pieces that the models share."""

TEXT = 5000
"""Characters of a longer text."""
