"""The demo's readiness page, and the Welsh of the themes that ship with the product."""

from __future__ import annotations

from typing import Any

from website.demo.text import Rich, T

PAGE: dict[str, Any] = {
    "title": T("Are we ready for support?", "A ydym yn barod am gymorth?"),
    "slug": T("are-we-ready", "ydym-nin-barod"),
    "introduction": T(
        "Seven themes to think through before you ask another school for help. Nobody sees what you write.",
        "Saith thema i'w hystyried cyn gofyn i ysgol arall am help. Nid oes neb yn gweld yr hyn a ysgrifennwch.",
    ),
    "body": [
        (
            "paragraph",
            Rich(
                T(
                    "There is no score, and “not yet” is a good answer: it says what to talk about first.",
                    "Nid oes sgôr, ac mae “ddim eto” yn ateb da: mae'n dweud beth i'w drafod gyntaf.",
                ),
                T(
                    "Once support is being arranged, the leader who is to work with you answers the same themes from the other side. "
                    "Where your answers differ is what you talk about at the first meeting.",
                    "Pan fydd cymorth yn cael ei drefnu, mae'r arweinydd a fydd yn gweithio gyda chi yn ateb yr un themâu o'r ochr arall. "
                    "Lle mae eich atebion yn wahanol yw'r hyn y byddwch yn ei drafod yn y cyfarfod cyntaf.",
                ),
            ),
        ),
    ],
}

THEMES: dict[str, dict[str, str]] = {
    "purpose": {
        "title": "Diben",
        "introduction": "Beth yw diben y cymorth, a phwy sy'n gwybod hynny.",
        "school_question": "A allwch ddweud mewn dwy frawddeg beth ddylai fod yn wahanol i'ch disgyblion, ac a fyddai eich staff a'ch llywodraethwyr yn dweud yr un peth?",
        "leader_question": "A allwch ddweud mewn dwy frawddeg beth mae'r ysgol am iddo fod yn wahanol i'w disgyblion, heb ei ddarllen o bapur?",
    },
    "trust": {
        "title": "Ymddiriedaeth",
        "introduction": "Pa mor agored y gall y ddwy ochr siarad.",
        "school_question": "A ydych yn barod i ddangos i gydweithiwr o ysgol arall yr hyn nad yw'n mynd yn dda, yn ogystal â'r hyn sydd?",
        "leader_question": "A ydych wedi cytuno â'r ysgol beth sy'n aros rhyngoch, a beth y byddai'n rhaid i chi ei rannu?",
    },
    "capacity": {
        "title": "Gallu i weithredu",
        "introduction": "Pwy sy'n cario'r gwaith rhwng ymweliadau.",
        "school_question": "A oes rhywun ar eich staff a fydd yn cario'r gwaith ymlaen rhwng yr ymweliadau, ac a ydych wedi tynnu rhywbeth arall oddi arnynt?",
        "leader_question": "A yw eich ysgol eich hun yn ddigon cadarn, a'ch wythnos yn ddigon clir, i chi fod i ffwrdd ar y dyddiau rydych yn eu haddo?",
    },
    "evidence": {
        "title": "Data a thystiolaeth",
        "introduction": "Yr hyn y mae'r ddwy ochr yn edrych arno i wybod ble maent.",
        "school_question": "A allwch ddangos ble rydych chi nawr, gyda ffigurau neu waith disgyblion rydych yn ymddiried ynddynt, ac a wnewch chi eu rhannu?",
        "leader_question": "A ydych yn gwybod beth rydych am edrych arno gyntaf, a sut y byddwch yn gwybod bod rhywbeth wedi newid?",
    },
    "people": {
        "title": "Staff a llywodraethwyr",
        "introduction": "Sut y mae'r rhai yr effeithir arnynt yn cael eu cynnwys.",
        "school_question": "A yw eich staff a'ch llywodraethwyr yn gwybod bod cymorth yn dod, pam, a beth y bydd yn ei ofyn ganddynt?",
        "leader_question": "A ydych yn gwybod pwy yn yr ysgol sy'n croesawu'r cymorth, pwy sy'n poeni amdano, a sut y byddwch yn cwrdd â'r ddau?",
    },
    "time": {
        "title": "Amser a rhyddhau",
        "introduction": "Y dyddiau, y staff llanw a'r lle i weithio.",
        "school_question": "A yw'r dyddiau yn y dyddiadur, gyda staff llanw wedi'u trefnu a'u talu, fel bod eich staff yn rhydd pan ddaw'r arweinydd?",
        "leader_question": "A yw eich pennaeth eich hun wedi eich rhyddhau ar gyfer y dyddiau hyn, gydag amser i baratoi ac i ysgrifennu hefyd?",
    },
    "lasting": {
        "title": "Cynnal y gwelliant",
        "introduction": "Yr hyn sy'n aros pan ddaw'r cymorth i ben.",
        "school_question": "A ydych wedi meddwl beth y bydd eich ysgol yn ei wneud ei hun, a phwy fydd yn ei wneud, ar ôl i'r cymorth ddod i ben?",
        "leader_question": "A oes gennych gynllun i wneud llai wrth i'r ysgol wneud mwy, ac ar gyfer sut y byddwch yn gadael?",
    },
}
"""By the key of the theme; the English stands in the database."""
