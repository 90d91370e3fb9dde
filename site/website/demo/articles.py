"""The demo's articles on working school to school."""

from __future__ import annotations

from typing import Any

from website.demo import pictures
from website.demo.text import Rich, T

INDEX: dict[str, Any] = {
    "title": T("Working school to school", "Gweithio ysgol i ysgol"),
    "slug": T("working-school-to-school", "gweithio-ysgol-i-ysgol"),
    "introduction": T(
        "What we have learned about one school helping another, written by people who do it.",
        "Yr hyn a ddysgwyd gennym am un ysgol yn helpu un arall, gan bobl sy'n gwneud hynny.",
    ),
}

ARTICLES: list[dict[str, Any]] = [
    {
        "scene": pictures.table,
        "months_ago": 1,
        "author": "Halima Okafor",
        "title": T("The first meeting decides most of it", "Y cyfarfod cyntaf sy'n penderfynu'r rhan fwyaf"),
        "slug": T("the-first-meeting", "y-cyfarfod-cyntaf"),
        "introduction": T(
            "Before the first visit there is a first meeting. Five questions, answered honestly there, save a term later.",
            "Cyn yr ymweliad cyntaf mae cyfarfod cyntaf. Mae pum cwestiwn, o'u hateb yn onest yno, yn arbed tymor yn nes ymlaen.",
        ),
        "body": [
            (
                "paragraph",
                Rich(
                    T(
                        "Most of what goes wrong later could have been heard in the first meeting: a head who expects a report, "
                        "a leader who expects to teach, "
                        "a team that expects to be judged.",
                        "Gellid bod wedi clywed y rhan fwyaf o'r hyn sy'n mynd o'i le yn ddiweddarach yn y cyfarfod cyntaf: "
                        "pennaeth sy'n disgwyl adroddiad, arweinydd sy'n disgwyl dysgu, "
                        "tîm sy'n disgwyl cael ei farnu.",
                    )
                ),
            ),
            ("heading", {"text": T("Five questions", "Pum cwestiwn"), "level": "h2"}),
            (
                "steps",
                {
                    "steps": [
                        {
                            "title": T("What will be different for pupils?", "Beth fydd yn wahanol i ddisgyblion?"),
                            "text": Rich(
                                T(
                                    "Name the pupils, and the term in which you will see it.",
                                    "Enwch y disgyblion, a'r tymor pan fyddwch yn ei weld.",
                                )
                            ),
                        },
                        {
                            "title": T(
                                "Who does the work when the leader is not here?", "Pwy sy'n gwneud y gwaith pan nad yw'r arweinydd yma?"
                            ),
                            "text": Rich(T("That person should be at the meeting.", "Dylai'r person hwnnw fod yn y cyfarfod.")),
                        },
                        {
                            "title": T("What time is set aside, and whose?", "Pa amser a neilltuir, ac amser pwy?"),
                            "text": Rich(T("Support without release time is a visit.", "Ymweliad yw cymorth heb amser rhyddhau.")),
                        },
                        {
                            "title": T("Who reads the notes?", "Pwy sy'n darllen y nodiadau?"),
                            "text": Rich(T("Say it before the first one is written.", "Dywedwch hynny cyn ysgrifennu'r un cyntaf.")),
                        },
                        {
                            "title": T("How do we stop?", "Sut ydym yn rhoi'r gorau iddi?"),
                            "text": Rich(
                                T(
                                    "An agreed way out makes it easier to stay.",
                                    "Mae ffordd allan y cytunwyd arni yn ei gwneud yn haws aros.",
                                )
                            ),
                        },
                    ]
                },
            ),
            (
                "callout",
                {
                    "title": T("Before you meet", "Cyn cyfarfod"),
                    "text": Rich(
                        T(
                            "Both sides can answer the readiness questions privately. Where the answers differ, you have your agenda.",
                            "Gall y ddwy ochr ateb y cwestiynau parodrwydd yn breifat. Lle mae'r atebion yn wahanol, dyna eich agenda.",
                        )
                    ),
                    "tone": "note",
                },
            ),
        ],
    },
    {
        "scene": pictures.circles,
        "months_ago": 4,
        "author": "Rowena Castellan",
        "title": T("Alongside, not above", "Ochr yn ochr, nid uwchlaw"),
        "slug": T("alongside-not-above", "ochr-yn-ochr"),
        "introduction": T(
            "A national leader on what she had to unlearn when she began to work in other people's schools.",
            "Arweinydd cenedlaethol ar yr hyn y bu'n rhaid iddi ei ddad-ddysgu pan ddechreuodd weithio yn ysgolion pobl eraill.",
        ),
        "body": [
            (
                "paragraph",
                Rich(
                    T(
                        "In my own school I am asked what to do twenty times a day. In somebody else's I try to be asked never.",
                        "Yn fy ysgol fy hun gofynnir i mi ugain gwaith y dydd beth i'w wneud. Yn ysgol rhywun arall ceisiaf na "
                        "ofynnir i mi byth.",
                    ),
                    T(
                        "The first thing I had to unlearn was speed. What takes me a morning at home takes a term there, because "
                        "it has to become theirs.",
                        "Y peth cyntaf y bu'n rhaid i mi ei ddad-ddysgu oedd cyflymder. Mae'r hyn sy'n cymryd bore gartref yn "
                        "cymryd tymor yno, am fod rhaid iddo ddod yn eiddo iddynt hwy.",
                    ),
                ),
            ),
            (
                "quote",
                {
                    "text": T(
                        "If they still need me in July, I have done it wrong.",
                        "Os bydd fy angen arnynt o hyd ym mis Gorffennaf, yr wyf wedi ei wneud yn anghywir.",
                    ),
                    "by": T("Rowena Castellan, national leader of education", "Rowena Castellan, arweinydd addysg cenedlaethol"),
                },
            ),
            ("heading", {"text": T("What helps", "Yr hyn sy'n helpu"), "level": "h2"}),
            (
                "paragraph",
                Rich(
                    T("Visit at dull times, not only for the showpiece.", "Ymweld ar adegau diflas, nid ar gyfer y sioe yn unig."),
                    T("Write the note while still in the car park.", "Ysgrifennu'r nodyn tra byddwch yn dal yn y maes parcio."),
                    T(
                        "Bring one thing home each time, and tell them that you did.",
                        "Mynd ag un peth adref bob tro, a dweud wrthynt eich bod wedi gwneud hynny.",
                    ),
                    points=True,
                ),
            ),
        ],
    },
    {
        "scene": pictures.paths,
        "months_ago": 7,
        "author": "Gareth Penhallow",
        "title": T("How we match a leader to a school", "Sut rydym yn paru arweinydd ag ysgol"),
        "slug": T("how-we-match", "sut-rydym-yn-paru"),
        "introduction": T(
            "Expertise matters. So do the drive, the phase, the last time you met, and how somebody likes to work.",
            "Mae arbenigedd yn bwysig. Felly hefyd y daith, y cyfnod, y tro diwethaf i chi gwrdd, a sut mae rhywun yn hoffi gweithio.",
        ),
        "body": [
            (
                "paragraph",
                Rich(
                    T(
                        "People imagine a register and a search box. In truth we weigh six things, and then a person decides: you.",
                        "Mae pobl yn dychmygu cofrestr a blwch chwilio. Mewn gwirionedd rydym yn pwyso chwe pheth, ac yna person "
                        "sy'n penderfynu: chi.",
                    )
                ),
            ),
            (
                "facts",
                {
                    "caption": T("What we look at", "Yr hyn rydym yn edrych arno"),
                    "facts": [
                        {"name": T("What you need", "Eich angen"), "value": T("specialism and phase", "arbenigedd a chyfnod")},
                        {"name": T("Where you are", "Ble rydych chi"), "value": T("under an hour's drive", "llai nag awr o daith")},
                        {
                            "name": T("Whom you know", "Pwy rydych yn ei adnabod"),
                            "value": T("earlier work, or none", "gwaith blaenorol, neu ddim"),
                        },
                        {
                            "name": T("How you work", "Sut rydych yn gweithio"),
                            "value": T("coaching, modelling, planning", "hyfforddi, modelu, cynllunio"),
                        },
                        {
                            "name": T("What they can give", "Yr hyn y gallant ei roi"),
                            "value": T("days left this year", "diwrnodau ar ôl eleni"),
                        },
                    ],
                    "note": T(
                        "We show you our reasons, and who was left out and why.",
                        "Rydym yn dangos ein rhesymau i chi, a phwy a adawyd allan a pham.",
                    ),
                },
            ),
            (
                "paragraph",
                Rich(
                    T(
                        "The leader's own head has to agree, too. That is why we ask early and say how many days it will take.",
                        "Rhaid i bennaeth yr arweinydd ei hun gytuno hefyd. Dyna pam rydym yn gofyn yn gynnar ac yn dweud faint "
                        "o ddiwrnodau y bydd yn eu cymryd.",
                    )
                ),
            ),
        ],
    },
]
