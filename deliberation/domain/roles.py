"""Roles in an office, duties of the installation, kinds of office. Names: domain glossary."""

from enum import StrEnum

from deliberation.domain.errors import _


class OfficeKind(StrEnum):
    """Where an office stands: the commission above, a district between, the outreach office below."""

    COMMISSION = "commission"
    DISTRICT = "district"
    OUTREACH = "outreach"


class Role(StrEnum):
    """What a person does in one office."""

    RESPONSIBLE = "responsible"
    LIAISON = "liaison"
    CLERK = "clerk"
    INFORMATION = "information"
    PANEL = "panel"
    COUNCIL = "council"
    COMMISSION = "commission"


class Duty(StrEnum):
    """The three separate administrators of an installation (GB/T 22239-2019): never one account outside the sample."""

    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


LEAD = frozenset({Role.RESPONSIBLE, Role.LIAISON})
STAFF = LEAD | {Role.CLERK, Role.INFORMATION}
MEMBERS = frozenset({Role.PANEL, Role.COUNCIL})

ROLE_NAMES = {
    Role.RESPONSIBLE: _("负责人"),
    Role.LIAISON: _("联络员"),
    Role.CLERK: _("记录员"),
    Role.INFORMATION: _("信息员"),
    Role.PANEL: _("专家团成员"),
    Role.COUNCIL: _("议事会成员"),
    Role.COMMISSION: _("法工委工作人员"),
}
DUTY_NAMES = {
    Duty.SYSTEM: _("系统管理员"),
    Duty.SECURITY: _("安全管理员"),
    Duty.AUDIT: _("审计员"),
}
OFFICE_KIND_NAMES = {
    OfficeKind.COMMISSION: _("人大常委会法制工作机构"),
    OfficeKind.DISTRICT: _("区（县）人大常委会机构"),
    OfficeKind.OUTREACH: _("基层立法联系点"),
}
