"""The report: what will be in it, how it will look, building it, fetching what was built."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.dossier import Dossier
from deliberation.domain.dossier_words import chinese, speak
from deliberation.domain.errors import NotFound
from deliberation.domain.errors import _ as mark
from deliberation.domain.report import Block, annexes, full_name, report
from deliberation.domain.summary_table import count_lines
from deliberation.services import dossiers, sealing, shelf
from deliberation.store import bench, editions
from deliberation.store.consultations import Consultation
from deliberation.web.bench import summed
from deliberation.web.consultations import consultation
from deliberation.web.downloads import from_disk
from deliberation.web.forms.dossiers import BuildForm
from deliberation.web.pages import page
from deliberation.web.visitor import visitor

bp = Blueprint("dossiers", __name__)
LINES, CHARACTERS = 22, 28  # of one page, GB/T 9704-2012
LOOKED_AT = 5_000  # remarks up to which the report is shown before it is built
KINDS = {
    "report.docx": (mark("报告"), "DOCX"),
    "report.pdf": (mark("报告"), "PDF"),
    "table.xlsx": (mark("意见建议汇总表"), "XLSX"),
    "sender_table.xlsx": (mark("来文单位的表格（已填）"), "XLSX"),
    "sender_table.docx": (mark("来文单位的表格（已填）"), "DOCX"),
    "report.md": (mark("报告（纯文字）"), "Markdown"),
    "remarks.jsonl": (mark("意见原文（供机器核对）"), "JSONL"),
    "remarks.csv": (mark("意见原文（电子表格软件通用）"), "CSV"),
    "suggestions.jsonl": (mark("建议（供机器核对）"), "JSONL"),
    "draft.akn.xml": (mark("草案结构文件"), "Akoma Ntoso"),
    "leaves.txt": (mark("办理经过校验值"), "TXT"),
    "manifest.json": (mark("文件清单和校验值"), "JSON"),
    "seal.txt": (mark("归档凭据"), "TXT"),
    "ZIP": (mark("全部打包"), "ZIP"),
}
NAMES = {
    "report.docx": "征求意见情况的报告.docx", "report.pdf": "征求意见情况的报告.pdf", "table.xlsx": "意见建议汇总表.xlsx",
    "report.md": "征求意见情况的报告.md", "remarks.jsonl": "意见原文.jsonl", "suggestions.jsonl": "建议.jsonl", "remarks.csv": "意见原文.csv",
    "sender_table.xlsx": "来文单位的表格.xlsx", "sender_table.docx": "来文单位的表格.docx", "draft.akn.xml": "草案.akn.xml",
}  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One page of the preview: (tag, class, text) of its paragraphs, and its number."""

    paragraphs: list[tuple[str, str, str]]
    number: int


@page(bp, "/c/<slug>/dossier", Act.BUILD_DOSSIER, about=consultation)
def show(one: Consultation) -> str:
    """What will be in it, what still waits, the report as it will look, and what was built."""
    return _page(one, BuildForm())


def _page(one: Consultation, form: BuildForm) -> str:
    made = dossiers.dossier_of(one, "public", clock.now()) if one.remark_count <= LOOKED_AT else None
    return render_template(
        "dossiers/show.html", consultation=one, form=form, dossier=made, total=summed(bench.desk(one.id)),
        title=full_name(made) if made else one.title, sheets=list(_sheets(report(made))) if made else [],
        annexes=[speak(each.name, chinese) for each in annexes(made)] if made else [],
        figures=list(_figures(made)) if made else [], built=shelf.shelf(one), KINDS=KINDS, EDITIONS=dossiers.EDITIONS,
        sealed=editions.of_consultation(one.id), sealing=sealing.far(one, clock.now()),
    )  # fmt: skip


def _figures(made: Dossier) -> Iterator[tuple[str, str]]:
    yield from count_lines(made)


def _sheets(blocks: list[Block]) -> Iterator[Sheet]:
    """The report's paragraphs cut into pages as long as printed ones, roughly: the real ones are cut by the layout."""
    kinds = {
        "title": ("h3", ""), "h1": ("h4", ""), "h2": ("h5", ""), "addressee": ("p", "flush"), "annex": ("p", ""),
        "office": ("p", ""), "date": ("p", ""),
    }  # fmt: skip
    page_, used, number = list[tuple[str, str, str]](), 0, 1
    for block in blocks:
        text = speak(block.text, chinese)
        lines = -(-(len(text) + 2) // CHARACTERS) + 2 * (block.kind == "title")
        heading = block.kind in {"h1", "h2"}
        if page_ and used + lines + 2 * heading > LINES:
            yield Sheet(page_, number)
            page_, used, number = [], 0, number + 1
        page_.append((*kinds.get(block.kind, ("p", "")), text))
        used += lines
    yield Sheet(page_, number)


@page(bp, "/c/<slug>/dossier/build", Act.BUILD_DOSSIER, about=consultation, methods=("POST",))
def build(one: Consultation) -> Response | tuple[str, int]:
    """Build an edition; a large one is made beside the request."""
    form = BuildForm()
    if form.submitted():
        shelf.order(visitor(), one, form.edition.data or "")
        return redirect(url_for("dossiers.show", slug=one.slug, _anchor="h-dl"))
    return _page(one, form), form.status


@page(bp, "/c/<slug>/dossier/<int:number>/public/<path:name>", Act.BUILD_DOSSIER, about=consultation)
def public(one: Consultation, number: int, name: str) -> Response:
    """A file of a public edition."""
    return _fetched(one, number, "public", name)


@page(bp, "/c/<slug>/dossier/<int:number>/restricted/<path:name>", Act.READ_RESTRICTED, about=consultation)
def restricted(one: Consultation, number: int, name: str) -> Response:
    """A file with names and phones: only for who leads the office, and it is logged."""
    found = shelf.file_of(one, number, "restricted", name)
    if found is not None:
        dossiers.taken_away(visitor(), one, number, name)
    return _fetched(one, number, "restricted", name)


def _fetched(one: Consultation, number: int, edition: str, name: str) -> Response:
    found = shelf.file_of(one, number, edition, name)
    if found is None:
        raise NotFound(mark("这一份已经不在了，请回到报告页再生成一次。"))
    return from_disk(found, _name(one, edition, name))


def _name(one: Consultation, edition: str, name: str) -> str:
    """What the file is called where it is saved; the restricted one says so."""
    last = name.rpartition("/")[2]
    plain = f"{one.slug}.zip" if name == "ZIP" else f"{one.title}{NAMES[last]}" if last in NAMES else last
    return f"内部版-{plain}" if edition == "restricted" else plain
