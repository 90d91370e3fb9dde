"""The spine: one case is the thread of a request, a project or a health check series."""

from cases.models.attachments import Attachment
from cases.models.cases import Case, ProtocolVersion
from cases.models.clocks import PromiseClock
from cases.models.events import CaseEvent
from cases.models.messages import Message
from cases.models.turns import Turn

__all__ = ["Attachment", "Case", "CaseEvent", "Message", "PromiseClock", "ProtocolVersion", "Turn"]
