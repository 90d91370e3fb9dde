"""What the people of the demo's projects write. All invented."""

from typing import Any

NEEDS = "Pupils in lower Key Stage 2 read less well than they did. Two teachers are new to the phase, and the scheme is taught differently in each class."
REPORT: dict[str, Any] = {
    "findings": "Results fell over two years while those of similar schools rose. Leaders know the reason and have a plan, but no one to carry it.",
    "tried_already": "A new scheme, bought in September. Nobody was trained to lead it, so it is used in three different ways.",
    "inspection_risk": "An inspection is likely within the year. Early reading would be looked at closely.",
    "recommendation": "A leader who coaches the reading lead for a term, and a national leader who meets the head each month.",
}
VIEW = "The need is clear and the report is open about what did not work. A coach fits better than another scheme."
VIEW_ON_PLAN = "Two objectives that can be measured, and an owner for each. It is what the report asked for."
RATIONALE = "We recommend a small team. Coaching has worked in two schools like this one."
LEAD_REMIT = "Leads the team, meets the head each month and keeps the plan on course."
COACH_REMIT = "Coaches the reading lead: watches lessons, teaches together, plans with the team."
READINESS: dict[str, dict[str, tuple[str, str]]] = {
    "school": {
        "purpose": ("YES", "More children who can do it by the summer, and a lead who carries it on. Governors agreed it in September."),
        "trust": ("PARTLY", "I am. Two of my teachers have had visitors before who only judged."),
        "capacity": ("NOT_YET", "Our subject lead also runs the early years. We have not found anybody to take that over."),
        "evidence": ("YES", "Our termly assessment, and books from every class."),
        "people": ("PARTLY", "Governors know. I want to tell all staff together with the leaders."),
        "time": ("PARTLY", "The days are in the diary. Cover for two of them is not found."),
        "lasting": ("NOT_YET", "It is too early for us to say."),
    },
    "leader": {
        "purpose": ("YES", "Teach it one way in every class, and have somebody at the school who keeps it up."),
        "trust": ("YES", "We spoke about it with the head on the telephone."),
        "capacity": ("YES", "My deputy runs the school on these days and has done so before."),
        "evidence": ("PARTLY", "I would like to hear pupils before I look at figures."),
        "people": ("PARTLY", "I know the head and the subject lead, and nobody else yet."),
        "time": ("YES", "Released, with an hour after each visit to write."),
        "lasting": ("YES", "A visit every two weeks at first, then every four. The subject lead takes the last ones."),
    },
}
"""Side → theme → place and words."""
MEETING = {
    "focus": "Reading in Years 3 and 4. The head, the reading lead and both leaders take part.",
    "outcomes": "More pupils at the expected standard, and a reading lead who needs no coach.",
    "funding": "The school pays from its improvement budget.",
    "visits": "Every two weeks for a term, half a day each.",
    "access": "The reading lead is released on visit days.",
    "expectations": "Pupils are not named. Notes are short and come within five working days.",
}
OBJECTIVES = [
    (
        "More pupils in Years 3 and 4 read at the expected standard",
        "Pupils at the expected standard in the termly assessment",
        "58 %",
        "72 %",
        "Deputy head",
    ),
    (
        "Every class teaches reading in the same way",
        "Lessons that follow the agreed routine, of those watched",
        "2 of 8",
        "8 of 8",
        "Reading lead",
    ),
]
SCHEDULE = "A visit every two weeks, the first together with the head. A review halfway through."
EXIT = "Either side may end the work with a month’s notice. What is planned is handed to the reading lead in writing."
NOTES = [
    {
        "action_taken": "Watched three reading lessons with the reading lead and planned the next fortnight together.",
        "impact": "Two classes already start in the same calm way. The third needs a model to follow.",
        "next_steps": "The reading lead teaches a model lesson; we watch it together.",
    },
    {
        "action_taken": "Watched the model lesson, then coached the reading lead on her feedback.",
        "impact": "All four teachers now use the routine. Pupils talk about what they read.",
        "next_steps": "Look at the assessment together, and decide whom to coach next.",
    },
]
EVIDENCE = ["Termly assessment: 64 % at the expected standard.", "Six of eight lessons follow the routine."]
EVALUATION: dict[str, Any] = {
    "impact_on_supporting": "Our supporting school took the lesson routine home, and a second leader there now coaches too.",
    "sustained_by": "The reading lead meets each teacher every half term. The routine is part of how new colleagues start.",
    "achievements": "Seventy-one per cent at the expected standard, and a team that plans together.",
    "challenges": "Finding time. We moved two assemblies so that the coaching could happen in the morning.",
    "next_steps": "Carry the routine into Year 5 from September, led by our own reading lead.",
}
CLAUSES = [
    (
        "Confidentiality",
        "What the parties learn of each other stays between them. Pupils are not named in anything that is written. What is published needs every school’s consent.",
    ),
    ("Safeguarding", "Leaders follow the safeguarding policy of the school they visit, and report to its designated lead."),
    ("Liability and insurance", "Each school insures its own staff, wherever they work under this agreement."),
    ("Changes", "Days, objectives and costs change by a new version of this agreement, signed by all parties."),
]
