"""Process pages and their protocols, the request page, drafts and requests."""

from s2s_forms.models.process import ProcessPage
from s2s_forms.models.process_steps import ProcessStep
from s2s_forms.models.request_page import RequestPage
from s2s_forms.models.requests import DraftFile, RequestDraft, SupportRequest

__all__ = ["DraftFile", "ProcessPage", "ProcessStep", "RequestDraft", "RequestPage", "SupportRequest"]
