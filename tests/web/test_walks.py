"""Every address there is, walked by those it is not for: nothing seen, nothing changed, no form without its token."""

import pytest

from tests.web.browsing import apart
from tests.web.secret_world import SLUG, WORDS, World, leaves, token_of

SENT = {
    "text": "伪造",
    "attitude": "oppose",
    "chosen": "1",
    "name": "王五",
    "title": "伪造",
    "to": "reported",
    "key": "forged-key-000001",
}


@pytest.fixture
def world(app):
    return World(app)


def test_nobody_from_elsewhere_sees_a_word_of_a_directed_consultation(world):
    seen = []
    for who, browser in world.visitors():
        for endpoint, url in world.addresses("GET"):
            answer = apart(browser.client.get, url)
            page = answer.get_data(as_text=True)
            seen += [f"{who} {url}: {word}" for word in WORDS if word in page]
            if answer.status_code >= 500:
                seen.append(f"{who} {url}: {answer.status_code}")
            about = url.startswith(f"/c/{SLUG}")
            if about and not (
                answer.status_code in {403, 404, 405} or "/sign-in" in answer.headers.get("Location", "")
            ):
                seen.append(f"{who} {url}: {answer.status_code} {endpoint}")
            if about and world.office.name in page:
                seen.append(f"{who} {url}: names the office")
    assert not seen, "\n".join(seen)


def test_nobody_from_elsewhere_changes_anything_of_another_office(world):
    before, wrong = {}, []
    for who, browser in world.visitors():
        token, before[who] = token_of(browser), leaves()
        for endpoint, url in world.addresses("POST"):
            if endpoint in {"people.sign_out", "people.sign_in", "people.account", "sample.enter"}:
                continue
            answer = apart(browser.client.post, url, data={**SENT, "csrf_token": token})
            page = answer.get_data(as_text=True)
            wrong += [f"{who} {url}: {word}" for word in WORDS if word in page]
            if (
                answer.status_code >= 500 or answer.status_code == 400
            ):  # 400 would be the token: nothing tried
                wrong.append(f"{who} {url}: {answer.status_code}")
            if leaves() != before[who]:
                wrong.append(f"{who} {url}: changed something ({answer.status_code})")
                before[who] = leaves()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("token", [None, "stale", "IjAwMDAi.abc.def"])
def test_no_form_is_taken_without_its_token(world, token):
    from tests.make_people import staff

    browser = staff(world.app, world.office)
    apart(browser.client.get, "/sign-in")
    before, wrong = leaves(), []
    for _endpoint, url in world.addresses("POST"):
        sent = SENT if token is None else {**SENT, "csrf_token": token}
        answer = apart(browser.client.post, url, data=sent)
        if answer.status_code != 400 or leaves() != before:
            wrong.append(f"{url}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert browser.open("/account").status == 200


def test_another_method_does_nothing(world):
    from tests.make_people import staff

    browser = staff(world.app, world.office)
    token, before, wrong = token_of(browser), leaves(), []
    for method in ("PUT", "PATCH", "DELETE"):
        for _endpoint, url in world.addresses("GET"):
            answer = apart(browser.client.open, url, method=method, data={"csrf_token": token})
            if answer.status_code != 405 or not answer.headers.get("Allow"):
                wrong.append(f"{method} {url}: {answer.status_code}")
    for url in ("/sign-out", f"/c/{SLUG}/dossier/build"):
        answer = apart(browser.client.get, url, headers={"X-HTTP-Method-Override": "POST"})
        wrong += [] if answer.status_code == 405 else [f"GET {url}: {answer.status_code}"]
    assert not wrong, "\n".join(wrong)
    assert leaves() == before
