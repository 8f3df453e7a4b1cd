"""Which language a page speaks, and how sentences, days and instants are said in it.

The Chinese sentence is its own msgid; English stands in `deliberation/locale/en/*.po`, read at first use, no compiled file.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from deliberation.domain.errors import Refusal, Said
from deliberation.domain.place_words import Cited, in_english
from deliberation.services.councils import label
from deliberation.web.agreement import agreed

LANGUAGES = ("zh", "en")
LOCALE = Path(__file__).resolve().parents[1] / "locale"
SHANGHAI = timezone(
    timedelta(hours=8), "Asia/Shanghai"
)  # one zone, no summer time since 1991: no tzdata needed
MONTHS = ("January", "February", "March", "April", "May", "June", "July",
          "August", "September", "October", "November", "December")  # fmt: skip


def po_files(language: str = "en") -> list[Path]:
    """The catalogues of a language, one a noun."""
    return sorted((LOCALE / language).glob("*.po"))


@lru_cache(maxsize=1)
def english() -> Translations:
    """All English catalogues as one; the first file that has a sentence wins (a house test forbids two opinions)."""
    catalog: dict[str | tuple[str, int], str] = {}
    for path in po_files():
        for key, text in _entries(path):
            catalog.setdefault(key, text)
    together = Translations()
    together._catalog = catalog  # type: ignore[assignment]  # what GNUTranslations fills from a compiled file
    together.plural = lambda n: int(n != 1)  # type: ignore[attr-defined]
    return together


def _entries(path: Path) -> list[tuple[str | tuple[str, int], str]]:
    with path.open("rb") as file:
        messages = [m for m in read_po(file, locale="en") if m.id and m.string and not m.fuzzy]
    found: list[tuple[str | tuple[str, int], str]] = []
    for message in messages:
        if isinstance(message.id, str):
            found.append((message.id, str(message.string)))
        else:
            found += [((message.id[0], n), text) for n, text in enumerate(message.string or ()) if text]
    return found


class Catalogue(Domain):
    """The one domain of this house: English from the .po files, Chinese as written."""

    def get_translations(self) -> NullTranslations:
        """The sentences of the language this request speaks."""
        locale = get_locale()
        return english() if locale is not None and locale.language == "en" else NullTranslations()

    def gettext(self, string: str, **variables: Any) -> str:
        """A sentence said from Python, its counts agreeing."""
        sentence = self.get_translations().gettext(string)
        return sentence if not variables else _counted(sentence, variables) % variables


def init_languages(app: Flask, choose: Callable[[], str]) -> Babel:
    """Wire the languages into the app. `choose` gives what the visitor chose before ("zh", "en" or "")."""
    babel = Babel()
    babel.init_app(
        app, default_locale="zh", default_timezone="Asia/Shanghai", locale_selector=lambda: _wanted(choose)
    )
    babel.domain_instance = Catalogue()
    app.jinja_env.globals.update(_=_in_template, gettext=_in_template)
    app.jinja_env.filters.update(
        say=say, day=day, moment=moment, clock=clock, days_left=days_left, category=category, place=place
    )
    return babel


@pass_eval_context
def _in_template(eval_ctx: EvalContext, msgid: str, /, **params: object) -> str:
    """`_` of templates: what Flask-Babel's says, without its five look-ups a sentence (a page has hundreds)."""
    sentence = _counted(_sentence(msgid), params)
    return (Markup(sentence) if eval_ctx.autoescape else sentence) % params  # noqa: S704 - our own sentence


def _wanted(choose: Callable[[], str]) -> str:
    """?lang= first, then what was chosen before, then what the browser prefers, then Chinese."""
    if not has_request_context():
        return "zh"
    for wish in (request.args.get("lang", ""), choose() or ""):
        if wish in LANGUAGES:
            return wish
    liked = (tag.lower().partition("-")[0] for tag, quality in request.accept_languages if quality > 0)
    return next(
        (tag for tag in liked if tag in LANGUAGES), "zh"
    )  # zh-CN before en, whatever is matched exactly


def language() -> str:
    """The language being spoken: "zh" or "en". A request's is found out once (a page asks for it a hundred times)."""
    if not has_request_context():
        return _language()
    if "language" not in g:
        g.language = _language()
    return g.language


def _language() -> str:
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def say(what: object, **params: object) -> str:
    """A sentence in the visitor's language: a Said, a Refusal, a msgid with parameters, or words already said.

    Parameters are said first: a Said in a Said, a date, an instant, a list of any of these.
    """
    if isinstance(what, Refusal):
        what = what.said
    if isinstance(what, Said):
        return _say(what.msgid, what.params)
    if isinstance(what, (Markup, LazyString)):
        return what if isinstance(what, Markup) else str(what)
    return _say(str(what), params)


def _sentence(msgid: str) -> str:
    return english().gettext(msgid) if language() == "en" else msgid


def _counted(sentence: str, params: Mapping[str, object]) -> str:
    return agreed(sentence, params) if params and language() == "en" else sentence


def _say(msgid: str, params: Mapping[str, object]) -> str:
    sentence = _counted(_sentence(msgid), params) if msgid else ""
    return sentence % {name: _param(value) for name, value in params.items()} if params else sentence


def _param(value: object) -> object:
    if isinstance(value, (Said, Refusal, LazyString)):
        return say(value)
    if isinstance(value, Cited):
        return place(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, (list, tuple)):
        return (", " if language() == "en" else "、").join(str(_param(one)) for one in value)
    return value


def here(instant: datetime) -> datetime:
    """An instant as Shanghai's clock shows it; one without a zone is UTC, as the store gives it."""
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(SHANGHAI)


def _day_of(value: date | datetime) -> date:
    return here(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime | None, *, year: bool = True) -> str:
    """2026 年 6 月 26 日, or 26 June 2026; without the year where the page has said it."""
    if value is None:
        return ""
    local = _day_of(value)
    if language() == "en":
        return f"{local.day} {MONTHS[local.month - 1]}" + (f" {local.year}" if year else "")
    return (f"{local.year} 年 " if year else "") + f"{local.month} 月 {local.day} 日"


def clock(value: datetime | None) -> str:
    """10:42, on Shanghai's clock."""
    return "" if value is None else here(value).strftime("%H:%M")


def moment(value: datetime | None, *, year: bool = True) -> str:
    """2026 年 6 月 26 日 10:42, or 26 June 2026, 10:42."""
    if value is None:
        return ""
    return day(value, year=year) + (", " if language() == "en" else " ") + clock(value)


def place(words: str | None) -> str:
    """A place of the law named by the system: 第十二条, or Article 12."""
    return in_english(words or "") if language() == "en" else words or ""


def category(code: str | None) -> str:
    """A seat's or a remark's category in the visitor's language: its code's label, or the office's own word."""
    return _say(label(code), {}) if code else ""


def days_left(deadline: date | datetime, now: datetime | None = None) -> int:
    """Whole days by Shanghai's calendar from now to the deadline: 0 is today and still open, below 0 is over."""
    now = here(now or datetime.now(UTC))
    days = (_day_of(deadline) - now.date()).days
    over = isinstance(deadline, datetime) and here(deadline) <= now
    return min(days, -1) if over else days
