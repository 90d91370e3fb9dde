"""The demo's stories: invented schools, told in the shape of every story."""

from __future__ import annotations

from typing import Any

from alliance.enums import Phase
from cases.enums import SupportKind
from website.demo import pictures
from website.demo.text import Rich, T

INDEX: dict[str, Any] = {
    "title": T("Stories", "Straeon"),
    "slug": T("stories", "straeon"),
    "introduction": T(
        "What schools set out to do, what they did together, and what came of it: also what was hard.",
        "Yr hyn yr aeth ysgolion ati i'w wneud, yr hyn a wnaethant gyda'i gilydd, a'r hyn a ddaeth ohono: hefyd yr hyn a oedd yn anodd.",
    ),
}

STORIES: list[dict[str, Any]] = [
    {
        "scene": pictures.books,
        "months_ago": 2,
        "phase": Phase.PRIMARY,
        "kind": SupportKind.DEPLOYMENT,
        "title": T("Every child a reader in Years 3 and 4", "Pob plentyn yn ddarllenydd ym Mlynyddoedd 3 a 4"),
        "slug": T("every-child-a-reader", "pob-plentyn-yn-ddarllenydd"),
        "theme": T("Reading", "Darllen"),
        "introduction": T(
            "Results at Fellgate had slipped two years running. A specialist leader spent ten days with the deputy and the Year "
            "3 and 4 team.",
            "Roedd canlyniadau Fellgate wedi llithro ddwy flynedd yn olynol. Treuliodd arweinydd arbenigol ddeg diwrnod gyda'r "
            "dirprwy a thîm Blynyddoedd 3 a 4.",
        ),
        "involved": [
            {"name": "Fellgate Primary School", "part": "supported_school", "note": ""},
            {"name": "Ridgeway Primary Academy", "part": "supporting_school", "note": ""},
            {
                "name": T("A specialist leader of education", "Arweinydd addysg arbenigol"),
                "part": "leader",
                "note": T("ten days", "deg diwrnod"),
            },
        ],
        "measures": [
            {
                "name": T("Year 4 at the expected standard in reading", "Blwyddyn 4 ar y safon ddisgwyliedig mewn darllen"),
                "before": "58 %",
                "after": "74 %",
            },
            {
                "name": T("Teachers confident in leading guided reading", "Athrawon yn hyderus wrth arwain darllen dan arweiniad"),
                "before": T("3 of 8", "3 o 8"),
                "after": T("8 of 8", "8 o 8"),
            },
        ],
        "context": Rich(
            T(
                "Fellgate is a two-form entry school in a former mill town. Staff worked hard, but each class taught reading its own way, "
                "and children who fell behind in Year 2 stayed behind.",
                "Ysgol dau ddosbarth mynediad mewn hen dref felin yw Fellgate. Gweithiai'r staff yn galed, ond roedd pob "
                "dosbarth yn dysgu darllen yn ei ffordd ei hun, "
                "ac roedd plant a syrthiai ar ei hôl hi ym Mlwyddyn 2 yn aros ar ei hôl hi.",
            )
        ),
        "what_we_did": Rich(
            T(
                "We began by listening to thirty children read, together, before anybody looked at a plan.",
                "Dechreuasom drwy wrando ar ddeg ar hugain o blant yn darllen, gyda'n gilydd, cyn i neb edrych ar gynllun.",
            ),
            T(
                "The leader and the deputy then taught side by side for a half term, a lesson a week in each class, and wrote "
                "one page on what good looks like.",
                "Yna bu'r arweinydd a'r dirprwy yn dysgu ochr yn ochr am hanner tymor, gwers yr wythnos ym mhob dosbarth, gan "
                "ysgrifennu un dudalen ar sut olwg sydd ar ddarllen da.",
            ),
        ),
        "outcomes": Rich(
            T(
                "By July three in four children in Year 4 were reading at the expected standard, and the gap for pupils with "
                "free school meals had halved.",
                "Erbyn mis Gorffennaf roedd tri o bob pedwar plentyn ym Mlwyddyn 4 yn darllen ar y safon ddisgwyliedig, ac roedd "
                "y bwlch i ddisgyblion â phrydau ysgol am ddim wedi haneru.",
            )
        ),
        "went_well": Rich(
            T(
                "The deputy led every staff meeting from the third week on. When the ten days were used up, nothing stopped.",
                "Y dirprwy a arweiniodd bob cyfarfod staff o'r drydedd wythnos ymlaen. Pan ddaeth y deg diwrnod i ben, ni pheidiodd dim.",
            )
        ),
        "quote": {
            "text": T(
                "She never once took the register for me. She sat beside me until I no longer noticed.",
                "Ni chymerodd y gofrestr drosof unwaith. Eisteddodd wrth fy ymyl nes i mi beidio â sylwi.",
            ),
            "by": T("Year 3 teacher", "Athrawes Blwyddyn 3"),
        },
        "challenges": Rich(
            T(
                "Two teachers left at Christmas. We moved three of the visits into January and used them to bring the new colleagues in.",
                "Gadawodd dau athro adeg y Nadolig. Symudasom dri o'r ymweliadau i fis Ionawr a'u defnyddio i groesawu'r "
                "cydweithwyr newydd.",
            )
        ),
        "lessons": Rich(
            T(
                "One page that everybody uses is worth more than a policy that nobody finds.",
                "Mae un dudalen y mae pawb yn ei defnyddio yn werth mwy na pholisi nad oes neb yn dod o hyd iddo.",
            )
        ),
        "advice": Rich(
            T(
                "Agree at the first meeting who will lead it when the leader has gone. Fellgate now hosts reading mornings for "
                "two neighbouring schools.",
                "Cytunwch yn y cyfarfod cyntaf pwy fydd yn ei arwain wedi i'r arweinydd fynd. Mae Fellgate bellach yn cynnal "
                "boreau darllen i ddwy ysgol gyfagos.",
            )
        ),
    },
    {
        "scene": pictures.morning,
        "months_ago": 5,
        "phase": Phase.SECONDARY,
        "kind": SupportKind.PEER,
        "title": T("Back through the gate: attendance after a hard winter", "Yn ôl drwy'r giât: presenoldeb ar ôl gaeaf caled"),
        "slug": T("back-through-the-gate", "yn-ol-drwyr-giat"),
        "theme": T("Attendance", "Presenoldeb"),
        "introduction": T(
            "Two secondary schools with the same problem shared what each did better, and met every fortnight for a year.",
            "Rhannodd dwy ysgol uwchradd â'r un broblem yr hyn a wnâi pob un yn well, a chyfarfod bob pythefnos am flwyddyn.",
        ),
        "involved": [
            {"name": "Aysgill High School", "part": "supported_school", "note": ""},
            {
                "name": "Kirkstile Community College",
                "part": "supporting_school",
                "note": T("learned as much as it gave", "dysgodd gymaint ag a roddodd"),
            },
        ],
        "measures": [
            {
                "name": T("Pupils missing a day in ten or more", "Disgyblion yn colli un diwrnod o bob deg neu fwy"),
                "before": "31 %",
                "after": "19 %",
            },
            {
                "name": T("Attendance at both schools, on average", "Presenoldeb yn y ddwy ysgol, ar gyfartaledd"),
                "before": "89.4 %",
                "after": "93.1 %",
            },
        ],
        "context": Rich(
            T(
                "After a winter of illness and closed roads, nearly a third of Aysgill's pupils were missing a day in ten. "
                "Letters home had stopped working.",
                "Ar ôl gaeaf o salwch a ffyrdd ar gau, roedd bron i draean o ddisgyblion Aysgill yn colli un diwrnod o bob deg. "
                "Nid oedd llythyrau adref yn gweithio mwyach.",
            )
        ),
        "what_we_did": Rich(
            T(
                "The two attendance teams spent a week in each other's offices. Kirkstile's made calls at seven in the morning; "
                "Aysgill's knew every family by name.",
                "Treuliodd y ddau dîm presenoldeb wythnos yn swyddfeydd ei gilydd. Byddai tîm Kirkstile yn ffonio am saith y "
                "bore; roedd tîm Aysgill yn adnabod pob teulu wrth ei enw.",
            ),
            T(
                "They put the two together: an early call from somebody the family knows, with an offer rather than a warning.",
                "Rhoesant y ddau beth at ei gilydd: galwad gynnar gan rywun y mae'r teulu yn ei adnabod, gyda chynnig yn hytrach "
                "na rhybudd.",
            ),
        ),
        "outcomes": Rich(
            T(
                "Twelve pupils in a hundred who had been missing a day in ten no longer were. At Kirkstile, which came to give "
                "help, attendance rose as well.",
                "Nid oedd deuddeg disgybl o bob cant a fu'n colli un diwrnod o bob deg yn gwneud hynny mwyach. Cododd "
                "presenoldeb yn Kirkstile, a ddaeth i roi cymorth, hefyd.",
            )
        ),
        "went_well": Rich(
            T(
                "Because it was an exchange, nobody had to be the school with the problem.",
                "Am mai cyfnewid ydoedd, nid oedd raid i neb fod yr ysgol â'r broblem.",
            )
        ),
        "quote": None,
        "challenges": Rich(
            T(
                "Early calls meant early starts. Governors at both schools agreed changed hours, and paid for them.",
                "Roedd galwadau cynnar yn golygu dechrau'n gynnar. Cytunodd llywodraethwyr y ddwy ysgol i newid oriau, a thalu amdanynt.",
            )
        ),
        "lessons": Rich(
            T(
                "Count the children who came back, not the letters that went out.",
                "Cyfrifwch y plant a ddaeth yn ôl, nid y llythyrau a aeth allan.",
            )
        ),
        "advice": Rich(
            T(
                "Give the exchange an end date and a dinner. Both schools now train the attendance teams of four more.",
                "Rhowch ddyddiad gorffen i'r cyfnewid, a chinio. Mae'r ddwy ysgol bellach yn hyfforddi timau presenoldeb pedair arall.",
            )
        ),
    },
    {
        "scene": pictures.numbers,
        "months_ago": 9,
        "phase": Phase.PRIMARY,
        "kind": SupportKind.DEPLOYMENT,
        "title": T("Number, made visible: mathematics in a small rural school", "Rhif, yn weladwy: mathemateg mewn ysgol wledig fach"),
        "slug": T("number-made-visible", "rhif-yn-weladwy"),
        "theme": T("Mathematics", "Mathemateg"),
        "introduction": T(
            "With three classes for seven year groups, Thornbeck needed a way to teach mathematics to mixed ages.",
            "Gyda thri dosbarth i saith grŵp blwyddyn, roedd angen ar Thornbeck ffordd o ddysgu mathemateg i oedrannau cymysg.",
        ),
        "involved": [
            {"name": "Thornbeck Church of England Primary School", "part": "supported_school", "note": ""},
            {"name": "St Oswin's Primary School", "part": "supporting_school", "note": ""},
            {"name": T("A local leader of education", "Arweinydd addysg lleol"), "part": "leader", "note": T("six days", "chwe diwrnod")},
        ],
        "measures": [
            {
                "name": T("Children who say they like mathematics", "Plant sy'n dweud eu bod yn hoffi mathemateg"),
                "before": T("half", "hanner"),
                "after": T("nine in ten", "naw o bob deg"),
            },
        ],
        "context": Rich(
            T(
                "Thornbeck has 61 pupils. Its teachers planned alone, each for two or three year groups, and lessons had become "
                "worksheets.",
                "Mae gan Thornbeck 61 o ddisgyblion. Cynlluniai ei hathrawon ar eu pennau eu hunain, pob un i ddau neu dri grŵp "
                "blwyddyn, ac aeth gwersi'n daflenni gwaith.",
            )
        ),
        "what_we_did": Rich(
            T(
                "The leader, head of another small school, brought a box of counters and a plan for teaching one idea to three "
                "ages at once.",
                "Daeth yr arweinydd, pennaeth ysgol fach arall, â blwch o gownteri a chynllun i ddysgu un syniad i dri oedran ar "
                "yr un pryd.",
            ),
            T(
                "Each of the six days ended with an hour's planning by all three teachers at one table.",
                "Gorffennai pob un o'r chwe diwrnod ag awr o gynllunio gan y tri athro wrth un bwrdd.",
            ),
        ),
        "outcomes": Rich(
            T(
                "All seven children in Year 6 reached the expected standard. What staff speak of first is the noise: children explaining.",
                "Cyrhaeddodd pob un o'r saith plentyn ym Mlwyddyn 6 y safon ddisgwyliedig. Y peth cyntaf y mae'r staff yn sôn "
                "amdano yw'r sŵn: plant yn egluro.",
            )
        ),
        "went_well": Rich(
            T(
                "The leader knew small schools. Nobody had to explain why there was no subject leader to release.",
                "Roedd yr arweinydd yn adnabod ysgolion bach. Nid oedd raid i neb egluro pam nad oedd arweinydd pwnc i'w ryddhau.",
            )
        ),
        "quote": {
            "text": T("I can see it now. It's four of the threes.", "Rwy'n ei weld nawr. Pedwar o'r trioedd ydyw."),
            "by": T("Pupil in Year 2", "Disgybl ym Mlwyddyn 2"),
        },
        "challenges": Rich(
            T(
                "Snow closed the pass twice. Two visits became telephone calls with the planning page open at both ends.",
                "Caeodd eira y bwlch ddwywaith. Aeth dau ymweliad yn alwadau ffôn gyda'r dudalen gynllunio ar agor ar y ddau ben.",
            )
        ),
        "lessons": Rich(
            T(
                "In a small school the whole staff is the team. Plan with everybody, or with nobody.",
                "Mewn ysgol fach y staff cyfan yw'r tîm. Cynlluniwch gyda phawb, neu gyda neb.",
            )
        ),
        "advice": Rich(
            T(
                "Ask for a leader who has taught a class like yours. Thornbeck and St Oswin's now plan together each half term.",
                "Gofynnwch am arweinydd sydd wedi dysgu dosbarth fel eich un chi. Mae Thornbeck a St Oswin's bellach yn "
                "cynllunio gyda'i gilydd bob hanner tymor.",
            )
        ),
    },
]
