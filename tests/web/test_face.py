"""The parts of the face, rendered on a bare app: every macro once, in both languages, in every dress."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import Flask, render_template
from lxml import html as dom
from wtforms import (
    BooleanField,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import InputRequired, Length

from deliberation.domain.errors import Said
from deliberation.web.languages import init_languages

ROOT = __import__("pathlib").Path(__file__).resolve().parents[2]
NOW = datetime(2026, 6, 26, 2, 42, tzinfo=UTC)
ATTITUDES = [("support", "赞成"), ("amend", "建议修改"), ("oppose", "反对"), ("no_view", "保留")]
SWITCHES = {
    "elder": "/?elder=1", "contrast": "/?contrast=more", "language": "/?lang=en", "sign_in": "/in", "sign_out": "/out"
}
MENU = [
    SimpleNamespace(label=label, url=f"/m{n}", current=n == 1)
    for n, label in enumerate(["首页", "征求意见", "议事", "归并", "报告", "反馈", "公示"])
]


class RemarkForm(Form):
    name = StringField("称呼", [Length(max=4, message="最多 4 个字，请写短一些。")])
    attitude = RadioField("您的态度", [InputRequired("请选一个态度。")], choices=ATTITUDES)
    text = TextAreaField("您的意见", [InputRequired("请写下您的意见。")])
    kind = SelectField("您属于", choices=[("", "不填"), ("resident", "居民")])
    places = SelectMultipleField(
        "涉及哪里",
        choices=[("a", "甲社区"), ("b", "乙社区")],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(),
    )
    show = BooleanField("公开时可以显示我的称呼")


def bad_form():
    form = RemarkForm(data={"name": "留着的内容很长", "text": "我们小区是九十年代建的"}, prefix="bad-")
    form.validate()
    form.text.errors = [Said("写了 %(n)s 字，请减少 %(over)s 字。", n=1043, over=43)]
    form.places.errors = []
    return form


def bare_app(chosen="", **site):
    app = Flask(
        "face",
        root_path=str(ROOT),
        static_folder=str(ROOT / "static"),
        template_folder=str(ROOT / "templates"),
    )
    init_languages(app, lambda: chosen)
    app.jinja_env.globals["csrf_token"] = lambda: "tok-1"
    app.site = SimpleNamespace(
        **{"name": "××街道基层立法联系点", "superior": "××市人大常委会法制工作委员会", "hotline": "×××-12345",
           "complaint_url": "/complaints", "sample": True} | site
    )  # fmt: skip
    return app


def context(app, lang="zh", elder=False, contrast=None, known=True, **more):
    remarks = [
        SimpleNamespace(
            text="三百米对老人太远。",
            attitude="amend",
            who="居民 · 车主",
            mine=True,
            url="#s3",
            link_text="归入建议 3",
        )
    ]
    return {
        "site": app.site, "visitor": SimpleNamespace(known=known, name="林某"), "menu": MENU, "lang": lang, "elder": elder, "contrast": contrast,
        "switches": SimpleNamespace(**SWITCHES), "crumbs": [("首页", "/"), ("××市电动自行车充电安全管理条例", "/c"), ("组件", None)],
        "form": RemarkForm(), "bad": bad_form(), "now": NOW, "remarks": remarks, "qr_path": "M0 0.5h7M0 1.5h1M6 1.5h1M0 6.5h7",
        "page_url": lambda n: f"?page={n}",
    } | more  # fmt: skip


def shown(template="_ui/specimens.html", lang="zh", site=None, **more):
    app = bare_app(**(site or {}))
    with app.test_request_context(f"/?lang={lang}"):
        return render_template(template, **context(app, lang, **more))


def page(*args, **kwargs):
    return dom.fromstring(shown(*args, **kwargs))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_macro_renders(lang):
    assert "组件" in shown(lang=lang)
