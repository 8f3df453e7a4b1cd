"""What every template may use: site, visitor, menu, switches, and whether the visitor may do a thing."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _

from deliberation import clock
from deliberation.domain.acts import Act
from deliberation.domain.errors import _ as mark
from deliberation.domain.lineage_words import STAGES
from deliberation.domain.phases import PHASES
from deliberation.domain.place_words import cited
from deliberation.domain.remarks import ATTITUDES, CHANNELS
from deliberation.domain.roles import MEMBERS, STAFF, Role
from deliberation.web.book import law
from deliberation.web.languages import init_languages
from deliberation.web.languages import language as spoken
from deliberation.web.pages import may
from deliberation.web.visitor import duties, held, looks

# What staff can do in a consultation, in the order of the work; shown where the route exists.
TOOLS = (
    ("consultations.manage", mark("进度与期限")),
    ("hints.index", mark("体例检查")),
    ("remarks.index", mark("意见")),
    ("remarks.record", mark("代录意见")),
    ("remarks.import_", mark("导入意见")),
    ("preparing.show", mark("会前安排")),
    ("meetings.index", mark("会议")),
    ("votes.index", mark("表决")),
    ("suggestions.index", mark("归并台")),
    ("dossiers.show", mark("报告")),
    ("reports.show", mark("报送")),
    ("log.doings", mark("办理经过")),
)


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Switches:
    """Where the masthead's links lead."""

    elder: str
    contrast: str
    language: str
    sign_in: str
    sign_out: str


@dataclass(frozen=True)
class Site:
    """Whose site this is."""

    name: str
    superior: str = ""
    hotline: str = ""
    complaint_url: str = ""
    sample: bool = False


def init(app: Flask) -> None:
    """Give templates their context."""
    init_languages(app, lambda: request.cookies.get("lang", ""))
    app.context_processor(_context)
    app.jinja_env.filters.update(law=law, cited=cited)
    app.jinja_env.globals.update(
        url_for=_address, may=may, Act=Act, PHASES=PHASES, TOOLS=TOOLS, ROUTES=app.view_functions, ATTITUDES=ATTITUDES, CHANNELS=CHANNELS,
        STAGES=STAGES,
    )  # fmt: skip


def _address(endpoint: str, **values: Any) -> str:
    """`url_for` of templates; addresses without a word of the visitor's are worked out once (a page names a dozen)."""
    if request and (not values or (endpoint == "static" and values.keys() == {"filename"})):
        return _fixed(request.script_root, endpoint, values.get("filename"))
    return url_for(endpoint, **values)


@lru_cache(maxsize=512)
def _fixed(_root: str, endpoint: str, filename: str | None) -> str:
    return url_for(endpoint, filename=filename) if filename is not None else url_for(endpoint)


def _context() -> dict[str, Any]:
    return {
        "site": site(),
        "visitor": looks(),
        "menu": _menu(),
        "lang": spoken(),
        "elder": request.cookies.get("elder") == "1",
        "contrast": request.cookies.get("contrast"),
        "switches": _switches(),
        "now": clock.now(),
    }


def site() -> Site:
    """The office whose thing is shown, else the installation's own name."""
    office = getattr(g, "office", None)
    if office is None:
        return Site(current_app.config["SITE_NAME"], sample=bool(current_app.extensions.get("sample")))
    return Site(
        office.name, office.parent.name if office.parent else "", office.hotline,
        office.complaint or _address("consultations.complaints"), bool(office.sample),
    )  # fmt: skip


def _menu() -> list[Item]:
    if request.endpoint is None:
        return [Item(_("首页"), "/")]
    roles = {Role(role) for _office, _above, role in held()}
    items = [("consultations.home", _("首页")), ("consultations.index", _("征求意见"))]
    if roles & (STAFF | {Role.COMMISSION}):
        items += [("tasks.register", _("任务")), ("people.office", _("人员"))]
    if roles & (STAFF | MEMBERS):
        items.append(("councils.index", _("议事")))
    if roles:
        items.append(("remarks.mine", _("我的意见")))
    if duties():
        items.append(("people.installation", _("安装管理")))
    items += [("notices.index", _("公示栏")), ("search.find", _("搜索")), ("remarks.receipt", _("查回执"))]
    known = current_app.view_functions
    return [Item(label, _address(name), request.endpoint == name) for name, label in items if name in known]


def _switches() -> Switches:
    here = request.full_path.rstrip("?") if request.method == "GET" else request.path

    def turn(name: str, value: str) -> str:
        return url_for("looks.choose", what=name, value=value, next=here)

    return Switches(
        elder=turn("elder", "0" if request.cookies.get("elder") == "1" else "1"),
        contrast=turn("contrast", "normal" if request.cookies.get("contrast") == "more" else "more"),
        language=turn("lang", "zh" if spoken() == "en" else "en"),
        sign_in=url_for("people.sign_in", next=here),
        sign_out=_address("people.sign_out"),
    )
