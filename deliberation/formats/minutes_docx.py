"""纪要 as a .docx (GB/T 9704-2012, 10.3): who came in 黑体 labels, speeches verbatim, no seal."""

from collections.abc import Iterator
from itertools import groupby

from deliberation.domain.dossier import Minutes, Person, Speech
from deliberation.domain.dossier_words import MEETING_KINDS, WITHHELD, day, minute, word
from deliberation.domain.report_facts import came
from deliberation.domain.title_lines import title_lines
from deliberation.formats.official_package import package_bytes
from deliberation.formats.official_styles import HEI, section
from deliberation.formats.official_xml import compound, face, indent, paragraph, run

STATES = {"draft": "草稿", "convenor": "召集人审阅稿", "correction": "征求更正稿", "final": ""}


def write(minutes: Minutes, *, mark: str = "") -> bytes:
    """The minutes of one meeting as a paper of their own; a version that is not final says so at every head."""
    title = f"{minutes.meeting.title}纪要"
    head = STATES.get(minutes.state, minutes.state) or mark
    body = [*minutes_body(minutes, new_page=False), section()]
    return package_bytes(body, title=title, made_at=minutes.meeting.starts_at, mark=head)


def minutes_body(minutes: Minutes, *, new_page: bool) -> Iterator[str]:
    """The pieces of the minutes, without a section, so that a report can hold several."""
    first = "<w:pageBreakBefore/>" if new_page else ""
    for line in title_lines(f"{minutes.meeting.title}纪要"):
        yield paragraph(line, "PaperTitle", first)
        first = ""
    if minutes.number:
        yield paragraph(minutes.number, "Flush", '<w:jc w:val="center"/>')
    yield paragraph("", "Flush")
    yield from _facts(minutes)
    yield from _people(minutes)
    yield from _agenda(minutes)
    yield from _speeches(minutes)
    yield from _agreed(minutes)
    yield from _signed(minutes)


def _facts(minutes: Minutes) -> Iterator[str]:
    meeting = minutes.meeting
    until = f"至{minute(meeting.ended_at).partition('日')[2]}" if meeting.ended_at else ""
    lines = {
        "时间": minute(meeting.starts_at) + until if meeting.starts_at else "",
        "地点": meeting.place,
        "形式": word(MEETING_KINDS, meeting.kind),
        "召集人": meeting.convenor.shown if meeting.convenor else "",
        "记录人": meeting.scribe.shown if meeting.scribe else "",
        "到会": str(came(meeting.due, meeting.present)),
    }
    yield from (_labelled(label, text) for label, text in lines.items() if text)


def _labelled(label: str, text: str) -> str:
    """黑体 label, 仿宋 text, hanging under itself."""
    hang = f'<w:ind w:left="{315 * (2 + len(label) + 1)}" w:hanging="{315 * (len(label) + 1)}"/>'
    return compound([run(f"{label}：", face(HEI)), run(text)], "Body", hang)


def _people(minutes: Minutes) -> Iterator[str]:
    for label, persons in (
        ("出席", minutes.present),
        ("请假", minutes.on_leave),
        ("列席", minutes.observers),
    ):
        if persons:
            yield _labelled(label, "　".join(_listed(persons)))


def _listed(persons: tuple[Person, ...]) -> Iterator[str]:
    """Names in the order of the roll; where an edition has no names, how many of each label."""
    for shown, group in groupby(persons, key=lambda person: person.shown):
        many = len(list(group))
        yield shown if many == 1 else f"{shown}{many}人"


def _agenda(minutes: Minutes) -> Iterator[str]:
    if not minutes.agenda:
        return
    yield paragraph("一、议程", "Heading1")
    yield from (paragraph(f"{n}. {item}", "Body") for n, item in enumerate(minutes.agenda, 1))


def _speeches(minutes: Minutes) -> Iterator[str]:
    if not minutes.speeches:
        return
    yield paragraph(f"{'二' if minutes.agenda else '一'}、发言记录", "Heading1")
    for line in minutes.speeches:
        yield paragraph(_speaker(line), "RemarkHead")
        if line.text is None:
            yield paragraph(f"（此段不公开：{word(WITHHELD, line.withheld)}）", "RemarkSource")
        else:
            yield paragraph(line.text, "Verbatim")


def _speaker(line: Speech) -> str:
    at = minute(line.at).partition("日")[2]
    return "　".join(part for part in (line.speaker.shown, line.place, at) if part)


def _agreed(minutes: Minutes) -> Iterator[str]:
    if not minutes.agreed:
        return
    number = "一二三"[bool(minutes.agenda) + bool(minutes.speeches)]
    yield paragraph(f"{number}、形成的意见", "Heading1")
    yield from (paragraph(f"{n}. {item}", "Body") for n, item in enumerate(minutes.agreed, 1))


def _signed(minutes: Minutes) -> Iterator[str]:
    yield paragraph("", "Flush", "<w:keepNext/>")
    if minutes.office:
        yield paragraph(minutes.office, "Sign", "<w:keepNext/>" + indent(right=2))
    if minutes.on:
        yield paragraph(day(minutes.on), "Sign", indent(right=4))
