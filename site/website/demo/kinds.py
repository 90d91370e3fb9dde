"""The demo's page on the kinds of support (P4)."""

from __future__ import annotations

from typing import Any

from website.demo.text import Rich, T

KINDS: dict[str, Any] = {
    "title": T("The kinds of support", "Y mathau o gefnogaeth"),
    "slug": T("kinds-of-support", "mathau-o-gefnogaeth"),
    "introduction": T(
        "Schools help each other in three ways. You need not know which one fits: tell us what you want to improve, and we advise you.",
        "Mae ysgolion yn helpu ei gilydd mewn tair ffordd. Nid oes angen i chi wybod pa un sy'n addas: dywedwch wrthym beth yr hoffech ei "
        "wella, a byddwn yn eich cynghori.",
    ),
    "body": [
        ("heading", {"text": T("Deployment of a system leader", "Lleoli arweinydd system"), "level": "h2"}),
        (
            "paragraph",
            Rich(
                T(
                    "An experienced leader from another school works beside yours on agreed days, mostly over two or three terms.",
                    "Mae arweinydd profiadol o ysgol arall yn gweithio ochr yn ochr â'ch rhai chi ar ddiwrnodau y cytunwyd arnynt, "
                    "dros ddau neu dri thymor fel arfer.",
                ),
                T(
                    "Your head agrees the plan, the measures and the cost before the first day. Each leader day has its price, and the "
                    "leader's own school is paid.",
                    "Mae eich pennaeth yn cytuno ar y cynllun, y mesurau a'r gost cyn y diwrnod cyntaf. Mae pris ar bob diwrnod arweinydd, "
                    "a thelir ysgol yr arweinydd.",
                ),
            ),
        ),
        ("heading", {"text": T("Peer to peer: joint practice development", "Cymheiriaid: datblygu arfer ar y cyd"), "level": "h2"}),
        (
            "paragraph",
            Rich(
                T(
                    "Two schools work on the same question, visit each other, try things out and compare what came of it.",
                    "Mae dwy ysgol yn gweithio ar yr un cwestiwn, yn ymweld â'i gilydd, yn rhoi cynnig ar bethau ac yn cymharu'r canlyniad.",
                ),
                T(
                    "Both give and both take. Where the days weigh each other up, the agreement says so, and neither side pays.",
                    "Mae'r ddwy yn rhoi ac yn derbyn. Lle mae'r diwrnodau'n gyfartal, mae'r cytundeb yn dweud hynny, ac nid yw'r naill na'r "
                    "llall yn talu.",
                ),
            ),
        ),
        ("heading", {"text": T("Sponsorship", "Nawdd"), "level": "h2"}),
        (
            "paragraph",
            Rich(
                T(
                    "A strong school or trust takes lasting responsibility for another. That is decided together with the governors and "
                    "the local authority or diocese.",
                    "Mae ysgol neu ymddiriedolaeth gref yn cymryd cyfrifoldeb parhaol am un arall. Penderfynir hynny gyda'r llywodraethwyr "
                    "a'r awdurdod lleol neu'r esgobaeth.",
                ),
                T(
                    "We listen, say honestly whether it is the right step, and pass you to whoever can arrange it.",
                    "Byddwn yn gwrando, yn dweud yn onest ai dyma'r cam cywir, ac yn eich cyfeirio at bwy bynnag all ei drefnu.",
                ),
            ),
        ),
        (
            "callout",
            {
                "title": T("Only a day or two?", "Dim ond diwrnod neu ddau?"),
                "text": Rich(
                    T(
                        "A health check day is a look at one area from outside, led by your school. Any school can book one.",
                        "Mae diwrnod gwirio iechyd yn olwg o'r tu allan ar un maes, dan arweiniad eich ysgol. Gall unrhyw ysgol drefnu un.",
                    )
                ),
                "tone": "accent",
            },
        ),
        ("contact", {"contact": "s2s-lead", "heading": T("Talk it over first?", "Siarad yn gyntaf?")}),
    ],
}
