"""The parts of the face, rendered on a bare app: every macro once, in both languages, in every dress."""

import re
from datetime import UTC, datetime
from pathlib import Path
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
from deliberation.web.form_words import FormWords
from deliberation.web.languages import init_languages

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 6, 26, 2, 42, tzinfo=UTC)
ATTITUDES = [("support", "赞成"), ("amend", "建议修改"), ("oppose", "不赞成"), ("no_view", "没意见")]
SWITCHES = {
    "elder": "/?elder=1",
    "contrast": "/?contrast=more",
    "language": "/?lang=en",
    "sign_in": "/in",
    "sign_out": "/out",
}
MENU = [
    SimpleNamespace(label=label, url=f"/m{n}", current=n == 1)
    for n, label in enumerate(["首页", "征求意见", "议事", "归并", "报告", "反馈", "公示"])
]


class RemarkForm(Form):
    class Meta:
        def get_translations(self, form):
            return FormWords()

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
    app.jinja_env.globals.update(csrf_token=lambda: "tok-1", sample_door=lambda: "")
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


EVERY = ["specimens", "specimen_article", "specimen_slips", "specimen_ask", "specimen_wall"]


@pytest.fixture(scope="module", params=["zh", "en"])
def specimens(request):
    return page(lang=request.param)


@pytest.fixture(scope="module", params=EVERY)
def any_page(request):
    return page(f"_ui/{request.param}.html")


def test_one_heading_and_landmarks(any_page):
    assert len(any_page.xpath("//h1")) == 1
    assert (
        len(any_page.xpath("//main[@id='main']"))
        == len(any_page.xpath("//header"))
        == len(any_page.xpath("//footer"))
        == 1
    )
    assert any_page.xpath("//a[@class='skip']/@href") == ["#main"]


def test_ids_are_unique_and_references_lead_somewhere(any_page):
    ids = any_page.xpath("//@id")
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]
    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        for value in any_page.xpath(f"//@{attribute}"):
            assert set(value.split()) <= set(ids), f"{attribute}={value}"


def test_every_control_has_a_name(any_page):
    for control in any_page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        named = any_page.xpath(f"//label[@for='{control.get('id')}']") if control.get("id") else []
        assert named or control.xpath("ancestor::label") or control.get("aria-label"), dom.tostring(control)


def test_hint_and_fault_stand_above_the_control_and_are_tied_to_it():
    tree = page()
    text = tree.get_element_by_id("bad-text")
    assert text.get("aria-invalid") == "true"
    assert text.text.strip() == "我们小区是九十年代建的"
    why = tree.get_element_by_id("bad-text-e")
    assert why.text == "写了 1043 字，请减少 43 字。"
    assert "bad-text-e" in text.get("aria-describedby").split()
    assert list(text.getparent()).index(why) < list(text.getparent()).index(text)
    clean = tree.get_element_by_id("text")
    assert clean.get("aria-invalid") is None
    assert clean.get("aria-describedby") == "text-h"


def test_faults_lead_to_their_controls():
    tree = page()
    box = tree.xpath("//div[@class='faults']")[0]
    links = [a.get("href") for a in box.xpath(".//a")]
    assert links == ["#bad-name", "#bad-attitude-0", "#bad-text", "#bad-kind"]
    assert "还有 4 处要改" in box.text_content()
    for link in links:
        assert tree.get_element_by_id(link[1:]) is not None


def test_a_sound_form_has_no_faults():
    app = bare_app()
    with app.test_request_context("/"):
        template = '{% from "_ui/faults.html" import faults, faults_title %}{{ faults(form) }}{{ faults_title(form) }}'
        assert not app.jinja_env.from_string(template).render(form=RemarkForm()).strip()


def test_every_form_that_changes_something_carries_the_token(specimens):
    forms = specimens.xpath("//form[@method='post']")
    assert len(forms) >= 4
    assert all(form.xpath(".//input[@name='csrf_token']/@value") == ["tok-1"] for form in forms)


def test_nothing_the_content_policy_would_block(any_page):
    assert not any_page.xpath("//@style | //style | //script[not(@src)]")
    assert not [name for one in any_page.iter() for name in one.attrib if name.startswith("on")]
    sources = any_page.xpath("//script/@src | //img/@src | //link/@href")
    assert sources
    assert all(source.startswith("/static/") for source in sources)


@pytest.mark.parametrize(
    ("given", "lang", "classes", "contrast"),
    [({}, "zh-Hans", None, None), ({"lang": "en"}, "en", None, None), ({"elder": True}, "zh-Hans", "elder", None),
     ({"contrast": "more"}, "zh-Hans", None, "more"), ({"contrast": "normal"}, "zh-Hans", None, "normal")],
)  # fmt: skip
def test_the_page_wears_what_was_chosen(given, lang, classes, contrast):
    root = page(**given)
    assert (root.get("lang"), root.get("class"), root.get("data-contrast")) == (lang, classes, contrast)


def test_the_office_stands_in_the_masthead_not_the_software():
    text = shown(site={"name": "甲街道<联系点>", "sample": False}, template="errors/refused.html", code=404)
    assert "甲街道&lt;联系点&gt;" in text
    assert "议事厅" not in text
    assert "sample" not in text


def test_signing_in_and_out():
    known, unknown = page(known=True), page(known=False)
    forms = known.xpath("//form[@action='/out']")
    assert forms
    assert all(form.get("method") == "post" and form.xpath(".//button[@type='submit']") for form in forms)
    assert "林某" in known.xpath("//header")[0].text_content()
    assert not unknown.xpath("//form[@action='/out']")
    assert len(unknown.xpath("//a[@href='/in']")) == 2, "in the masthead, and in the footer for phones"


def test_the_footer_has_the_menu_the_switches_and_the_complaint():
    foot = page().xpath("//footer")[0]
    hrefs = foot.xpath(".//a/@href")
    assert [m.url for m in MENU] == hrefs[: len(MENU)]
    assert {SWITCHES["elder"], SWITCHES["contrast"], SWITCHES["language"], "/complaints"} <= set(hrefs)
    assert foot.xpath(".//a[@lang='en']")
    assert page(lang="en").xpath("//footer//a[@lang='zh-Hans']")
    assert "/complaints" not in shown(site={"complaint_url": ""}, template="errors/refused.html", code=404)


def test_crumbs_end_with_this_page(specimens):
    items = specimens.xpath("//nav[@class='crumbs']//li")
    assert [bool(i.xpath("a")) for i in items] == [True, True, False]
    assert items[-1].get("aria-current") == "page"


CODES = [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503, 507]
ASCII = {"name": "Office A", "superior": "Committee B", "hotline": "12345"}


def refused(code, lang="zh", **more):
    crumbs = {"crumbs": [], "menu": [SimpleNamespace(label="Home", url="/", current=False)]}
    return page(
        "errors/refused.html",
        lang,
        code=code,
        site=ASCII,
        visitor=SimpleNamespace(known=True, name="Li"),
        **crumbs,
        **more,
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_refusal_says_its_own_words_and_a_way_on(lang):
    said = {}
    for code in CODES:
        main = refused(code, lang).xpath("//main")[0]
        said[code] = main.xpath(".//h1")[0].text_content() + main.xpath(".//p")[1].text_content()
        assert str(code) in main.text_content()
        assert main.xpath(".//a[@href='/']")
    assert len(set(said.values())) == len(CODES)
    assert refused(418, lang).xpath("//h1")


@pytest.mark.parametrize("code", CODES)
def test_english_refusals_are_wholly_english(code):
    root = refused(code, "en")
    for one in root.xpath("//*[@lang='zh-Hans']"):
        one.getparent().remove(one)
    words = " ".join(root.itertext()) + " ".join(root.xpath("//@aria-label | //@title | //template/@*"))
    assert not re.findall("[\u3000-\u9fff\uff00-\uffef]+", words)


def test_a_refusal_says_the_sentence_it_was_given():
    said = Said("意见编号 %(number)s", number="<b>7</b>")
    main = refused(403, "en", sentences=[said], onward=[("Back", "/back")]).xpath("//main")[0]
    assert "Remark number <b>7</b>" in main.text_content()
    assert not main.xpath(".//b")
    assert main.xpath(".//a[@href='/back']")


def piece(source, lang="zh", **given):
    app = bare_app()
    with app.test_request_context(f"/?lang={lang}"):
        return dom.fragment_fromstring(app.jinja_env.from_string(source).render(**given), create_parent=True)


@pytest.mark.parametrize(
    "counts",
    [{}, {"support": 1}, {"support": 14, "amend": 26, "oppose": 3, "no_view": 4}, {"oppose": 100000}],
)
def test_a_split_is_as_wide_as_its_shares_and_says_them(counts):
    tree = piece('{% from "_ui/split.html" import attitudes %}{{ attitudes(counts) }}', counts=counts)
    widths = [float(w) for w in tree.xpath(".//rect/@width")]
    total = sum(counts.values())
    assert len(widths) == len([n for n in counts.values() if n])
    assert all(
        abs(w + 0.5 - 100 * n / total) < 0.6
        for w, n in zip(widths, [n for n in counts.values() if n], strict=True)
    )
    assert [b.text for b in tree.xpath(".//ul/li/b")] == [str(counts.get(c, 0)) for c, _label in ATTITUDES]
    for code, label in ATTITUDES:
        assert f"{label} {counts.get(code, 0)}" in tree.xpath(".//svg/@aria-label")[0]
    assert "不是表决" in tree.text_content()


@pytest.mark.parametrize(
    ("total", "gone", "classes"),
    [(3, 1, "gone now rest"), (2, 5, "gone gone"), (2, -1, "now rest"), (0, 0, "")],
)
def test_a_tick_for_each_day(total, gone, classes):
    tree = piece('{% from "_ui/days.html" import ticks %}{{ ticks(total, gone) }}', total=total, gone=gone)
    assert " ".join(tree.xpath(".//rect/@class")) == classes


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [(11, "还有 11 天", "Days left: 11"), (0, "今天截止", "Closes today"), (-4, "已经截止", "Closed")],
)
def test_days_left_in_words(days, zh, en):
    source = '{% from "_ui/days.html" import left %}{{ left(days) }}'
    assert piece(source, days=days).text_content() == zh
    assert piece(source, "en", days=days).text_content() == en


def test_a_gauge_draws_the_line_where_it_stands():
    source = '{% from "_ui/gauge.html" import gauge %}{{ gauge(base, "实到", parts, need, "至少 23") }}'
    tree = piece(source, base=45, parts=[("赞成", 24, "pine"), ("反对", 13, "slate")], need=22.5)
    assert tree.xpath(".//rect[@class='need']/@x") == ["50.00%"]
    label = tree.xpath(".//svg/@aria-label")[0]
    assert "赞成 24" in label
    assert "至少 23" in label
    assert not piece(source, base=0, parts=[], need=0).xpath(".//rect")


def test_a_pager_shows_only_where_there_is_somewhere_to_go():
    source = '{% from "_ui/pager.html" import pager %}{{ pager(page, pages, 30, url) }}'
    assert not piece(source, page=1, pages=1, url=str).xpath(".//a")
    assert piece(source, page=1, pages=2, url=str).xpath(".//a/@rel") == ["next"]
    assert piece(source, page=2, pages=3, url=lambda n: f"?p={n}").xpath(".//a/@href") == ["?p=1", "?p=3"]


def test_a_cell_names_its_column_for_the_phone():
    tree = page()
    assert tree.xpath("//table//td/@data-of")[:2] == ["应到", "实到"]
    assert all(th.get("scope") for th in tree.xpath("//table//th"))


def test_words_as_they_were_said_stay_as_they_were_said():
    tree = piece('{% from "_ui/paper.html" import quote %}{{ quote(text) }}', text="一行\n<script>二行")
    assert tree.xpath("blockquote")[0].text == "一行\n<script>二行"


def test_the_aside_stands_beside_only_if_there_is_one():
    assert page("_ui/specimen_slips.html").xpath("//main/div[@class='aside']")
    assert not page("_ui/specimen_article.html").xpath("//main/div[@class='aside']")


def test_what_is_printed_alone_is_off_the_screen():
    tree = page("_ui/specimen_slips.html")
    assert len(tree.xpath("//div[contains(@class, 'paper-only')]//div[@class='slip']")) == 5
    assert tree.xpath("//body/@class") == ["print-paper"]
    assert not tree.xpath("//main//div[@class='slip']")


def test_margin_remarks_and_contents_of_an_article():
    tree = page("_ui/specimen_article.html")
    para = tree.get_element_by_id("art_12__para_1")
    assert "三百米对老人太远。" in para.text_content()
    assert para.xpath(".//a[@href='#more']")[0].text_content().strip() == "看这一款其余 7 条"
    assert len(tree.xpath("//nav[@aria-label='条文目录']//a[@aria-current='page']")) == 1
