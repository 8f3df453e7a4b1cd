"""When a consultation takes what: two deadlines, compared at the instant inside the door."""

from datetime import datetime

from deliberation.domain.errors import Refusal, _


def is_late(made_at: datetime, public_until: datetime) -> bool:
    """After the public's deadline: still kept, apart from the others."""
    return made_at > public_until


def office_may_enter(
    at: datetime, office_until: datetime, received_at: datetime, public_until: datetime
) -> None:
    """Until its own deadline the office enters what reached it before the public's; else a Refusal."""
    if received_at > at:
        raise Refusal(_("收到意见的时间在将来，请核对日期。"), field="received_at")
    if at > office_until and received_at <= public_until:
        raise Refusal(_("联系点的录入期限已过，不能再补录。如确有需要，请负责人调整期限。"))


def deadlines_in_order(public_until: datetime, office_until: datetime, report_due: datetime) -> None:
    """Public first, then the office, then the report; else a Refusal at its field."""
    if office_until < public_until:
        raise Refusal(_("联系点录入期限不能早于公众提意见的截止时间。"), field="office_until")
    if report_due < office_until:
        raise Refusal(_("联系点录入期限不能晚于报送截止时间。"), field="office_until")
