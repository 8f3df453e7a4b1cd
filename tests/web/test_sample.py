"""The sample's door: one press and one is somebody of it; only in the sample, only on this machine."""

import pytest

from deliberation.domain.roles import Duty, OfficeKind, Role
from deliberation.domain.seats import COOPTED
from deliberation.services import people
from deliberation.store import sample
from deliberation.web.sample import PARTS
from tests import make
from tests.web.browsing import Browser

NAMES = {
    "responsible": "程负责", "liaison": "林联络", "clerk": "白记录", "information": "佟信息", "panel": "阮专家",
    "council": "孟议事", "coopted": "冯邻户", "commission": "苗法工", "district": "洪区委", "system": "祝系统",
    "security": "姬安全", "audit": "明审计",
}  # fmt: skip


@pytest.fixture
def office(app):
    """A small sample: one of each part."""
    made = {
        kind: people.open_office(make.OPERATOR, f"示例{kind.value}", kind, sample=True) for kind in OfficeKind
    }
    here = made[OfficeKind.OUTREACH]
    for role in (Role.RESPONSIBLE, Role.LIAISON, Role.CLERK, Role.INFORMATION, Role.PANEL, Role.COUNCIL):
        make.person(here, NAMES[role.value], role)
    make.person(here, NAMES["coopted"], Role.COUNCIL, COOPTED)
    make.person(made[OfficeKind.COMMISSION], NAMES["commission"], Role.COMMISSION)
    make.person(made[OfficeKind.DISTRICT], NAMES["district"], Role.COMMISSION)
    for duty in Duty:
        one = people.add_person(
            make.OPERATOR,
            made[OfficeKind.COMMISSION],
            people.Newcomer(NAMES[duty.value], role=Role.COMMISSION),
        )
        people.give_duty(make.OPERATOR, one.person, duty, sample=True)
        people.end_role(make.OPERATOR, one)
    return here


def press(browser, part, status=200, **given):
    browser.open("/sample")
    token = next(field["value"] for _, field in browser.form()["fields"] if field["name"] == "csrf_token")
    return browser._take(browser.post("/sample", {"csrf_token": token, "part": part}, **given), status)


@pytest.mark.parametrize("part", [part.key for part in PARTS])
def test_one_press_makes_one_somebody(app, office, part):
    browser = press(Browser(app), part)
    assert browser.url == "/"
    assert browser.says(NAMES[part])


def test_every_part_is_offered_with_its_name(app, office):
    browser = Browser(app).open("/sample")
    assert all(browser.says(name) for name in NAMES.values())
    assert browser.says("访客")


def test_pressing_guest_ends_the_session(app, office):
    browser = press(Browser(app), "liaison")
    press(browser, "guest")
    assert not browser.says(NAMES["liaison"])
    assert browser.open("/").says("登录")


def test_changing_parts_ends_the_session_before(app, office):
    browser = press(Browser(app), "liaison")
    press(browser, "clerk")
    assert browser.says(NAMES["clerk"])
    assert not browser.says(NAMES["liaison"])


def test_an_unknown_part_is_no_part(app, office):
    browser = press(Browser(app), "emperor", 404)
    assert not browser.open("/").says("您好")


def test_in_english_every_word_is_english(app, office):
    browser = Browser(app, "en").open("/sample")
    assert browser.says("Look from another side")
    assert browser.says("Liaison officer")


@pytest.mark.parametrize(
    "given",
    [
        {"environ_overrides": {"REMOTE_ADDR": "192.168.1.20"}},
        {"headers": {"Host": "hujie.example.cn"}},
        {"environ_overrides": {"REMOTE_ADDR": "192.168.1.20"}, "headers": {"Host": "127.0.0.1"}},
    ],
)
def test_from_elsewhere_there_is_no_door(app, office, given):
    browser = Browser(app)
    assert browser.client.get("/sample", **given).status_code == 404
    press(browser, "liaison", 404, **given) if "headers" not in given else None
    assert b'"/sample"' not in browser.client.get("/", **given).data
    assert not browser.open("/").says("您好")


def test_behind_a_proxy_there_is_no_door(app, office):
    app.config["PROXIES"] = 1
    assert Browser(app).client.get("/sample").status_code == 404


def test_outside_the_sample_there_is_no_door(app):
    here = make.office()
    make.person(here, "真联络", Role.LIAISON)
    assert Browser(app).client.get("/sample").status_code == 404
    home = Browser(app).open("/")
    assert "/sample" not in home.page.links
    assert not home.says("示例")


@pytest.mark.parametrize("url", ["/", "/c/", "/sign-in", "/sample", "/complaints"])
def test_every_page_says_it_is_the_sample(app, office, url):
    browser = Browser(app).open(url)
    assert browser.says("示例。条文、机构、人物和数字都是编的")
    assert "/sample" in browser.page.links or url == "/sample"


def test_alone_means_nothing_else_is_there(app, office):
    assert sample.is_alone()
    make.person(make.office("真的联系点"), "真人")
    assert not sample.is_alone()


def test_an_administrator_of_ones_own_is_something_else(app, office):
    stray = people.new_person("自己的管理员", "", make.now())
    from deliberation.store.db import db

    db.session.add(stray)
    db.session.flush()
    assert not sample.is_alone()
    db.session.rollback()


def test_an_empty_database_is_neither(app):
    assert sample.is_empty()
    assert not sample.is_there()
    assert not sample.is_alone()
