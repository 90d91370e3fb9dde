"""Purposes of signed links that open a case."""

FOLLOW = "follow"
