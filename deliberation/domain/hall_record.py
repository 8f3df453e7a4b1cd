"""发言记录: who spoke, line by line, with a column to sign in, minutes after the end. Plain values in, parts of a paper out."""

from collections.abc import Iterator
from dataclasses import dataclass

from deliberation.domain.dossier import MeetingRow
from deliberation.domain.dossier_words import minute
from deliberation.domain.paper import Grid, Item, Labelled, Para

WIDTHS = (10.0, 16.0, 30.0, 76.0, 24.0)
HEADS = ("序号", "时间", "发言人", "原话", "签字")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line: its number in the meeting, the time, who with which standing, at which point, the words."""

    number: int
    time: str
    name: str
    standing: str
    point: str
    text: str
    checked: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class HallRecord:
    """What was said in a meeting, to be read over and signed."""

    office: str
    meeting: MeetingRow
    due: int
    present: tuple[str, ...]
    lines: tuple[Spoken, ...]
    hands: tuple[str, ...] = ()
    began: str = ""
    ended: str = ""
    observers: tuple[str, ...] = ()


def record_title(record: HallRecord) -> str:
    """The paper's title."""
    return f"{record.meeting.title}发言记录"


def record_parts(record: HallRecord) -> Iterator[Item]:
    """Facts, the lines under their points, shows of hands, room for the convenor's and the scribe's names."""
    yield Para("title", record_title(record))
    yield Para("flush", "")
    meeting = record.meeting
    facts = {
        "时间": record.began + (f"至{record.ended}" if record.ended else ""),
        "地点": meeting.place,
        "召集人": meeting.convenor.shown if meeting.convenor else "",
        "记录人": meeting.scribe.shown if meeting.scribe else "",
        "到会": f"应到{record.due}人，实到{len(record.present)}人：{'、'.join(record.present) or '—'}",
        "列席": "、".join(record.observers),
    }
    yield from (Labelled(label, text) for label, text in facts.items() if text)
    yield Para("small", "请看过自己说的话：记得对的，在右边签字；不对的，请当场告诉记录人改正。")
    yield Grid(WIDTHS, HEADS, list(_rows(record.lines)), 12.0)
    if record.hands:
        yield Para("h1", "举手", hold=True)
        yield from (Para("body", line) for line in record.hands)
    yield Para("flush", "")
    yield Para("flush", f"以上共{len(record.lines)}句。")
    yield Para("flush", "")
    yield Para("flush", "记录人：＿＿＿＿＿＿　　召集人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿")


def _rows(lines: tuple[Spoken, ...]) -> Iterator[list[str]]:
    point = None
    for line in lines:
        if line.point != point:
            point = line.point
            yield ["", "", "", f"【{point or '未归入议程'}】", ""]
        who = line.name + (f"\n{line.standing}" if line.standing else "")
        yield [str(line.number), line.time, who, line.text + ("（会后补记）" if line.late else ""), ""]


def began(meeting: MeetingRow) -> str:
    """The start as called, where nothing else is known."""
    return minute(meeting.starts_at) if meeting.starts_at else ""
