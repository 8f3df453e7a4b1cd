"""The scribe's page: lines by speaker and point; taking back, mending, striking; pasted transcripts; checking."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from deliberation.clock import now as now_is
from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.domain.transcripts import Piece, speakers, split
from deliberation.services import attendance as sheets
from deliberation.services import lines as verbs
from deliberation.services import scratch
from deliberation.services.councils import label
from deliberation.store import drafts, hall, meetings
from deliberation.store import lines as asked
from deliberation.store import syncing as entries
from deliberation.store.drafts import Provision
from deliberation.store.meetings import AgendaItem, Attendance, Line, Meeting
from deliberation.web.councils import Answer
from deliberation.web.forms.meetings import CheckForm, LineForm, MendForm, PasteForm
from deliberation.web.languages import clock
from deliberation.web.meetings import meeting, to
from deliberation.web.pages import page
from deliberation.web.syncing import seen
from deliberation.web.visitor import visitor

bp = Blueprint("console", __name__)
SHOWN = 12
MINUTE = timedelta(minutes=1)


def line(meeting_id: int, number: int) -> Line | None:
    """A line by its meeting and its number there."""
    one = meeting(meeting_id)
    return asked.numbered(one.id, number) if one else None


def _json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


@page(bp, "/meetings/<int:meeting_id>/console", Act.RECORD_LINE, about=meeting, methods=("GET", "POST"))
def show(one: Meeting) -> Any:
    """Take down what is said. Complete without a script; with it, by keyboard alone and without loading anew."""
    form = LineForm(data=_begun(one)) if request.method == "GET" else LineForm()
    if form.submitted():
        made = verbs.record_line(visitor(), one, _typed(form))
        return (
            _said(made)
            if _json()
            else to(one, "console.show", item=form.item.data or None, who=form.number.data)
        )
    if _json() and request.method == "POST":
        return _refused(form), form.status
    item = _item(one, form.item.data or request.args.get("item", ""))
    form.item.data = str(item.id) if item else ""
    return render_template(
        "meetings/console.html", form=form, meeting=one, item=item, **_hall(one, item)
    ), form.status


def _begun(one: Meeting) -> dict[str, Any]:
    """What this person was typing when the page went away, under the key it will have."""
    left = scratch.unfinished(visitor(), one)
    if left is None:
        return {"number": request.args.get("who", type=int)}
    return {
        "key": left.key,
        "text": left.text,
        "number": left.number,
        "speaker": left.speaker,
        "item": left.item_id,
    }


def _typed(form: LineForm) -> verbs.Typed:
    item = form.item.data or ""
    return verbs.Typed(
        key=form.key.data or "", text=form.text.data or "", number=form.number.data or None,
        speaker=form.speaker.data or "", item_id=int(item) if item.isdecimal() else None,
        attitude=form.attitude.data or "", as_remark=bool(form.as_remark.data),
    )  # fmt: skip


def _said(made: Line) -> dict[str, Any]:
    """What the script shows of a line that is safe."""
    return {
        "number": made.position, "name": made.speaker, "time": clock(made.said_at),
        "mend": url_for("console.mend", meeting_id=made.meeting_id, number=made.position),
    }  # fmt: skip


def _refused(form: LineForm) -> dict[str, Any]:
    words = [*form.form_errors, *(str(e) for field in form for e in field.errors)]
    return {"error": " ".join(words), "status": form.status}


def _item(one: Meeting, asked_for: str) -> AgendaItem | None:
    found = next((item for item in one.agenda if str(item.id) == asked_for), None)
    return found or (one.agenda[0] if one.agenda else None)


def _hall(one: Meeting, item: AgendaItem | None) -> dict[str, Any]:
    sheet = meetings.attendance(one.id)
    return {
        "sheet": sheet, "heads": sheets.heads(sheet), "categories": sheets.by_category(sheet), "label": label,
        "counts": asked.lines_per_item(one.id), "log": asked.latest_lines(one.id, SHOWN),
        "keys": [(a.position, a.position, a.person.name, gettext(label(a.category)) if a.category else "") for a in sheet],
        "places": _places(one), "hall": seen(one), "spent": spent(one), "waiting": len(entries.open_questions(one.id)),
    }  # fmt: skip


def _places(one: Meeting) -> list[tuple[int, str, Provision]]:
    """The articles on the agenda as they read, all of them: the next one is wanted when the network may be gone."""
    version = drafts.current(one.consultation.task_id) if one.consultation else None
    found = hall.places(version.id, [item.eid for item in one.agenda]) if version else {}
    return [(item.id, item.title, found[item.eid]) for item in one.agenda if item.eid in found]


def spent(one: Meeting) -> str:
    """How long it has gone on, and how long is left or over."""
    if one.opened_at is None or one.ended_at is not None:
        return ""
    now = now_is()
    words = [gettext("已开 {n} 分钟").format(n=(now - one.opened_at) // MINUTE)]
    if one.planned_end:
        over = now > one.planned_end
        left = abs(now - one.planned_end) // MINUTE
        words.append(
            (gettext("超过计划 {n} 分钟") if over else gettext("离计划结束还有 {n} 分钟")).format(n=left)
        )
    return "　".join(words)


@page(bp, "/meetings/<int:meeting_id>/undo", Act.RECORD_LINE, about=meeting, methods=("POST",))
def undo(one: Meeting) -> Response | dict[str, Any]:
    """Take back the last line one typed oneself; it is struck, not gone."""
    struck = verbs.strike_line(visitor(), verbs.last_of(visitor(), one))
    if _json():
        return {"struck": struck.position}
    return to(one, "console.show", item=struck.item_id)


@page(bp, "/meetings/<int:meeting_id>/lines/<int:number>", Act.MEND_LINE, about=line, methods=("GET", "POST"))
def mend(found: Line) -> Answer:
    """Correct a line until it is checked; what it said before stands below."""
    form = MendForm(data=_as_it_stands(found)) if request.method == "GET" else MendForm()
    sheet = meetings.attendance(found.meeting_id)
    form.offer(sheet, found.meeting)
    if form.submitted():
        seen = int(form.revision.data or 0)
        if "strike" in request.form:
            verbs.strike_line(visitor(), found, seen)
        else:
            verbs.mend_line(visitor(), found, _mended(form), seen)
        return to(found.meeting, "console.show", item=found.item_id)
    form.revision.data = str(found.revision)
    return render_template(
        "meetings/line.html", form=form, line=found, meeting=found.meeting, changes=asked.changes(found.id)
    ), form.status


def _as_it_stands(found: Line) -> dict[str, Any]:
    return {
        "number": found.attendance.position if found.attendance else 0, "item": found.item_id or 0,
        "speaker": "" if found.attendance else found.speaker, "text": found.text, "attitude": found.attitude,
        "as_remark": found.as_remark,
    }  # fmt: skip


def _mended(form: MendForm) -> verbs.Typed:
    return verbs.Typed(
        key="", text=form.text.data or "", number=form.number.data or None, speaker=form.speaker.data or "",
        item_id=form.item.data or None, attitude=form.attitude.data or "", as_remark=bool(form.as_remark.data),
    )  # fmt: skip


@page(bp, "/meetings/<int:meeting_id>/paste", Act.RECORD_LINE, about=meeting, methods=("GET", "POST"))
def paste(one: Meeting) -> Answer:
    """Paste a transcript or a chat; match its speakers once; then it is taken down whole."""
    form = PasteForm()
    form.item.choices = [
        (0, gettext("不归入哪一项")),
        *((i.id, f"{i.position}. {i.title}") for i in one.agenda),
    ]
    sheet = meetings.attendance(one.id)
    matched = {name[4:]: value for name, value in request.form.items() if name.startswith("who-")}
    if form.submitted():
        pieces = _pieces(form, matched)
        if matched and all(matched.get(who) for who in speakers(pieces)):
            verbs.record_lines(
                visitor(), one, [_line(form, one, n, p, matched) for n, p in enumerate(pieces)]
            )
            return to(one, "console.show", item=form.item.data or None)
        form.form_errors += [gettext("还有人没有对上，请逐个选好。")] if matched else []
        status = 422 if matched else 200
        return render_template(
            "meetings/match.html", form=form, meeting=one, **_matching(pieces, sheet, matched)
        ), status
    return render_template("meetings/paste.html", form=form, meeting=one), form.status


def _pieces(form: PasteForm, matched: dict[str, str]) -> tuple[Piece, ...]:
    no_speakers = frozenset(who for who, choice in matched.items() if choice == "text")
    return split(form.pasted.data or "", no_speakers)


def _matching(
    pieces: tuple[Piece, ...], sheet: list[Attendance] | Any, matched: dict[str, str]
) -> dict[str, Any]:
    """For each name in the text whom it most likely means: the one of that name, or nobody yet."""
    by_name = {a.person.name: str(a.position) for a in sheet}
    rows = [
        (who, matched.get(who) or by_name.get(who, ""), [p for p in pieces if p.speaker == who])
        for who in speakers(pieces)
    ]
    return {"rows": rows, "sheet": sheet, "pieces": pieces}


def _line(form: PasteForm, one: Meeting, n: int, piece: Piece, matched: dict[str, str]) -> verbs.Typed:
    choice = matched[piece.speaker]
    return verbs.Typed(
        key=f"{form.key.data}-{n}", text=piece.text, number=int(choice) if choice.isdecimal() else None,
        speaker=piece.speaker if choice == "other" else "", item_id=form.item.data or None,
    )  # fmt: skip


@page(bp, "/meetings/<int:meeting_id>/check", Act.CHECK_LINES, about=meeting, methods=("GET", "POST"))
def check(one: Meeting) -> Answer:
    """Check lines with who said them or with the convenor; those given an attitude become remarks, for good."""
    form = CheckForm()
    if form.submitted():
        numbers = [int(n) for n in request.form.getlist("lines") if n.isdecimal()]
        verbs.check_lines(visitor(), one, numbers, form.with_whom.data or "", _attitudes(one, numbers))
        return to(one, "console.check")
    waiting = [found for found in meetings.lines(one.id) if found.state == "draft"]
    only = request.args.get("who", type=int)
    rows = [w for w in waiting if only is None or (w.attendance and w.attendance.position == only)]
    return render_template(
        "meetings/check.html", form=form, meeting=one, rows=rows, waiting=waiting, only=only,
        ticked=request.form.getlist("lines") if request.method == "POST" else None, given=request.form,
    ), form.status  # fmt: skip


def _attitudes(one: Meeting, numbers: list[int]) -> dict[int, str]:
    """What was chosen beside each line; "ask" where it was marked as a remark and nothing was chosen."""
    if one.consultation_id is None:
        return {}
    found = {n: request.form.get(f"attitude-{n}", "") for n in numbers}
    for number, choice in found.items():
        if choice == "ask":
            raise Refusal(_("第 %(number)s 句要成为意见，请先选态度。"), number=number, field="with_whom")
    return found
