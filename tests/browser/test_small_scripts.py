"""The small scripts and the sheets in a real Chromium: what they add, and that nothing is lost without them."""

import re
import shutil
import threading
from importlib.resources import files

import pytest
from flask import render_template, request
from werkzeug.serving import make_server

from tests.web.test_face import bare_app, context

CHROMIUM = shutil.which("chromium")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FLAGS = (
    "--no-sandbox --headless --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run"
)
pytestmark = pytest.mark.browser
PAGES = ["specimens", "specimen_article", "specimen_slips", "specimen_ask", "specimen_wall"]


def without_newer_features(css):
    """The sheet as Chromium 86 reads it: whole @supports blocks taken out."""
    out, at = "", 0
    while (start := css.find("@supports", at)) != -1:
        out += css[at:start]
        end = css.index("{", start) + 1
        depth = 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        at = end
    return out + css[at:]


@pytest.fixture(scope="module")
def address():
    app = bare_app()

    @app.after_request
    def strict(response):
        response.headers["Content-Security-Policy"] = POLICY
        return response

    @app.get("/t/<name>")
    def shown(name):
        given = {"elder": bool(request.args.get("elder")), "contrast": request.args.get("contrast")}
        return render_template(f"_ui/{name}.html", **context(app, request.args.get("lang", "zh"), **given))

    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/t"
    server.shutdown()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        one = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield one
        one.close()


@pytest.fixture
def opened(browser, address):
    pages = []

    def go(path, width=1280, **given):
        page = browser.new_page(viewport={"width": width, "height": 800}, **given)
        pages.append(page)
        page.complaints = []
        page.on("console", lambda m: page.complaints.append(m.text))
        page.on("pageerror", lambda e: page.complaints.append(str(e)))
        page.goto(f"{address}/{path}")
        return page

    yield go
    for page in pages:
        page.close()


def axe():
    return next(p for p in files("axe_playwright_python").rglob("axe.min.js")).read_text("utf-8")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("dress", ["lang=zh", "lang=en", "elder=1", "contrast=more"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_overflows(opened, name, dress, width):
    page = opened(f"{name}?{dress}", width)
    page.evaluate(axe())
    found = page.evaluate("axe.run()")["violations"]
    assert not [(v["id"], v["nodes"][0]["target"]) for v in found]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert not page.complaints


@pytest.mark.parametrize("dress", ["lang=zh", "elder=1"])
def test_what_is_pressed_is_large_enough(opened, dress):
    page = opened(f"specimens?{dress}", 360)
    least = 60 if "elder" in dress else 44
    small = page.evaluate(
        """least => [...document.querySelectorAll("a.btn, button, .pick, .mast a, .foot a, summary")]
        .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, r]) => r.width && (r.height < least - 0.5)).map(([t, r]) => t + " " + r.height)""",
        least,
    )
    assert not small


def test_no_text_is_smaller_than_fourteen(opened):
    page = opened("specimens", 360)
    small = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter(e => e.getClientRects().length && !e.closest(".poster, .slip")
        && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
        && parseFloat(getComputedStyle(e).fontSize) < 13.9).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert not small


def test_selected_words_travel_to_the_form(opened):
    page = opened("specimen_article")
    page.evaluate(
        """() => { const p = document.querySelector("#art_12__para_2 .law"); const r = document.createRange();
        r.selectNodeContents(p); getSelection().removeAllRanges(); getSelection().addRange(r); }"""
    )
    page.wait_for_selector(".law .acts a")
    href = page.get_attribute("[data-quote-to] a", "href")
    query = page.evaluate("h => Object.fromEntries(new URL(h, location.href).searchParams)", href)
    assert query["at"] == "art_12__para_2"
    assert query["quote"].startswith("区人民政府")
    assert query["quote"].endswith("一般不超过三百米。"), "without the label 2款"
    assert "quote=" in page.get_attribute(".sticky a", "href")
    assert "quote=" in page.get_attribute(".law .acts a", "href")


def test_characters_are_counted_while_typing(opened):
    page = opened("specimens?lang=en")
    page.fill("#text", "𠮷野家二百米")
    assert page.text_content("#text + .count") == "6 characters written, 1000 at most."
    page.fill("#bad-text", "一二三四五六七")
    assert "over" in page.get_attribute("#bad-text + .count", "class")


def test_leaving_with_unsent_words_asks_first(opened):
    page = opened("specimen_article")
    page.goto(page.url.replace("specimen_article", "specimens"))
    asked = []
    page.on("dialog", lambda d: (asked.append(d.type), d.accept()))
    page.click("#text")
    page.keyboard.type("还没提交")
    page.goto(page.url.replace("specimens", "specimen_article"))
    assert asked == ["beforeunload"]


def test_a_form_shown_again_begins_at_its_faults(opened):
    page = opened("specimens")
    assert page.evaluate("document.activeElement.className") == "faults"


def test_buttons_for_what_the_browser_can_do(opened):
    page = opened("specimen_article?lang=zh")
    button = page.locator(".explain button")
    assert button.text_content() == "读给我听"
    assert opened("specimens").locator("[data-printing] button").count() == 1
    wechat = opened("specimens", user_agent="Mozilla/5.0 (Linux; Android 9) MicroMessenger/8.0")
    assert wechat.locator("[data-printing] button").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_without_scripts_everything_can_be_read(opened, width):
    page = opened("specimen_article", width, java_script_enabled=False)
    assert page.locator(".explain button").count() == 0
    for details in page.locator("details").all():
        if not details.locator("ul, nav").first.is_visible():
            details.locator("summary").click()
        assert details.locator("ul, nav").first.is_visible()
    assert page.locator("[data-quote-to] a").is_visible()


def old_page(browser, address, path, scripts):
    page = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=scripts)

    def answer(route):
        got = route.fetch()
        route.fulfill(response=got, body=without_newer_features(got.text()))

    page.route(re.compile(r"\.css$"), answer)
    if scripts:
        page.add_init_script("CSS.supports = () => false;")
    page.goto(f"{address}/{path}")
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_an_old_browser_reads_the_book_too(browser, address, scripts):
    page = old_page(browser, address, "specimen_article", scripts)
    if not scripts:
        assert page.locator(".toc > summary").is_visible()
        page.locator(".toc > summary").click()
        page.locator(".says > summary").click()
    assert page.locator(".toc nav").is_visible()
    assert page.locator(".says blockquote").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.close()


def test_paper(opened):
    page = opened("specimen_slips")
    assert not page.locator(".slip").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".slip").first.is_visible()
    for gone in (".page", ".bar", ".foot", ".crumbs"):
        assert not page.locator(gone).is_visible()
    box = page.locator(".slip").nth(1).bounding_box()
    assert abs(box["width"] - 105 / 25.4 * 96) < 1
    assert abs(box["height"] - 148 / 25.4 * 96) < 1
    article = opened("specimen_article")
    article.emulate_media(media="print")
    assert article.locator(".says blockquote").is_visible()
    assert not article.locator(".toc").is_visible()
    assert not article.locator(".sticky").is_visible()
    assert "××街道基层立法联系点" in article.locator(".paper-only").inner_text()
