"""Taking in what was said elsewhere: the clerk's form for one after another, and tables."""

import hashlib
from datetime import UTC, datetime, time
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.errors import NotFound, Refusal, _
from deliberation.domain.place_words import place_words
from deliberation.domain.places import recognise
from deliberation.domain.remarks import Origin, Words
from deliberation.services import receipts, remark_imports, remark_tables, remarks, staging
from deliberation.services.remark_imports import Reading
from deliberation.store import drafts
from deliberation.store import remarks as rows
from deliberation.store.consultations import Consultation
from deliberation.web.consultations import consultation
from deliberation.web.downloads import XLSX, attachment
from deliberation.web.forms.intake import ColumnsForm, TableForm, columns_form
from deliberation.web.forms.remarks import RECEPTION, RecordForm
from deliberation.web.pages import page
from deliberation.web.remarks import bp as remarks_bp
from deliberation.web.remarks import remember
from deliberation.web.safe import outside
from deliberation.web.visitor import visitor

bp = Blueprint("intake", __name__)
KEPT = ("channel", "source", "category", "received_on", "received_time")
SHOWN = 60


@page(remarks_bp, "/c/<slug>/remarks/record", Act.RECORD_REMARK, about=consultation, methods=("GET", "POST"))
def record(one: Consultation) -> Response | tuple[str, int]:
    """Take down one, keep channel, category and date, and stand ready for the next."""
    form = RecordForm(data=_kept()) if request.method == "GET" else RecordForm()
    if form.submitted():
        given = remarks.record_remark(visitor(), one, _words(form), _origin(form))
        remember(given)
        kept = {name: form[name].raw_data[0] for name in KEPT if form[name].raw_data}
        return redirect(url_for("remarks.record", slug=one.slug, last=given.number, **kept))
    return render_template("remarks/record.html", form=form, consultation=one, **_around(one)), form.status


def _around(one: Consultation) -> dict[str, Any]:
    """What stands beside the form: the articles, and what was just taken down by this browser."""
    version = drafts.current(one.task_id)
    contents = drafts.contents(version.id, one.id) if version else []
    last = request.args.get("last", type=int)
    found = rows.by_number(one.id, last) if last else None
    code = (session.get("receipts") or {}).get(str(found.id)) if found else None
    return {
        "articles": [row for row in contents if row.kind == "article"],
        "last": found if code else None, "code": code, "kept": len(_slips(one)),
        "place": place_words(found.place, found.eid) if found else None,
    }  # fmt: skip


def _kept() -> dict[str, Any]:
    """What the last one leaves for the next; today the first time."""
    args = request.args
    kept: dict[str, Any] = {
        name: args[name][:200] for name in ("channel", "source", "category") if name in args
    }
    kept["received_on"] = clock.local(clock.now()).date()
    for name, read in (("received_on", "%Y-%m-%d"), ("received_time", "%H:%M")):
        try:
            at = datetime.strptime(args.get(name, ""), read).replace(tzinfo=UTC)
        except ValueError:
            continue
        kept[name] = at.date() if name == "received_on" else at.time()
    return kept


def _words(form: RecordForm) -> Words:
    kind, eid = _place(form)
    return Words(
        key=form.key.data or "", text=form.text.data or "", attitude=form.attitude.data or "", place=kind, eid=eid,
        wording=form.wording.data or "", reason=form.reason.data or "",
    )  # fmt: skip


def _place(form: RecordForm) -> tuple[str, str]:
    """第几条 and 第几款 as typed: 12 and 2, 第十二条第二款, 总体意见, 标题, 在第八条后增加."""
    article, paragraph = (form.article.data or "").strip(), (form.paragraph.data or "").strip()
    found = recognise(article)
    if found is not None and paragraph and found.kind == "article":
        base = article if "条" in article else f"第{article}条"
        found = recognise(f"{base}第{paragraph.strip('第款')}款")
    if found is None:
        raise Refusal(
            _("看不懂条款位置“%(word)s”，请写条号，例如 12、第十二条第二款、总体意见、标题。"),
            word=f"{article} {paragraph}".strip(), field="article",
        )  # fmt: skip
    return found.kind, found.eid


def _origin(form: RecordForm) -> Origin:
    channel, source = form.channel.data or "", _short(form, "source", 200)
    if channel == RECEPTION:
        channel, source = "visit", "　".join(part for part in ("接待日", source) if part)
    return Origin(
        channel=channel, said_by=_short(form, "said_by", 60), contact=_short(form, "contact", 60),
        category=_short(form, "category", 40), source=source, received_at=_received(form),
        private=bool(form.private.data),
    )  # fmt: skip


def _short(form: RecordForm, name: str, most: int) -> str:
    words = (form[name].data or "").strip()
    if len(words) > most:
        raise Refusal(_("写得太长，请不超过 %(most)s 个字。"), field=name, most=most)
    return words


def _received(form: RecordForm) -> datetime | None:
    """The instant it reached the office; today without a time is now."""
    day, at = form.received_on.data, form.received_time.data
    now = clock.local(clock.now())
    if day is None or (day == now.date() and at is None):
        return None
    return datetime.combine(day, at or time(0, 0), tzinfo=clock.CHINA)


def _slips(one: Consultation) -> list[tuple[rows.Remark, str]]:
    kept = {int(found): code for found, code in (session.get("receipts") or {}).items()}
    found = [(rows.get(remark_id), code) for remark_id, code in kept.items()]
    return [(each, code) for each, code in found if each is not None and each.consultation_id == one.id]


@page(bp, "/c/<slug>/receipts", Act.READ_CONSULTATION, about=consultation)
def slips(one: Consultation) -> str:
    """The receipts this browser was given in this consultation, as slips, four to a sheet."""
    found = _slips(one)
    if not found:
        raise NotFound(_("这个浏览器里没有回执。请用查询码查询。"))
    return render_template(
        "remarks/slips.html", consultation=one, slips=found, place_words=place_words,
        qr=receipts.qr(outside("remarks.receipt")),
    )  # fmt: skip


@page(remarks_bp, "/c/<slug>/remarks/import", Act.IMPORT_REMARKS, about=consultation, methods=("GET", "POST"))
def import_(one: Consultation) -> Response | tuple[str, int]:
    """Bring a table: a file or what was copied."""
    form = TableForm()
    if form.submitted():
        name, data = _brought(form)
        table = remark_tables.read(data, name) if data else remark_tables.pasted(form.pasted.data or "")
        whole = data or (form.pasted.data or "").encode()
        token = staging.stage(visitor(), one, table, name, hashlib.sha256(whole).hexdigest())
        return redirect(url_for("intake.columns", slug=one.slug, token=token))
    return render_template("remarks/import.html", form=form, consultation=one), form.status


def _brought(form: TableForm) -> tuple[str, bytes]:
    file = form.file.data
    return (file.filename or "", file.read()) if file and file.filename else ("", b"")


@page(bp, "/c/<slug>/remarks/blank.xlsx", Act.IMPORT_REMARKS, about=consultation)
def blank(one: Consultation) -> Response:
    """The empty form to fill in, with this draft's articles to choose from."""
    return attachment(remark_tables.blank_form(one), "意见登记表.xlsx", XLSX)


@page(bp, "/c/<slug>/remarks/import/<token>", Act.IMPORT_REMARKS, about=consultation, methods=("GET", "POST"))
def columns(one: Consultation, token: str) -> Response | tuple[str, int]:
    """Which column is what, what would come in, and what is wrong with which row; then take it in."""
    held = staging.staged(visitor(), one, token)
    if held.report is not None and request.method == "GET" and "again" not in request.args:
        return redirect(url_for("intake.report", slug=one.slug, token=token))
    found, known = remark_imports.columns_for(one, held.table)
    form = columns_form(held.table.header, found)
    reading = _reading(form)
    if form.submitted() and request.form.get("go") == "import":
        came = remark_imports.import_remarks(visitor(), one, held.table, reading, digest=held.digest)
        staging.finish(held, came)
        return redirect(url_for("intake.report", slug=one.slug, token=token))
    checked = remark_imports.read_rows(one, held.table, reading)
    wrong = [row for row in checked if row.problems]
    sound = [row for row in checked if not row.problems]
    there = remark_imports.known_rows(one, held.table, sound)
    status = 200 if not form.errors and form.refused is None else form.status
    return render_template(
        "remarks/columns.html", form=form, consultation=one, held=held, known=known, wrong=wrong[:SHOWN],
        wrong_count=len(wrong), sound=sound[:5], sound_count=len(sound) - there, there=there, place_words=place_words,
    ), status  # fmt: skip


def _reading(form: ColumnsForm) -> Reading:
    day = form.received_on.data
    at = datetime.combine(day, time(0, 0), tzinfo=clock.CHINA) if day else None
    return Reading(form.columns(), form.fallback.data or "other_system", (form.source.data or "")[:200], at)


@page(bp, "/c/<slug>/remarks/import/<token>/report", Act.IMPORT_REMARKS, about=consultation)
def report(one: Consultation, token: str) -> str:
    """What came of it: added, there already, refused and why."""
    held = staging.staged(visitor(), one, token)
    if held.report is None:
        raise NotFound(_("这个表还没有导入。"))
    return render_template(
        "remarks/imported.html", consultation=one, held=held, report=held.report, shown=SHOWN
    )


@page(bp, "/c/<slug>/remarks/import/<token>/refused.csv", Act.IMPORT_REMARKS, about=consultation)
def refused(one: Consultation, token: str) -> Response:
    """The refused rows with their reasons, to mend and bring again."""
    held = staging.staged(visitor(), one, token)
    if held.report is None:
        raise NotFound(_("这个表还没有导入。"))
    return attachment(remark_tables.refused_csv(held.table, held.report), "没有导入的行.csv", "text/csv")
