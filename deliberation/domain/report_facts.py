"""一、基本情况: the period, the channels, the meetings and who came, and the counts. Not recorded is not 0."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from deliberation.domain.dossier import Dossier, MeetingRow, Tally
from deliberation.domain.dossier_words import MEETING_KINDS, day, local_day
from deliberation.domain.errors import Said, _
from deliberation.domain.numbering import to_chinese


def facts(dossier: Dossier) -> Iterator[tuple[Said, ...]]:
    """The paragraphs of the first part, each only where there is something to say."""
    paragraphs = (
        _period(dossier),
        _sources(dossier),
        _meetings(dossier.meetings),
        chain(
            _people(_("专家团%(n)s人：%(parts)s。"), dossier.panel),
            _people(_("议事会%(n)s人：%(parts)s。"), dossier.council),
        ),
        _received(dossier),
        _ends(dossier),
    )
    for sentences in paragraphs:
        some = tuple(sentences)
        if some:
            yield some


def _period(dossier: Dossier) -> Iterator[Said]:
    letter = dossier.letter
    if letter.received_on:
        sender = letter.sender or dossier.addressee
        yield Said(_("%(day)s，收到%(sender)s来文。"), day=day(letter.received_on), sender=sender)
    if dossier.opened_on and dossier.closed_on:
        opened, closed = day(dossier.opened_on), day(dossier.closed_on)
        yield Said(_("征求意见自%(opened)s起，至%(closed)s止。"), opened=opened, closed=closed)
    if dossier.letter.targeted:
        yield Said(_("本次征求意见面向特定范围，未向社会公开。"))


def _sources(dossier: Dossier) -> Iterator[Said]:
    """Of a merged report: whose opinions these are, and how many."""
    if dossier.sources:
        parts = tuple(
            Said(
                _("%(office)s（意见%(n)s条、建议%(rows)s条）"),
                office=each.office,
                n=each.remarks,
                rows=each.suggestions,
            )
            for each in dossier.sources
        )
        yield Said(_("本报告汇总%(n)s个单位报送的意见：%(parts)s。"), n=len(parts), parts=parts)


def _meetings(meetings: tuple[MeetingRow, ...]) -> Iterator[Said]:
    if not meetings:
        return
    kinds = Counter(meeting.kind for meeting in meetings)
    held = tuple(
        Said(_("%(kind)s%(n)s次"), kind=Said(MEETING_KINDS.get(k, k)), n=n) for k, n in kinds.items()
    )
    yield Said(_("召开%(held)s。"), held=held)
    for number, meeting in enumerate(meetings, 1):
        yield _meeting(number, meeting)


def _meeting(number: int, meeting: MeetingRow) -> Said:
    words: dict[str, object] = {
        "n": to_chinese(number),
        "day": local_day(meeting.starts_at),
        "title": meeting.title,
        "came": came(meeting.due, meeting.present),
    }
    parts = tuple(
        Said(_("%(label)s%(n)s人"), label=line.category, n=line.present)
        for line in meeting.attendance
        if line.present is not None
    )
    if not parts:
        return Said(_("第%(n)s次：%(day)s，%(title)s，%(came)s。"), **words)
    return Said(_("第%(n)s次：%(day)s，%(title)s，%(came)s，其中%(parts)s。"), parts=parts, **words)


def came(due: int | None, present: int | None) -> Said:
    """应到 and 实到 in words; what was not recorded is said so."""
    if due is None and present is None:
        return Said(_("到会人数未记录"))
    if due is None:
        return Said(_("实到%(present)s人"), present=present)
    if present is None:
        return Said(_("应到%(due)s人，实到未记录"), due=due)
    return Said(_("应到%(due)s人，实到%(present)s人"), due=due, present=present)


def _people(msgid: str, tallies: tuple[Tally, ...]) -> Iterator[Said]:
    if not tallies:
        return
    parts = tuple(Said(_("%(label)s%(n)s人"), label=t.label, n=t.count) for t in tallies)
    yield Said(msgid, n=sum(t.count for t in tallies), parts=parts)


def _received(dossier: Dossier) -> Iterator[Said]:
    counts = dossier.counts
    words: dict[str, object] = {"n": counts.remarks, "articles": counts.articles, "rows": counts.suggestions}
    if not counts.remarks:
        yield Said(_("本次没有收到意见。"))
        return
    yield Said(_("共收到意见%(n)s条，涉及%(articles)s条条文，归并为建议%(rows)s条。"), **words)
    yield from _split(_("按征集形式：%(parts)s。"), counts.by_channel)
    yield from _split(_("按提出人类别：%(parts)s。"), counts.by_category)
    yield from _split(_("按态度：%(parts)s。"), counts.by_attitude)


def _split(msgid: str, tallies: tuple[Tally, ...]) -> Iterator[Said]:
    if tallies:
        yield Said(
            msgid, parts=tuple(Said(_("%(label)s%(n)s条"), label=_label(t), n=t.count) for t in tallies)
        )


def _label(tally: Tally) -> Said | str:
    return Said(tally.label) if tally.code else tally.label


def _ends(dossier: Dossier) -> Iterator[Said]:
    yield from _split(_("意见的去向：%(parts)s。"), dossier.counts.by_end)
    if dossier.counts.late:
        yield Said(_("截止以后另收到意见%(n)s条，已留存，未计入以上数字。"), n=dossier.counts.late)
