from diary.models.halves import USUAL_ALLOWANCE, HalfDay, HalfDayQuerySet, LeaderYear, WhichHalf
from diary.models.terms import Closure, TermDate

__all__ = ["USUAL_ALLOWANCE", "Closure", "HalfDay", "HalfDayQuerySet", "LeaderYear", "TermDate", "WhichHalf"]
