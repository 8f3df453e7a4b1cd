"""What staff do with remarks that are in: show them to others or not, and say what becomes of those not merged."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.domain.remarks import ENDINGS
from deliberation.services.actors import Actor
from deliberation.services.acts import Record, act
from deliberation.store import remarks, suggestions
from deliberation.store.consultations import Consultation
from deliberation.store.remarks import Remark

MOST = 200


def release_remark(actor: Actor, remark: Remark, *, show: bool) -> None:
    """Let everyone who may read the consultation see this remark, nameless; or take that back."""
    release_remarks(actor, remark.consultation, [remark], show=show)


def release_remarks(actor: Actor, consultation: Consultation, chosen: Sequence[Remark], *, show: bool) -> int:
    """Show several remarks to everyone, nameless, or no longer; one act, a leaf each. Returns how many changed."""
    _some(chosen)
    with _each(actor, Act.RELEASE_REMARK, consultation, chosen) as (record, fresh):
        if show:
            for remark in fresh:
                _may_be_shown(remark)
        changed = [one for one in fresh if (one.released_at is not None) != show]
        for remark in changed:
            remark.released_at = record.at if show else None
            record.leaf(record.act, "remark", remark.public_number, {"released": show})
            record.index("remark", remark.id)
        if not changed:
            record.nothing()
    return len(changed)


def _may_be_shown(remark: Remark) -> None:
    if remark.private:
        raise Refusal(
            _("意见 %(number)s 的提出人不愿公开，不能公开。请从清单里去掉它。"), number=remark.public_number
        )
    if remark.state != "current":
        raise Refusal(
            _("意见 %(number)s 已经撤回或改写，不能公开。请从清单里去掉它。"), number=remark.public_number
        )


def settle_remark(
    actor: Actor, remark: Remark, ending: str | None, reason: str = "", department: str = ""
) -> None:
    """Say what becomes of a remark that is not merged: annexed verbatim, unrelated or referred (with reason)."""
    settle_remarks(actor, remark.consultation, [remark], ending, reason, department)


def settle_remarks(
    actor: Actor,
    consultation: Consultation,
    chosen: Sequence[Remark],
    ending: str | None,
    reason: str = "",
    department: str = "",
) -> int:
    """The same for several at once; `ending` None takes it back, so that they wait again. Returns how many changed."""
    _some(chosen)
    ending, reason, department = ending or None, reason.strip(), department.strip()
    _sound(ending, reason, department)
    with _each(actor, Act.SETTLE_REMARK, consultation, chosen) as (record, fresh):
        merged = suggestions.numbers_of([one.id for one in fresh])
        for remark in fresh:
            _may_be_settled(remark, merged.get(remark.id, []) if ending else [])
        after = (
            ending,
            "" if ending in {None, "annex"} else reason or department,
            department if ending == "referred" else "",
        )
        changed = [one for one in fresh if (one.ending, one.ending_reason, one.ending_to) != after]
        for remark in changed:
            remark.ending, remark.ending_reason, remark.ending_to = after
            record.leaf(record.act, "remark", remark.public_number, {"ending": ending or ""})
            record.index("remark", remark.id)
        if not changed:
            record.nothing()
    return len(changed)


def _sound(ending: str | None, reason: str, department: str) -> None:
    if ending is not None and ending not in ENDINGS:
        raise Refusal(_("请选择这条意见怎么处理。"), field="ending")
    if ending == "unrelated" and not reason:
        raise Refusal(_("请写明理由：为什么与草案无关，或者转给哪个部门。"), field="reason")
    if ending == "referred" and not (reason or department):
        raise Refusal(_("请写明转给哪个部门。"), field="department")
    if len(reason) > 2_000:
        raise Refusal(_("写得太长，请不超过 %(most)s 个字。"), field="reason", most=2_000)
    if len(department) > 120:
        raise Refusal(_("写得太长，请不超过 %(most)s 个字。"), field="department", most=120)


def _may_be_settled(remark: Remark, merged: list[int]) -> None:
    if remark.state != "current":
        raise Refusal(
            _("意见 %(number)s 已经撤回或改写，不用再处理。请从清单里去掉它。"), number=remark.public_number
        )
    if merged:
        raise Refusal(
            _("意见 %(number)s 已经归入建议 %(suggestion)s。要另作处理，请先把它取出来。"),
            number=remark.public_number,
            suggestion=merged[0],
        )


def _some(chosen: Sequence[Remark]) -> None:
    if not chosen:
        raise Refusal(_("还没有选意见。请先在清单里勾选。"))
    if len(chosen) > MOST:
        raise Refusal(_("一次最多处理 %(most)s 条，请分几次。"), most=MOST)


@contextmanager
def _each(
    actor: Actor, what: Act, consultation: Consultation, chosen: Sequence[Remark]
) -> Iterator[tuple[Record, Sequence[Remark]]]:
    """One act on several remarks of one consultation, read afresh inside the door; the leaves are theirs."""
    numbers = [one.number for one in chosen if one.consultation_id == consultation.id]
    with act(actor, what, on=consultation) as record:
        record.no_leaf_of_its_own()
        yield record, remarks.fresh(consultation.id, numbers)
