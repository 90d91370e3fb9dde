"""The readiness questions (P5) as they are asked: for the public page, and for projects."""

from website.readiness.questions import LEADER, SCHOOL, WORDS, Asked, Place, Questions, asked_now, in_language, questions_now

__all__ = ["LEADER", "SCHOOL", "WORDS", "Asked", "Place", "Questions", "asked_now", "in_language", "questions_now"]
