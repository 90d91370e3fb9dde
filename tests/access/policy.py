"""
Who may open what, written down apart from the code that enforces it.

The matrix test opens every URL as every role and compares. A route that is not listed here fails the test.
"""

from __future__ import annotations

from dataclasses import dataclass

VISITOR = "visitor"
COMMENTER = "commenter"
CLAIMANT = "claimant of a role at the supported school, not verified"
HEAD = "head of the supported school"
OTHER_HEAD = "head of another school"
GOVERNOR = "chair of governors of the supported school"
LEADER = "system leader"
LEAD = "S2S lead"
BROKER = "broker"
GROUP = "working group"
STEERING = "steering group"
LEAD_GOVERNOR = "lead governor"
FINANCE = "finance"
EDITOR = "editor"
REVIEWER = "reviewer"
SUPERUSER = "superuser"

EVERYBODY = frozenset({
    VISITOR, COMMENTER, CLAIMANT, HEAD, OTHER_HEAD, GOVERNOR, LEADER, LEAD, BROKER, GROUP, STEERING, LEAD_GOVERNOR, FINANCE, EDITOR, REVIEWER, SUPERUSER,
})  # fmt: skip
SIGNED_IN = EVERYBODY - {VISITOR}
LEADS = frozenset({LEAD, SUPERUSER})
STAFF = LEADS | {BROKER}
READS_THE_CASE = STAFF | {HEAD}
SEES_THE_CASE = READS_THE_CASE | {GOVERNOR}
"""A chair of governors sees how far the case is, and reads nothing that is written on it: no message, file or request."""
LOOKS_AT_THE_CASE = SEES_THE_CASE | {FINANCE}
"""There is a draft of an invoice on it: finance see how far the case is, and its costs."""
SEES_MONEY = STAFF | {FINANCE}
SPEAKS_FOR_A_SCHOOL = STAFF | {HEAD, OTHER_HEAD, GOVERNOR}
SPEAKS_FOR_THIS_SCHOOL = SPEAKS_FOR_A_SCHOOL - {OTHER_HEAD}
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """
    `opens` are the roles it opens to. From `hidden_from` what it shows is hidden (404): for them another school's is as
    good as not there. Everybody else signed in is refused (403); a visitor is sent to sign in.
    """

    opens: frozenset[str]
    hidden_from: frozenset[str] = NOBODY


OWN: dict[str, Rule] = {
    # Public
    "theme": Rule(EVERYBODY),
    "robots": Rule(EVERYBODY),
    "sitemap": Rule(EVERYBODY),
    "media": Rule(EVERYBODY),
    "website:search": Rule(EVERYBODY),
    "website:page": Rule(EVERYBODY),
    "website:comment_write": Rule(SIGNED_IN),
    "website:comment_delete": Rule(frozenset({COMMENTER}), hidden_from=SIGNED_IN - {COMMENTER}),  # who wrote it
    "admin_sign_in": Rule(SIGNED_IN),  # leads to the one sign-in, and from there to the admin or the portal
    "outbox:demo_mailbox": Rule(EVERYBODY),  # the demo only; a test of its own shows that production has no such page
    "outbox:demo_mail": Rule(EVERYBODY),
    # By private link: whoever holds it
    "follow": Rule(EVERYBODY),
    "follow_answer": Rule(EVERYBODY),
    "follow_message": Rule(EVERYBODY),
    "follow_withdraw": Rule(EVERYBODY),
    "follow_attachment": Rule(EVERYBODY),
    "account_invitation": Rule(EVERYBODY),
    "calendar_feed": Rule(EVERYBODY),
    "s2s_forms:resume": Rule(EVERYBODY),
    "s2s_forms:copy": Rule(EVERYBODY),
    "s2s_forms:telephone": Rule(STAFF),
    # One's own account
    "portal_account": Rule(SIGNED_IN),
    "portal_profile": Rule(SIGNED_IN),
    "portal_preferences": Rule(SIGNED_IN),
    "portal_calendar_feeds": Rule(SIGNED_IN),
    "portal_listing": Rule(frozenset({LEADER}), hidden_from=SIGNED_IN - {LEADER}),
    "portal_roles": Rule(SIGNED_IN),
    "portal_claim_school": Rule(SIGNED_IN),
    "portal_claim": Rule(SIGNED_IN),
    "portal_interests": Rule(frozenset({LEADER})),
    "portal_interest": Rule(frozenset({LEADER})),
    # The portal: lists are everybody's, what stands in them is not
    "portal:home": Rule(SIGNED_IN),
    "portal:search": Rule(SIGNED_IN),
    "portal:calendar": Rule(STAFF | {LEADER}),  # a leader's shows their own days
    "portal:calendar_export": Rule(STAFF | {LEADER}),
    "portal:prices": Rule(SEES_MONEY),
    "portal:prices_for": Rule(SEES_MONEY),
    "portal:cases": Rule(SIGNED_IN),
    "portal:cases_export": Rule(SIGNED_IN),
    # One case
    "portal:case": Rule(LOOKS_AT_THE_CASE, hidden_from=SIGNED_IN - LOOKS_AT_THE_CASE),
    "portal:case_tab": Rule(READS_THE_CASE, hidden_from=SIGNED_IN - READS_THE_CASE),  # the messages
    "portal:case_write": Rule(READS_THE_CASE, hidden_from=SIGNED_IN - READS_THE_CASE),
    "portal:case_answer": Rule(READS_THE_CASE, hidden_from=SIGNED_IN - READS_THE_CASE),
    "portal:case_withdraw": Rule(frozenset({HEAD}), hidden_from=SIGNED_IN - {HEAD}),  # staff decline instead
    "portal:case_take": Rule(STAFF),
    "portal:case_assign": Rule(STAFF),
    "portal:cases_assign": Rule(STAFF),
    "portal:case_settle": Rule(STAFF),
    "portal:case_read": Rule(STAFF),
    "portal:case_end": Rule(STAFF),
    "s2s_workflow:triage": Rule(STAFF),
    "s2s_workflow:interests": Rule(STAFF),
    "s2s_workflow:step": Rule(
        STAFF, hidden_from=SIGNED_IN - LOOKS_AT_THE_CASE
    ),  # starting brokering; tests/s2s_workflow/test_steps.py has them all
    "s2s_workflow:step_on": Rule(STAFF, hidden_from=SIGNED_IN - LOOKS_AT_THE_CASE),  # approving a deployment
    "s2s_workflow:agreement_pdf": Rule(SEES_THE_CASE, hidden_from=SIGNED_IN - SEES_THE_CASE),  # a chair of governors may sign
    # Health check days: anybody signed in may begin to book; the day here is the supported school's, signed off by its head
    "health_checks:book": Rule(SIGNED_IN),
    "health_checks:book_school": Rule(SIGNED_IN),
    "health_checks:book_claim": Rule(SIGNED_IN),
    "health_checks:book_step": Rule(frozenset({HEAD}), hidden_from=SIGNED_IN - {HEAD}),  # whose draft it is
    "health_checks:book_check": Rule(frozenset({HEAD}), hidden_from=SIGNED_IN - {HEAD}),
    "health_checks:book_sent": Rule(frozenset({HEAD}), hidden_from=SIGNED_IN - {HEAD}),
    "health_checks:report": Rule(STAFF),
    "health_checks:report_export": Rule(STAFF),
    "health_checks:day": Rule(SEES_THE_CASE, hidden_from=SIGNED_IN - SEES_THE_CASE),
    "health_checks:calendar_entry": Rule(SEES_THE_CASE, hidden_from=SIGNED_IN - SEES_THE_CASE),
    "health_checks:record": Rule(NOBODY, hidden_from=SIGNED_IN - SEES_THE_CASE),  # its leader alone, who is none of the roles here
    "health_checks:evidence_pack": Rule(frozenset({HEAD}), hidden_from=SIGNED_IN - {HEAD}),  # the record is the school's
    "health_checks:step": Rule(frozenset({HEAD}), hidden_from=SIGNED_IN - SEES_THE_CASE),  # asking for more support
    "health_checks:step_on": Rule(frozenset({HEAD}), hidden_from=SIGNED_IN - SEES_THE_CASE),  # sharing the record
    "attachment": Rule(READS_THE_CASE, hidden_from=SIGNED_IN - READS_THE_CASE),
    # People and invitations; the role and the invitation are a business manager's, whose powers a chair cannot give
    "portal:people": Rule(SPEAKS_FOR_A_SCHOOL),
    "portal:role_end": Rule(READS_THE_CASE, hidden_from=frozenset({OTHER_HEAD, GOVERNOR})),
    "portal:invite": Rule(STAFF),
    "portal:invite_choose_school": Rule(STAFF),
    "portal:invite_to_school": Rule(SPEAKS_FOR_THIS_SCHOOL, hidden_from=frozenset({OTHER_HEAD})),
    "portal:invite_choose_supporting_school": Rule(STAFF),
    "portal:invite_leader": Rule(STAFF),
    "portal:invite_to_alliance": Rule(LEADS),
    "portal:invitations": Rule(STAFF),
    "portal:invitation_resend": Rule(READS_THE_CASE, hidden_from=frozenset({OTHER_HEAD, GOVERNOR})),
    "portal:invitation_withdraw": Rule(READS_THE_CASE, hidden_from=frozenset({OTHER_HEAD, GOVERNOR})),
    "portal:claims": Rule(STAFF),
    "portal:claim_verify": Rule(STAFF),
    "portal:claim_decline": Rule(STAFF),
}

# The admin, by model: who sees it and who changes it there. Nobody deletes.
SEES_SCHOOLS = STAFF | {FINANCE}
HANDLES_MONEY = LEADS | {FINANCE}
MODERATES = LEADS | {EDITOR}
ADMIN: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "alliance_school": (SEES_SCHOOLS | {EDITOR}, LEADS),  # editors name schools in stories
    "alliance_schoollink": (STAFF, LEADS),
    "alliance_organisation": (SEES_SCHOOLS, STAFF),
    "alliance_schoolrole": (STAFF, NOBODY),
    "alliance_systemleader": (STAFF, STAFF),
    "alliance_leaderdesignation": (STAFF, STAFF),
    "alliance_declaredinterest": (STAFF, STAFF),
    "alliance_membership": (SEES_SCHOOLS, STAFF),
    "alliance_organisationkind": (STAFF, LEADS),
    "alliance_schoolrolekind": (STAFF, LEADS),
    "alliance_specialism": (STAFF, LEADS),
    "alliance_membershiptier": (SEES_SCHOOLS, LEADS),
    "alliance_bankholiday": (STAFF, LEADS),
    "website_readinesstheme": (LEADS | {EDITOR, REVIEWER}, LEADS | {EDITOR, REVIEWER}),
    "outbox_outboxmessage": (STAFF, NOBODY),
    "website_articlecomment": (MODERATES, NOBODY),
    "diary_halfday": (STAFF, NOBODY),
    "diary_leaderyear": (STAFF, NOBODY),
    "diary_termdate": (STAFF, STAFF),
    "diary_closure": (STAFF, STAFF),
    "finance_ratecard": (SEES_MONEY, frozenset({FINANCE, SUPERUSER})),
    "finance_membershipdiscountrate": (SEES_MONEY, frozenset({FINANCE, SUPERUSER})),
    "finance_cancellationpolicy": (SEES_MONEY, frozenset({FINANCE, SUPERUSER})),
    "finance_quote": (SEES_MONEY, NOBODY),
    "finance_quoteline": (SEES_MONEY, NOBODY),
    "finance_invoice": (SEES_MONEY, NOBODY),
    "finance_invoiceline": (SEES_MONEY, NOBODY),
    "finance_creditnote": (SEES_MONEY, NOBODY),
    "finance_invoiceissuer": (SEES_MONEY, NOBODY),
    "cases_case": (STAFF, NOBODY),
    "cases_turn": (STAFF, NOBODY),
    "cases_message": (STAFF, NOBODY),
    "cases_protocolversion": (STAFF, NOBODY),
    "cases_promiseclock": (STAFF, LEADS),
    "s2s_forms_supportrequest": (STAFF, NOBODY),
    "s2s_forms_processstep": (LEADS | {EDITOR, REVIEWER}, LEADS | {EDITOR}),
    "s2s_workflow_supportproject": (STAFF, NOBODY),
    "s2s_workflow_conflictdeclaration": (STAFF, NOBODY),
    "s2s_workflow_groupopinion": (STAFF, NOBODY),
    "s2s_workflow_deployment": (STAFF, NOBODY),
    "s2s_workflow_readinessconversation": (STAFF, NOBODY),
    "s2s_workflow_readinessanswers": (STAFF, NOBODY),  # of conversations that are open; tests/s2s_workflow/test_readiness_secrecy.py
    "s2s_workflow_initialmeeting": (STAFF, NOBODY),
    "s2s_workflow_agreement": (STAFF, NOBODY),
    "s2s_workflow_agreementparty": (STAFF, NOBODY),
    "s2s_workflow_signature": (STAFF, NOBODY),
    "s2s_workflow_agreementclause": (STAFF, LEADS),
    "s2s_workflow_visit": (STAFF, NOBODY),
    "s2s_workflow_noteofvisit": (STAFF, NOBODY),
    "s2s_workflow_timesheetline": (STAFF, NOBODY),
    "s2s_workflow_midtermreview": (STAFF, NOBODY),
    "s2s_workflow_concern": (STAFF, NOBODY),
    "s2s_workflow_dissemination": (STAFF, NOBODY),
    "s2s_workflow_storyconsent": (STAFF, NOBODY),
    "s2s_workflow_duediligencereport": (STAFF, NOBODY),
    "s2s_workflow_actionplan": (STAFF, NOBODY),
    "s2s_workflow_evaluation": (STAFF, NOBODY),
    "health_checks_series": (STAFF, NOBODY),
    "health_checks_day": (STAFF, NOBODY),
    "health_checks_assignment": (STAFF, NOBODY),
    "health_checks_brief": (STAFF, NOBODY),
    "health_checks_record": (STAFF, NOBODY),
    "health_checks_feedback": (STAFF, NOBODY),
    "health_checks_sefsection": (STAFF, LEADS),
}
ADMIN_ACTIONS = {
    "verify": STAFF,
    "decline": STAFF,
    "end": STAFF,
    "resend": STAFF,
    "allowance": STAFF,
    "approve": STAFF,
    "match": STAFF,
    "cancel": STAFF,
    **dict.fromkeys(("waiting", "show_comment", "refuse_comment"), MODERATES),
    **dict.fromkeys(("issue", "paid", "query", "settle", "credit", "discard"), HANDLES_MONEY),
}
"""Buttons of the admin that call actions, by the last word of their name."""
ADMIN_ADDS = {"alliance_schoolrole": STAFF}
"""Models whose objects are added in the admin, by an action, but not edited there."""

USES_ADMIN = STAFF | {FINANCE, EDITOR, REVIEWER}
THIRD_PARTY_ADMIN = frozenset({
    "wagtailadmin", "wagtailadmin_api", "wagtailadmin_collections", "wagtailadmin_editing_sessions", "wagtailadmin_pages", "wagtailadmin_reports",
    "wagtailadmin_workflows", "wagtaildocs", "wagtaildocs_chooser", "wagtailembeds", "wagtailimages", "wagtailimages_chooser", "wagtaillocales",
    "wagtailredirects", "wagtailsearchpromotions", "wagtailsettings", "wagtailsites", "wagtailsnippets", "wagtailusers", "wagtailusers_groups", "wagtailusers_users",
    "wagtail_localize", "wagtailsnippetchoosers_website_contactrole", "wagtailsnippetchoosers_website_sitewording",
    "wagtailsnippets_website_contactrole", "wagtailsnippets_website_sitewording",
})  # fmt: skip
"""Admin addresses of Wagtail itself, by namespace: none of them opens to somebody without access to the admin."""
