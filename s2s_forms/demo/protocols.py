"""The words of the demo's two protocols, and of the steps that both share."""

from __future__ import annotations

from typing import Any

from website.demo.text import T

NOTHING = T("", "")


def step(title: Any, icon: str, who: Any, text: Any, duration: Any = "", result: Any = "") -> dict[str, Any]:
    """One step; `text` is a paragraph."""
    return {"title": title, "icon": icon, "who": who, "text": text, "duration": duration, "result": result, "documents": []}


LISTEN = step(
    T("We listen", "Rydyn ni’n gwrando"),
    "listen",
    T("Our S2S lead", "Ein harweinydd cefnogaeth"),
    T(
        "We read your request, ring you, and say plainly what we can do and what it would cost. If somebody else is better placed, we tell you who.",
        "Rydyn ni’n darllen eich cais, yn eich ffonio, ac yn dweud yn blaen beth y gallwn ei wneud a beth fyddai’r gost. Os yw rhywun arall mewn gwell lle i helpu, dywedwn pwy.",
    ),
    T("Within two working days", "O fewn dau ddiwrnod gwaith"),
    T("You know whether we can help.", "Rydych chi’n gwybod a allwn ni helpu."),
)
LISTEN_BEFORE = T("We ring you", "Rydyn ni’n eich ffonio")
"""How the step was called until lately: cases from before still show it."""

CONCERN = step(
    T("Raising a concern", "Codi pryder"),
    "flag",
    T("Anyone, through the named lead", "Unrhyw un, drwy’r arweinydd a enwir"),
    T(
        "If something is not right, say so early. You and the alliance are told together, and it is followed until it is settled.",
        "Os nad yw rhywbeth yn iawn, dywedwch yn gynnar. Dywedir wrthych chi a’r gynghrair gyda’ch gilydd, a dilynir y mater nes ei setlo.",
    ),
    NOTHING,
    T(
        "The work goes on meanwhile, unless you or we decide to pause it.",
        "Mae’r gwaith yn parhau yn y cyfamser, oni bai eich bod chi neu ni’n penderfynu oedi.",
    ),
)

SHARED = {"listen": LISTEN, "concern": CONCERN}
"""Steps that both protocols show, by the name that stands in `steps` below."""

COMMISSIONING = {
    "title": T("Support for your school", "Cefnogaeth i’ch ysgol"),
    "slug": T("support-for-your-school", "cefnogaeth-ich-ysgol"),
    "introduction": T(
        "When a school wants to improve, the people who can help are often a few miles away. We find them, agree the work with you, and stay until it has made a difference.",
        "Pan fydd ysgol am wella, mae’r bobl a all helpu yn aml ychydig filltiroedd i ffwrdd. Rydyn ni’n dod o hyd iddyn nhw, yn cytuno ar y gwaith gyda chi, ac yn aros nes iddo wneud gwahaniaeth.",
    ),
    "protocol_key": "commissioning",
    "has_due_diligence": False,
    "has_working_group": False,
    "has_audit_visit": True,
    "money_route": "ALLIANCE_INVOICES",
    "contact_role": "s2s-lead",
    "steps": [
        step(
            T("Ask for support", "Gofyn am gefnogaeth"),
            "ask",
            T("You, or someone for you", "Chi, neu rywun ar eich rhan"),
            T(
                "A school, local authority, diocese, trust or another alliance tells us what is needed. You can save your answers and come back to them.",
                "Mae ysgol, awdurdod lleol, esgobaeth, ymddiriedolaeth neu gynghrair arall yn dweud wrthym beth sydd ei angen. Gallwch gadw’ch atebion a dod yn ôl atyn nhw.",
            ),
            T("Ten minutes", "Deng munud"),
            T(
                "You get a reference straight away, and a private page to follow your request.",
                "Cewch gyfeirnod ar unwaith, a thudalen breifat i ddilyn eich cais.",
            ),
        ),
        "listen",
        step(
            T("We look at the need together", "Edrychwn ar yr angen gyda’n gilydd"),
            "search",
            T("Our broker and your head", "Ein brocer a’ch pennaeth"),
            T(
                "We confirm what should change for pupils. Where it helps, an experienced leader spends half a day in school first; we agree beforehand who pays for that.",
                "Rydyn ni’n cadarnhau beth ddylai newid i ddisgyblion. Lle bo hynny’n helpu, mae arweinydd profiadol yn treulio hanner diwrnod yn yr ysgol yn gyntaf; cytunwn ymlaen llaw pwy sy’n talu am hynny.",
            ),
            T("About a week", "Tua wythnos"),
            T(
                "A timetable, the scope and the costs in writing, before anything starts.",
                "Amserlen, cwmpas a chostau yn ysgrifenedig, cyn i ddim ddechrau.",
            ),
        ),
        step(
            T("Your team", "Eich tîm"),
            "team",
            T("Our broker and you", "Ein brocer a chithau"),
            T(
                "We suggest leaders who fit your phase, place, need and way of working, and say why. You choose. Their own head agrees to release them.",
                "Rydyn ni’n awgrymu arweinwyr sy’n gweddu i’ch cyfnod, eich lle, eich angen a’ch ffordd o weithio, ac yn dweud pam. Chi sy’n dewis. Mae eu pennaeth eu hunain yn cytuno i’w rhyddhau.",
            ),
            T("About a week", "Tua wythnos"),
        ),
        step(
            T("A first meeting", "Cyfarfod cyntaf"),
            "meet",
            T("The named lead and your head", "Yr arweinydd a enwir a’ch pennaeth"),
            T(
                "The focus of the work, what will be different for pupils, how long and how often, and who is released when.",
                "Ffocws y gwaith, beth fydd yn wahanol i ddisgyblion, pa mor hir a pha mor aml, a phwy sy’n cael ei ryddhau pryd.",
            ),
            T("One visit", "Un ymweliad"),
            T("An action plan with measures, baselines and targets.", "Cynllun gweithredu gyda mesurau, llinellau sylfaen a thargedau."),
        ),
        step(
            T("Everyone signs", "Pawb yn llofnodi"),
            "sign",
            T("All parties", "Pob parti"),
            T(
                "One agreement with the action plan, each leader’s days, the costs and a way out. Everybody signs the same text, on screen.",
                "Un cytundeb gyda’r cynllun gweithredu, dyddiau pob arweinydd, y costau a ffordd allan. Mae pawb yn llofnodi’r un testun, ar sgrin.",
            ),
            T("A few days", "Ychydig ddyddiau"),
            T("Dates are fixed, and the work begins.", "Mae’r dyddiadau’n sefydlog, a’r gwaith yn dechrau."),
        ),
        step(
            T("The work", "Y gwaith"),
            "work",
            T("Your team", "Eich tîm"),
            T(
                "Visits with a clear purpose. After each one you get a short note: what was done, what it changed, what comes next. Midway we ask together whether it is working.",
                "Ymweliadau â phwrpas clir. Ar ôl pob un cewch nodyn byr: beth a wnaed, beth a newidiodd, beth sy’n dod nesaf. Hanner ffordd, gofynnwn gyda’n gilydd a yw’n gweithio.",
            ),
            T("Usually one or two terms", "Un neu ddau dymor fel arfer"),
        ),
        "concern",
        step(
            T("What has changed", "Beth sydd wedi newid"),
            "review",
            T("Your head, then our reviewers", "Eich pennaeth, yna ein hadolygwyr"),
            T(
                "You write the final review against each objective. Reviewers who had no part in the work read it. With your consent it becomes a story other schools can learn from.",
                "Chi sy’n ysgrifennu’r adolygiad terfynol yn erbyn pob amcan. Mae adolygwyr nad oedd â rhan yn y gwaith yn ei ddarllen. Gyda’ch caniatâd, daw’n stori y gall ysgolion eraill ddysgu ohoni.",
            ),
            T("Two weeks", "Pythefnos"),
            T("A plan for what comes after us.", "Cynllun ar gyfer yr hyn a ddaw ar ein hôl."),
        ),
    ],
    "closing": [
        T("What it costs", "Beth yw’r gost"),
        T(
            "Nobody works for nothing, and nothing starts before you have agreed the price. A specialist leader is £350 a day, a local leader £450 and a national leader £550; half days have their own price.",
            "Nid oes neb yn gweithio am ddim, ac nid oes dim yn dechrau cyn i chi gytuno ar y pris. Mae arweinydd arbenigol yn £350 y dydd, arweinydd lleol yn £450 ac arweinydd cenedlaethol yn £550; mae gan hanner diwrnod ei bris ei hun.",
        ),
    ],
}

FULL = {
    "title": T("The full support protocol", "Y protocol cefnogaeth llawn"),
    "slug": T("full-support-protocol", "protocol-cefnogaeth-llawn"),
    "introduction": T(
        "For schools in difficulty, or where several leaders work together over a year. It has more safeguards: a report before we begin, a working group of heads, and a clear way to raise a concern.",
        "Ar gyfer ysgolion mewn anhawster, neu lle mae sawl arweinydd yn cydweithio dros flwyddyn. Mae ganddo fwy o fesurau diogelu: adroddiad cyn i ni ddechrau, gweithgor o benaethiaid, a ffordd glir o godi pryder.",
    ),
    "protocol_key": "full",
    "has_due_diligence": True,
    "has_working_group": True,
    "has_audit_visit": False,
    "money_route": "SUPPORTING_SCHOOL_INVOICES",
    "contact_role": "s2s-lead",
    "steps": [
        step(
            T("A request comes in", "Daw cais i mewn"),
            "ask",
            T("A school, or whoever commissions support for it", "Ysgol, neu bwy bynnag sy’n comisiynu cefnogaeth iddi"),
            T(
                "The S2S lead reads it, declares any interest, and decides with the requester whether this protocol fits.",
                "Mae’r arweinydd cefnogaeth yn ei ddarllen, yn datgan unrhyw fuddiant, ac yn penderfynu gyda’r ceisydd a yw’r protocol hwn yn addas.",
            ),
            T("Two working days", "Dau ddiwrnod gwaith"),
        ),
        "listen",
        step(
            T("Due diligence", "Diwydrwydd dyladwy"),
            "search",
            T("Our broker", "Ein brocer"),
            T(
                "We look at results, inspection reports and the support already tried, and ask why it did not last. The report goes to the working group and to you.",
                "Edrychwn ar ganlyniadau, adroddiadau arolygu a’r gefnogaeth a gafwyd eisoes, a gofynnwn pam na pharhaodd. Mae’r adroddiad yn mynd i’r gweithgor ac atoch chi.",
            ),
            T("Two weeks", "Pythefnos"),
            T("A report that says what help is most likely to work.", "Adroddiad sy’n dweud pa gymorth sydd fwyaf tebygol o weithio."),
        ),
        step(
            T("The working group meets", "Y gweithgor yn cyfarfod"),
            "team",
            T("Heads who have no tie to your school", "Penaethiaid heb gysylltiad â’ch ysgol"),
            T(
                "They read the report and recommend the support. Anyone with an interest leaves the room. Their reasons are written down.",
                "Maen nhw’n darllen yr adroddiad ac yn argymell y gefnogaeth. Mae unrhyw un â buddiant yn gadael yr ystafell. Ysgrifennir eu rhesymau.",
            ),
            T("Every three weeks in term", "Bob tair wythnos yn ystod y tymor"),
        ),
        step(
            T("Leaders are matched", "Paru arweinwyr"),
            "team",
            T("Our broker, the leaders’ heads and you", "Ein brocer, penaethiaid yr arweinwyr a chithau"),
            T(
                "A named lead, specialists where they are needed, and a leader of governance if your governors want one. Both governing bodies are sent the arrangements.",
                "Arweinydd a enwir, arbenigwyr lle bo’u hangen, ac arweinydd llywodraethu os yw’ch llywodraethwyr am un. Anfonir y trefniadau at y ddau gorff llywodraethu.",
            ),
        ),
        step(
            T("The agreement", "Y cytundeb"),
            "sign",
            T("All parties", "Pob parti"),
            T(
                "The action plan, each leader’s remit and days, costs, exit arrangements and terms. The supporting school invoices yours directly.",
                "Y cynllun gweithredu, cylch gwaith a dyddiau pob arweinydd, costau, trefniadau gadael a thelerau. Mae’r ysgol gefnogol yn anfonebu’ch ysgol chi’n uniongyrchol.",
            ),
        ),
        step(
            T("Delivery, watched with care", "Cyflawni, dan ofal"),
            "work",
            T("Your team, the S2S lead", "Eich tîm, yr arweinydd cefnogaeth"),
            T(
                "Notes after each visit, progress reports to your governors and the local authority, and a review midway. The working group reads a random sample of notes.",
                "Nodiadau ar ôl pob ymweliad, adroddiadau cynnydd i’ch llywodraethwyr a’r awdurdod lleol, ac adolygiad hanner ffordd. Mae’r gweithgor yn darllen sampl ar hap o nodiadau.",
            ),
        ),
        "concern",
        step(
            T("Final review", "Adolygiad terfynol"),
            "review",
            T("Your head, then our reviewers", "Eich pennaeth, yna ein hadolygwyr"),
            T(
                "You judge each objective. The working group gives its view, reviewers approve, and the result is shared with the schools that took part, nobody else.",
                "Chi sy’n barnu pob amcan. Mae’r gweithgor yn rhoi ei farn, yr adolygwyr yn cymeradwyo, a rhennir y canlyniad â’r ysgolion a gymerodd ran, neb arall.",
            ),
        ),
        step(
            T("Next steps", "Camau nesaf"),
            "story",
            T("Your school", "Eich ysgol"),
            T(
                "A plan for keeping what was gained, and an invitation to help another school in turn.",
                "Cynllun i gadw’r hyn a enillwyd, a gwahoddiad i helpu ysgol arall yn ei thro.",
            ),
        ),
    ],
    "closing": [],
}

PROTOCOLS: list[dict[str, Any]] = [COMMISSIONING, FULL]
