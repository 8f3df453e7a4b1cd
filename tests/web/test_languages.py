"""Which language is spoken, and how sentences, days and instants are said in it."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import gettext, lazy_gettext, ngettext
from markupsafe import Markup
from wtforms import Form, IntegerField, StringField
from wtforms.validators import InputRequired, Length

from deliberation.domain.errors import NotAllowed, Said
from deliberation.web import form_words, languages
from deliberation.web.agreement import agreed
from deliberation.web.languages import clock, day, days_left, init_languages, language, moment, say
from tests import make
from tests.web.browsing import Browser


def speaking(chosen=""):
    app = Flask("languages")
    init_languages(app, lambda: chosen)
    return app


@pytest.mark.parametrize(
    ("url", "chosen", "accept", "spoken"),
    [
        ("/", "", "", "zh"), ("/", "", "en-GB,en;q=0.9", "en"), ("/", "", "fr", "zh"), ("/", "", "zh-CN,en;q=0.5", "zh"),
        ("/", "zh", "en", "zh"), ("/", "en", "zh-CN", "en"), ("/?lang=en", "zh", "zh", "en"), ("/?lang=zh", "en", "en", "zh"),
        ("/?lang=xx", "en", "", "en"), ("/?lang=../../etc", "", "", "zh"), ("/", "xx", "en", "en"),
    ],
)  # fmt: skip
def test_address_then_choice_then_browser_then_chinese(url, chosen, accept, spoken):
    with speaking(chosen).test_request_context(url, headers={"Accept-Language": accept}):
        assert language() == spoken
        assert gettext("赞成") == {"zh": "赞成", "en": "For"}[spoken]


def test_outside_a_request_it_is_chinese():
    with speaking("en").app_context():
        assert language() == "zh"
        assert say("赞成") == "赞成"


def test_the_catalogues_are_found_from_anywhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    languages.english.cache_clear()
    with speaking("en").test_request_context("/"):
        assert gettext("赞成") == "For"


def test_every_catalogue_is_read(monkeypatch, tmp_path):
    for name, msgid, text in (("a", "甲", "first"), ("b", "乙", "second"), ("b2", "丙", "")):
        (tmp_path / "en").mkdir(exist_ok=True)
        (tmp_path / "en" / f"{name}.po").write_text(
            f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "{msgid}"\nmsgstr "{text}"\n',
            "utf-8",
        )
    (tmp_path / "en" / "n.po").write_text(
        'msgid "一个"\nmsgid_plural "几个"\nmsgstr[0] "one"\nmsgstr[1] "%(num)s of them"\n', "utf-8"
    )
    monkeypatch.setattr(languages, "LOCALE", tmp_path)
    languages.english.cache_clear()
    try:
        with speaking("en").test_request_context("/"):
            assert [gettext(m) for m in "甲乙丙丁"] == ["first", "second", "丙", "丁"]
            assert [ngettext("一个", "几个", n) for n in (1, 2)] == ["one", "2 of them"]
    finally:
        languages.english.cache_clear()


@pytest.mark.parametrize(
    ("what", "zh", "en"),
    [
        (Said("意见编号 %(number)s", number="2026-03-0127"), "意见编号 2026-03-0127", "Remark number 2026-03-0127"),
        (Said("%(place)s，可引用的地址", place=Said("目录")), "目录，可引用的地址", "Contents, an address you can cite"),
        (Said("%(place)s，可引用的地址", place=["a", Said("目录")]), "a、目录，可引用的地址", "a, Contents, an address you can cite"),
        (Said("意见编号 %(number)s", number=date(2026, 6, 26)), "意见编号 2026 年 6 月 26 日", "Remark number 26 June 2026"),
        (NotAllowed("请先登录"), "请先登录", "Please sign in first"),
        ("赞成", "赞成", "For"),
        (lazy_gettext("赞成"), "赞成", "For"),
        ("29.6% 没有译文", "29.6% 没有译文", "29.6% 没有译文"),
        (Said("没有译文 %(n)s", n="100%"), "没有译文 100%", "没有译文 100%"),
        ("", "", ""), (7, "7", "7"),
    ],
)  # fmt: skip
def test_say(what, zh, en):
    for lang, said in (("zh", zh), ("en", en)):
        with speaking(lang).test_request_context("/"):
            assert say(what) == said


def test_say_with_parameters_and_markup():
    with speaking("en").test_request_context("/"):
        assert say("意见编号 %(number)s", number=3) == "Remark number 3"
        assert say(Markup("<b>x</b>")) == Markup("<b>x</b>")
        assert not isinstance(say("<b>x</b>"), Markup)


LATE = datetime(2026, 6, 26, 16, 5, tzinfo=UTC)  # already the 27th in Shanghai


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        (lambda: day(LATE), "2026 年 6 月 27 日", "27 June 2026"),
        (lambda: day(LATE, year=False), "6 月 27 日", "27 June"),
        (lambda: day(date(2026, 12, 1)), "2026 年 12 月 1 日", "1 December 2026"),
        (lambda: moment(LATE), "2026 年 6 月 27 日 00:05", "27 June 2026, 00:05"),
        (lambda: moment(LATE.replace(tzinfo=None)), "2026 年 6 月 27 日 00:05", "27 June 2026, 00:05"),
        (lambda: clock(LATE), "00:05", "00:05"),
        (lambda: day(None) + moment(None) + clock(None), "", ""),
    ],
)  # fmt: skip
def test_days_and_instants(said, zh, en):
    for lang, words in (("zh", zh), ("en", en)):
        with speaking(lang).test_request_context("/"):
            assert said() == words


NOON = datetime(2026, 6, 26, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("deadline", "left"),
    [
        (NOON, -1), (NOON + timedelta(minutes=1), 0), (NOON + timedelta(hours=11, minutes=59), 0), (NOON + timedelta(hours=12), 1),
        (NOON - timedelta(minutes=1), -1), (NOON - timedelta(days=3), -3), (NOON + timedelta(days=11), 11),
        (date(2026, 6, 26), 0), (date(2026, 6, 27), 1), (date(2026, 6, 25), -1),
    ],
)  # fmt: skip
def test_days_left_by_shanghais_calendar(deadline, left):
    assert days_left(deadline, NOON) == left
    if isinstance(deadline, datetime):
        assert days_left(deadline.replace(tzinfo=None), NOON) == left


class Entry(Form):
    class Meta:
        def get_translations(self, form):
            return form_words.FormWords()

    name = StringField("称呼", [InputRequired()])
    short = StringField("短", [Length(max=3)])
    age = IntegerField("岁数")


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", ["请填写这一项。", "太长了，请不超过 3 个字。", "请填写整数，如 12。"]),
     ("en", ["Please fill this in.", "Too long: please write no more than 3 characters.", "Please enter a whole number, such as 12."])],
)  # fmt: skip
def test_fields_say_what_to_do(lang, said):
    from werkzeug.datastructures import MultiDict

    with speaking(lang).test_request_context("/"):
        form = Entry(MultiDict({"short": "四个字呢", "age": "x"}))
        assert not form.validate()
        assert [*form.name.errors, *form.short.errors, *form.age.errors] == said


def test_every_sentence_of_the_form_library_is_known():
    """What the installed library can say and we would pass on in its English."""
    import re
    from importlib.resources import files

    source = "".join(
        f.read_text("utf-8") for f in files("wtforms").joinpath("fields").iterdir() if f.name.endswith(".py")
    )
    source += files("wtforms").joinpath("validators.py").read_text("utf-8")
    told = set(re.findall(r'gettext\(\s*"([^"]+)"', source))
    rare = {
        "Invalid IP address.",
        "Invalid Mac address.",
        "Invalid UUID.",
        "Invalid field name '%s'.",
        "Invalid CSRF Token.",
    }
    lists = {"Invalid value, can't be any of: %(values)s.", "Invalid value, must be one of: %(values)s."}
    assert told - rare - lists <= set(form_words.SAYS), told - set(form_words.SAYS)


@pytest.mark.parametrize(
    ("sentence", "params", "said"),
    [
        ("%(n)s remarks are without an end.", {"n": 1}, "1 remark is without an end."),
        ("%(n)s remarks are without an end.", {"n": 2}, "2 remarks are without an end."),
        ("%(count)s people, %(n)s more entries", {"count": "1", "n": 1}, "1 person, 1 more entry"),
        ("%(n)s remarks on %(a)s articles", {"n": 21, "a": 1}, "21 remarks on 1 article"),
        ("%(who)s members", {"who": "x"}, "x members"),
    ],
)
def test_english_counts_agree(sentence, params, said):
    assert agreed(sentence, params) % params == said


def test_one_remark_is_one_on_a_page(app):
    one = make.consultation(make.office(), slug="one")
    make.remark(one, "一句")
    make.account(one.office, make.member(one.office).person, "lead")
    lead = Browser(app).sign_in("lead")
    page = lead.client.get("/c/one/dossier?lang=en").text
    assert "1 remarks" not in page
    assert "1 remark is without an end" in page


def test_english_quotation_marks_are_asked_of_a_latin_font():
    css = (Path(languages.__file__).parents[2] / "static" / "css" / "base.css").read_text("utf-8")
    for name in ("quotes-plain", "quotes-serif"):
        assert re.search(
            rf'@font-face \{{ font-family: "{name}"; src: local\([^}}]*unicode-range: U\+2018-201D; \}}', css
        )
        assert re.search(rf'html\[lang="en"\] \{{[^}}]*"{name}"', css)
