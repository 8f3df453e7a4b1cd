"""A small browser for tests: every page it opens is checked (status, one h1, labels, language, no untranslated word)."""

import contextvars
import re
from html.parser import HTMLParser

from flask.globals import _cv_app

from deliberation.store.db import db

CJK = re.compile(r"[\u4e00-\u9fff]")
VOID = {"input", "br", "hr", "img", "meta", "link", "col", "rect", "path"}


class Page(HTMLParser):
    """A page taken apart as far as the checks need it."""

    def __init__(self, html):
        super().__init__()
        self.html, self.h1, self.title, self.lang = html, [], "", ""
        self.ids, self.labelled, self.controls, self.forms, self.links = set(), set(), [], [], []
        self._open, self._text = [], []
        self.feed(html)
        self.text = re.sub(r"\s+", " ", "".join(self._text)).strip()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "style" in given or any(name.startswith("on") for name in given):
            raise AssertionError(f"inline style or script: <{tag} {given}>")
        if given.get("id"):
            assert given["id"] not in self.ids, f"id twice: {given['id']}"
            self.ids.add(given["id"])
        if tag not in VOID:
            self._open.append((tag, given))
        self._note(tag, given)

    def _note(self, tag, given):
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append(
                {"action": given.get("action", ""), "method": given.get("method", "get"), "fields": []}
            )
        if tag == "option":
            self._option(given)
        if tag in {"input", "textarea", "select", "button"}:
            inside = any(t == "label" for t, _ in self._open)
            self.controls.append((tag, given, inside))
            if self.forms and given.get("name"):
                self.forms[-1]["fields"].append((tag, given))

    def _option(self, given):
        """A select sends its selected option, else its first; kept as the select's value."""
        select = next((g for t, g in reversed(self._open) if t == "select"), None)
        if select is not None and ("selected" in given or "value" not in select):
            select["value"] = given.get("value", "")

    def handle_endtag(self, tag):
        while self._open:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data):
        tags = [t for t, _ in self._open]
        if self._open and self._open[-1][0] == "textarea":
            field = self._open[-1][1]
            field["value"] = field.get("value", "") + data
        if "h1" in tags:
            self.h1.append(data)
        if "title" in tags and "svg" not in tags:
            self.title += data
        if "script" not in tags and "style" not in tags:
            self._text.append(data)


def check(html, lang="zh"):
    """What must hold of every page."""
    page = Page(html)
    assert html.count("<h1") == 1, f"{html.count('<h1')} h1"
    assert page.title.strip(), "no title"
    assert page.lang == ("en" if lang == "en" else "zh-Hans")
    for tag, given, inside in page.controls:
        if tag == "button" or given.get("type") in {"hidden", "submit"}:
            continue
        named = (
            inside
            or given.get("id") in page.labelled
            or given.get("aria-label")
            or given.get("aria-labelledby")
        )
        assert named, f"no label: <{tag} {given}>"
    return page


def apart(call, *args, **given):
    """Run a request as a server would: without the test's own application context, its session seeing the result after."""

    def run():
        _cv_app.set(None)
        return call(*args, **given)

    answer = contextvars.copy_context().run(run)
    db.session.rollback()
    return answer


class Browser:
    """Opens pages as one visitor: `open`, `submit` the first (or nth) form with values."""

    def __init__(self, app, lang="zh"):
        self.client, self.lang = app.test_client(), lang
        self.client.set_cookie("lang", lang)
        self.page, self.status, self.url = None, 0, "/"

    def open(self, url, status=200):
        return self._take(apart(self.client.get, url, follow_redirects=True), status)

    def _take(self, response, status):
        self.status, self.url, self.response = response.status_code, response.request.path, response
        assert response.status_code == status, (
            f"{response.status_code} for {self.url}: {response.get_data(as_text=True)[:3000]}"
        )
        if response.mimetype == "text/html":
            self.page = check(response.get_data(as_text=True), self.lang)
        return self

    def form(self, nth=0, having=None):
        """The nth form of the page's own (not the masthead's), or the first one that has a field of this name."""
        forms = [f for f in self.page.forms if "sign-out" not in f["action"]]
        if having:
            return next(f for f in forms if any(g.get("name") == having for _, g in f["fields"]))
        return forms[nth]

    def submit(self, status=200, nth=0, having=None, to=None, files=None, **values):
        form = self.form(nth, having)
        data = {
            g["name"]: g.get("value", "")
            for t, g in form["fields"]
            if t == "input" and g.get("type") == "hidden"
        }
        data |= {
            g["name"]: g.get("value", "on")
            for t, g in form["fields"]
            if t == "input"
            and g.get("type") in {"radio", "checkbox"}
            and "checked" in g
            and g["name"] not in values
        }
        data |= {
            g["name"]: g.get("value", "")
            for t, g in form["fields"]
            if t == "input" and g.get("type") not in {"hidden", "radio", "checkbox", "file"}
        }
        data |= {g["name"]: g["value"] for t, g in form["fields"] if t == "select" and "value" in g}
        data |= {
            g["name"]: re.sub(r"^\r?\n", "", g["value"])
            for t, g in form["fields"]
            if t == "textarea" and "value" in g
        }
        data |= {k: v for k, v in values.items() if v is not None} | (files or {})
        url = to or form["action"] or self.response.request.full_path.rstrip("?")
        return self._take(self.post(url, data), status)

    def post(self, url, data, **given):
        return apart(self.client.post, url, data=data, follow_redirects=True, **given)

    def says(self, words):
        """The visible text contains the words."""
        return words in self.page.text

    def sign_in(self, login, password="correct horse battery"):
        return self.open("/sign-in").submit(login=login, password=password, having="login")
