"""Every page a person can reach in the sample, in a real Chromium: it answers, fits 360 px, has one h1, axe finds nothing,
nothing is fetched from elsewhere, nothing is refused by the content policy; in both languages.

The walk follows links; addresses that differ only in which thing they show are one page.
"""

import re
import shutil
from collections import deque

import pytest

from tests.browser.sample_server import FLAGS, SampleServer, enter, shape

pytestmark = pytest.mark.browser
FEWEST = {
    "liaison": 45,
    "responsible": 45,
    "panel": 12,
    "coopted": 8,
    "commission": 10,
    "security": 5,
    "guest": 8,
}
CJK = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = SampleServer(tmp_path_factory.mktemp("sample")).wait()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


FILE = re.compile(r"\.(docx|xlsx|pdf|zip|csv|jsonl|json|ics|txt|xml|md|html)($|\?)|/dossier/\d+/")


def links(page):
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [h for h in found if h.startswith("/") and not h.startswith(("/looks/", "/static/"))]


def fetch(page, url, path):
    """Faults of a download: the real server must send it, as an attachment."""
    answer = page.context.request.get(url + path)
    if answer.status != 200:
        return [f"{path} answers {answer.status}"]
    return (
        []
        if answer.headers.get("content-disposition", "").startswith("attachment")
        else [f"{path} opens in the site"]
    )


def look(page, url, heard):
    """Faults of the page that is open."""
    from axe_playwright_python.sync_playwright import Axe

    faults = [
        f"{url} {v['id']}: {v['nodes'][0]['html'][:150]}" for v in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 1:
        faults.append(f"{url} is {wide} px too wide")
    if page.locator("h1").count() != 1:
        faults.append(f"{url} has {page.locator('h1').count()} h1")
    faults += [f"{url} {words}" for words in heard]
    return faults


def untranslated(page, url):
    """Chinese in the furniture of an English page: menu, headings of sections, buttons, labels, hints."""
    said = page.eval_on_selector_all(
        "main legend, main button, main .hint, main th[scope=col], .mast nav a, .foot li a",
        "all => all.filter(e => !e.closest('[lang]:not(html)')).map(e => e.innerText)",
    )
    return [
        f"{url} untranslated: {text[:60]}" for text in said if len(CJK.findall(text)) > 12 and "×" not in text
    ]


def walk(page, url, lang):
    heard, faults, seen = [], [], set()
    page.on("console", lambda m: heard.append(m.text) if m.type == "error" else None)
    page.on(
        "request",
        lambda r: heard.append(f"fetched {r.url}") if not r.url.startswith((url, "data:")) else None,
    )
    todo = deque(["/"])
    while todo:
        path = todo.popleft()
        if shape(path) in seen:
            continue
        seen.add(shape(path))
        heard.clear()
        if FILE.search(path):
            faults += fetch(page, url, path)
            continue
        try:
            answer = page.goto(url + path)
        except Exception as error:
            if "Download is starting" in str(error):
                continue
            raise
        if answer is None or "html" not in (answer.headers.get("content-type") or ""):
            continue
        if answer.status >= 400:
            faults.append(f"{path} answers {answer.status}")
        faults += look(page, path, heard)
        if lang == "en":
            faults += untranslated(page, path)
        todo.extend(links(page))
    return faults, seen


@pytest.mark.parametrize(
    ("part", "lang"),
    [*((part, "zh") for part in FEWEST), *((part, "en") for part in ("liaison", "panel", "guest"))],
)
def test_every_page(server, chromium, part, lang):
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    context.add_cookies([{"name": "lang", "value": lang, "url": server.url}])
    page = context.new_page()
    if part != "guest":
        enter(page, server.url, part)
    faults, seen = walk(page, server.url, lang)
    context.close()
    assert not faults, "\n".join(faults)
    assert len(seen) >= FEWEST[part], f"only {len(seen)} pages: {sorted(seen)}"


@pytest.mark.parametrize("look_of", ["elder", "contrast", "wide"])
def test_the_public_pages_look_as_the_visitor_wishes(server, chromium, look_of):
    context = chromium.new_context(viewport={"width": 1280 if look_of == "wide" else 360, "height": 800})
    wish = {"elder": ("elder", "1"), "contrast": ("contrast", "more"), "wide": ("lang", "zh")}[look_of]
    context.add_cookies([{"name": wish[0], "value": wish[1], "url": server.url}])
    faults, seen = walk(context.new_page(), server.url, "zh")
    context.close()
    assert not faults, "\n".join(faults)
    assert len(seen) >= FEWEST["guest"]
