"""The demo's home, standard and contact pages."""

from __future__ import annotations

from typing import Any

from website.demo.text import Rich, T

SETTINGS = {
    "name": T("Wharfe Valley Schools Alliance", "Cynghrair Ysgolion Dyffryn Wharfe"),
    "strapline": T(
        "Schools helping schools, with people who have done it.", "Ysgolion yn helpu ysgolion, gyda phobl sydd wedi gwneud y gwaith."
    ),
    "telephone_hours": T("Term time, 8.30 to 4.30", "Yn ystod y tymor, 8.30 tan 4.30"),
}

CONTACTS: list[dict[str, Any]] = [
    {
        "key": "s2s-lead",
        "title": T("School support lead", "Arweinydd cymorth i ysgolion"),
        "person_name": "Halima Okafor",
        "telephone": "01632 960 114",
        "email": "support@example.org",
    },
    {
        "key": "health-checks",
        "title": T("Health check days", "Diwrnodau gwirio iechyd"),
        "person_name": "Gareth Penhallow",
        "telephone": "01632 960 115",
        "email": "healthchecks@example.org",
    },
    {
        "key": "finance",
        "title": T("Invoices and payments", "Anfonebau a thaliadau"),
        "person_name": "Priya Ramaswell",
        "telephone": "01632 960 116",
        "email": "finance@example.org",
    },
    {
        "key": "office",
        "title": T("Alliance office", "Swyddfa'r gynghrair"),
        "person_name": "",
        "telephone": "01632 960 110",
        "email": "office@example.org",
        "hours": T("All year, 9 to 4", "Trwy'r flwyddyn, 9 tan 4"),
    },
]

HOME: dict[str, Any] = {
    "title": T("Home", "Hafan"),
    "heading": T("Experienced leaders, alongside yours", "Arweinwyr profiadol, ochr yn ochr â'ch rhai chi"),
    "introduction": T(
        "When a school wants to improve, the people who can help are often a few miles away. We find them, agree the work with you, "
        "and stay until it has made a difference for pupils.",
        "Pan fo ysgol am wella, mae'r bobl sy'n gallu helpu yn aml ychydig filltiroedd i ffwrdd. Rydym yn dod o hyd iddynt, yn cytuno ar "
        "y gwaith gyda chi, ac yn aros nes ei fod wedi gwneud gwahaniaeth i ddisgyblion.",
    ),
    "body": [
        ("heading", {"text": T("What you can count on", "Yr hyn y gallwch ddibynnu arno"), "level": "h2"}),
        (
            "steps",
            {
                "steps": [
                    {
                        "title": T("A person answers", "Mae person yn ateb"),
                        "text": Rich(
                            T(
                                "Every request is read by our school support lead, who calls you within two working days.",
                                "Mae ein harweinydd cymorth yn darllen pob cais, ac yn eich ffonio o fewn dau ddiwrnod gwaith.",
                            )
                        ),
                    },
                    {
                        "title": T("You see the cost before you decide", "Rydych yn gweld y gost cyn penderfynu"),
                        "text": Rich(
                            T(
                                "Each leader's days are priced. Nothing starts until your head has agreed the work and the price.",
                                "Mae pris ar ddiwrnodau pob arweinydd. Nid oes dim yn dechrau nes bod eich pennaeth wedi cytuno "
                                "ar y gwaith a'r pris.",
                            )
                        ),
                    },
                    {
                        "title": T("Leaders who still lead", "Arweinwyr sy'n dal i arwain"),
                        "text": Rich(
                            T(
                                "They work in schools themselves, so what they suggest has been tried on a wet Thursday in November.",
                                "Maent yn gweithio mewn ysgolion eu hunain, felly mae'r hyn a awgrymant wedi ei brofi ar ddydd "
                                "Iau gwlyb ym mis Tachwedd.",
                            )
                        ),
                    },
                ]
            },
        ),
        (
            "quote",
            {
                "text": T(
                    "Nobody came to tell us what was wrong. They came to work on it with us.",
                    "Ni ddaeth neb i ddweud wrthym beth oedd o'i le. Daethant i weithio arno gyda ni.",
                ),
                "by": T("Head of a two-form entry primary school", "Pennaeth ysgol gynradd dau ddosbarth mynediad"),
            },
        ),
    ],
}

BEFORE_YOU_ASK = T("Before you ask", "Cyn gofyn")
READ_FIRST = {
    "kinds-of-support": T("The kinds of support", "Y mathau o gefnogaeth"),
    "are-we-ready": T("Are we ready? Questions to talk over", "Ydym ni'n barod? Cwestiynau i'w trafod"),
    "brief-for-governors": T("For governors of schools that lend a leader", "I lywodraethwyr ysgolion sy'n rhyddhau arweinydd"),
}
"""Page, by its English address, to what the link to it says."""

GOVERNORS: dict[str, Any] = {
    "title": T("When one of your leaders supports another school", "Pan fydd un o'ch arweinwyr yn cefnogi ysgol arall"),
    "slug": T("brief-for-governors", "briff-i-lywodraethwyr"),
    "introduction": T(
        "A short brief for governors of schools that release a leader: what it involves, what your school gains, and what to ask.",
        "Briff byr i lywodraethwyr ysgolion sy'n rhyddhau arweinydd: beth mae'n ei olygu, beth mae eich ysgol yn ei ennill, a "
        "beth i'w ofyn.",
    ),
    "body": [
        ("heading", {"text": T("What your school gains", "Beth mae eich ysgol yn ei ennill"), "level": "h2"}),
        (
            "paragraph",
            Rich(
                T(
                    "Your leader sees another school from the inside and brings ideas home that have already been tried.",
                    "Mae eich arweinydd yn gweld ysgol arall o'r tu mewn ac yn dod â syniadau adref sydd eisoes wedi eu profi.",
                ),
                T(
                    "Deputies and middle leaders step up while the leader is away, with support, and grow by it.",
                    "Mae dirprwyon ac arweinwyr canol yn camu i'r adwy tra bo'r arweinydd i ffwrdd, gyda chefnogaeth, ac yn tyfu "
                    "o'r herwydd.",
                ),
                T(
                    "Your school is paid for every day, so that cover never comes out of your own budget.",
                    "Telir eich ysgol am bob diwrnod, fel na ddaw costau cyflenwi byth o'ch cyllideb eich hun.",
                ),
                points=True,
            ),
        ),
        ("heading", {"text": T("What it asks of your school", "Yr hyn y mae'n ei ofyn gan eich ysgol"), "level": "h2"}),
        (
            "paragraph",
            Rich(
                T(
                    "Your head agrees to the days before anybody is promised. A leader's days are capped, and your own pupils come first.",
                    "Mae eich pennaeth yn cytuno i'r diwrnodau cyn addo neb. Mae terfyn ar ddiwrnodau arweinydd, a'ch disgyblion "
                    "eich hun sy'n dod yn gyntaf.",
                ),
                T(
                    "The head approves the leader's time each month; what is approved is invoiced, and nothing else.",
                    "Mae'r pennaeth yn cymeradwyo amser yr arweinydd bob mis; caiff yr hyn a gymeradwyir ei anfonebu, a dim arall.",
                ),
                T(
                    "If it is too much for your school, say so: the arrangement is changed, or another leader takes over.",
                    "Os yw'n ormod i'ch ysgol, dywedwch hynny: newidir y trefniant, neu daw arweinydd arall yn ei le.",
                ),
                points=True,
            ),
        ),
        ("heading", {"text": T("What to ask before you agree", "Beth i'w ofyn cyn cytuno"), "level": "h2"}),
        (
            "paragraph",
            Rich(
                T(
                    "How many days, on which days of the week, and until when?",
                    "Faint o ddiwrnodau, ar ba ddiwrnodau'r wythnos, a than pryd?",
                ),
                T(
                    "Who leads in the leader's place, and what do they need?",
                    "Pwy sy'n arwain yn lle'r arweinydd, a beth sydd ei angen arnynt?",
                ),
                T(
                    "How will we know what the work has meant for our own pupils and staff?",
                    "Sut y byddwn yn gwybod beth mae'r gwaith wedi ei olygu i'n disgyblion a'n staff ein hunain?",
                ),
                points=True,
            ),
        ),
        (
            "callout",
            {
                "title": T("You will be told", "Cewch wybod"),
                "text": Rich(
                    T(
                        "The governors of both schools are sent the arrangements before the work starts, and a report at each review.",
                        "Anfonir y trefniadau at lywodraethwyr y ddwy ysgol cyn i'r gwaith ddechrau, ac adroddiad ym mhob adolygiad.",
                    )
                ),
                "tone": "accent",
            },
        ),
        ("contact", {"contact": "s2s-lead", "heading": T("Questions first?", "Cwestiynau yn gyntaf?")}),
    ],
}

LEADERS: dict[str, Any] = {
    "title": T("System leaders", "Arweinwyr system"),
    "slug": T("system-leaders", "arweinwyr-system"),
    "introduction": T(
        "Some of the people who work with schools. All of them lead in a school of their own. Tell us what you need and we look for "
        "whoever fits, listed here or not.",
        "Rhai o'r bobl sy'n gweithio gydag ysgolion. Mae pob un yn arwain mewn ysgol ei hun. Dywedwch wrthym beth sydd ei angen ac fe "
        "chwiliwn am y person sy'n addas, p'un a yw yma ai peidio.",
    ),
}

CONTACT: dict[str, Any] = {
    "title": T("Contact us", "Cysylltu â ni"),
    "slug": T("contact", "cysylltu"),
    "introduction": T(
        "Call or write to the person who deals with it. If you do not know who that is, the office will.",
        "Ffoniwch neu ysgrifennwch at y person sy'n delio â'r mater. Os na wyddoch pwy yw hwnnw, bydd y swyddfa yn gwybod.",
    ),
    "body": [],
}

ACCESSIBILITY: dict[str, Any] = {
    "title": T("Accessibility", "Hygyrchedd"),
    "slug": T("accessibility", "hygyrchedd"),
    "introduction": T(
        "We want as many people as possible to be able to use this website.",
        "Rydym am i gynifer o bobl â phosibl allu defnyddio'r wefan hon.",
    ),
    "body": [
        ("heading", {"text": T("What you should be able to do", "Yr hyn y dylech allu ei wneud"), "level": "h2"}),
        (
            "paragraph",
            Rich(
                T(
                    "make the text twice as large and still read it without scrolling sideways",
                    "gwneud y testun ddwywaith mor fawr a'i ddarllen heb sgrolio i'r ochr",
                ),
                T("use every page with a keyboard alone, or with speech", "defnyddio pob tudalen gyda bysellfwrdd yn unig, neu â llais"),
                T("have every page read out by a screen reader", "cael darllenydd sgrin i ddarllen pob tudalen yn uchel"),
                T("ask for support without JavaScript", "gofyn am gymorth heb JavaScript"),
                points=True,
            ),
        ),
        ("heading", {"text": T("How accessible it is", "Pa mor hygyrch ydyw"), "level": "h2"}),
        (
            "paragraph",
            Rich(
                T(
                    "We test every kind of page against level AA of the Web Content Accessibility Guidelines, version 2.2. "
                    "Documents that schools send us may not meet them; ask us and we will send you the text.",
                    "Rydym yn profi pob math o dudalen yn erbyn lefel AA y Canllawiau Hygyrchedd Cynnwys Gwe, fersiwn 2.2. "
                    "Efallai na fydd dogfennau y mae ysgolion yn eu hanfon atom yn eu bodloni; gofynnwch i ni ac fe anfonwn y "
                    "testun atoch.",
                )
            ),
        ),
        ("heading", {"text": T("Tell us about a problem", "Dywedwch wrthym am broblem"), "level": "h2"}),
        ("contact", {"contact": "office", "heading": ""}),
    ],
}

PRIVACY: dict[str, Any] = {
    "title": T("Privacy", "Preifatrwydd"),
    "slug": T("privacy", "preifatrwydd"),
    "introduction": T(
        "What we keep about you, why, for how long, and what you can ask of us.",
        "Yr hyn rydym yn ei gadw amdanoch, pam, am ba hyd, a'r hyn y gallwch ei ofyn gennym.",
    ),
    "body": [
        ("heading", {"text": T("What we keep", "Yr hyn rydym yn ei gadw"), "level": "h2"}),
        (
            "paragraph",
            Rich(
                T(
                    "When you ask for support we keep your name, your role, how to reach you, and what you tell us about your school. "
                    "We need it to answer you and to arrange the work.",
                    "Pan ofynnwch am gymorth rydym yn cadw eich enw, eich rôl, sut i'ch cyrraedd, a'r hyn a ddywedwch wrthym am "
                    "eich ysgol. "
                    "Mae ei angen arnom i'ch ateb ac i drefnu'r gwaith.",
                ),
                T(
                    "If you comment on an article we keep your name, your e-mail address and what you wrote. Your name stands beside "
                    "the comment; the address is never shown. You can delete a comment at any time.",
                    "Os gwnewch sylw ar erthygl rydym yn cadw eich enw, eich cyfeiriad e-bost a'r hyn a ysgrifennwyd. Mae eich enw wrth "
                    "ymyl y sylw; ni ddangosir y cyfeiriad byth. Cewch ddileu sylw unrhyw bryd.",
                ),
                T(
                    "System leaders are listed in public only if they agree, and are off the list as soon as they take that back.",
                    "Dim ond os ydynt yn cytuno y rhestrir arweinwyr system yn gyhoeddus, ac maent oddi ar y rhestr cyn gynted ag y "
                    "tynnant hynny'n ôl.",
                ),
                T(
                    "Only the people who work on your request can read it. We never write about individual pupils, and ask you not to.",
                    "Dim ond y bobl sy'n gweithio ar eich cais all ei ddarllen. Nid ydym byth yn ysgrifennu am ddisgyblion "
                    "unigol, a gofynnwn i chi beidio.",
                ),
            ),
        ),
        ("heading", {"text": T("Cookies", "Cwcis"), "level": "h2"}),
        (
            "paragraph",
            Rich(
                T(
                    "We set a cookie only when you fill in a form or sign in, to keep what you do safe. We do not count or "
                    "follow visitors.",
                    "Dim ond pan fyddwch yn llenwi ffurflen neu'n mewngofnodi y gosodwn gwci, i gadw'r hyn a wnewch yn ddiogel. "
                    "Nid ydym yn cyfrif nac yn dilyn ymwelwyr.",
                )
            ),
        ),
        ("heading", {"text": T("What you can ask", "Yr hyn y gallwch ei ofyn"), "level": "h2"}),
        (
            "paragraph",
            Rich(
                T(
                    "You may ask for a copy of what we keep about you, for mistakes to be mended, and for it to be deleted. "
                    "Invoices have to be kept for as long as the law says.",
                    "Cewch ofyn am gopi o'r hyn rydym yn ei gadw amdanoch, am gywiro camgymeriadau, ac am ei ddileu. "
                    "Rhaid cadw anfonebau cyhyd ag y mae'r gyfraith yn ei ddweud.",
                )
            ),
        ),
        ("contact", {"contact": "office", "heading": ""}),
    ],
}
