"""Pages of the hall: projector, record to sign, photos and recordings, recorder and table, bringing home."""

import io
import json
from html.parser import HTMLParser

import pytest
from docx import Document

from deliberation.domain.roles import Role
from deliberation.services import hall_imports
from deliberation.store import hall as files
from deliberation.store import meetings as rows
from tests import make, make_hall
from tests.services.test_hall_imports import book, table
from tests.services.test_syncing import entry, send
from tests.web.browsing import Browser, apart


class Sources(HTMLParser):
    """Every attribute of a page that would fetch something."""

    def read(self, text):
        self.found = []
        self.feed(text)
        return self.found

    def handle_starttag(self, tag, attrs):
        self.found += [
            (tag, value) for name, value in attrs if name == "src" or (tag == "link" and name == "href")
        ]


HOSTILE = "</script><img src=x onerror=alert(1)>'\"&&"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def hall(app):
    one = make.consultation(make.office())
    make.person(one.office, HOSTILE, Role.PANEL)
    return make_hall.meeting(one, make_hall.panel(one.office, 3), "open", agenda=("art_2", "art_3"))


@pytest.fixture
def clerk(app, hall):
    make.account(hall.office, make.person(hall.office, "林静", Role.CLERK), "lin")
    return Browser(app).sign_in("lin")


def upload(file):
    return {"file": (io.BytesIO(file.data), file.name)}


def test_the_wall_shows_the_point_the_hall_is_at_and_who_is_there(hall, clerk):
    assert clerk.open(f"/meetings/{hall.id}/projector").says("本市行政区域内电动自行车")
    send(hall, [entry(1, "point", item=hall.agenda[1].id), entry(2, "arrive", number=1)])
    clerk.open(f"/meetings/{hall.id}/projector")
    assert clerk.says("半径一般不超过三百米")
    assert clerk.says("自动断电装置")
    assert clerk.says("实到 1 人")
    assert 'http-equiv="refresh"' in clerk.page.html
    assert clerk.says("第 2 项，共 2 项")


def test_the_record_is_ready_with_the_last_line_and_has_room_to_sign(hall, clerk):
    send(hall, [entry(1, "arrive", number=1), entry(2, text="原话一句", item=hall.agenda[0].id), entry(3, text="划掉的"),
                entry(4, "strike", target=entry(3).key, revision=1)])  # fmt: skip
    clerk.open(f"/meetings/{hall.id}/record")
    assert clerk.says("原话一句")
    assert clerk.says("签字")
    assert clerk.says("以上共1句")
    assert not clerk.says("划掉的")
    data = apart(clerk.client.get, f"/meetings/{hall.id}/record.docx").get_data()
    cells = [cell.text for row in Document(io.BytesIO(data)).tables[0].rows for cell in row.cells]
    assert "原话一句" in cells
    assert "签字" in cells
    assert "【第二条】" in cells


def test_the_line_being_typed_stands_in_the_box_again(hall, clerk):
    seen = apart(clerk.client.get, f"/meetings/{hall.id}/hall.json").json
    body = {"key": "f" * 32, "text": "说到一半", "number": 2, "name": "", "item": hall.agenda[1].id}
    headers = {"X-CSRFToken": seen["csrf"], "Accept": "application/json"}
    assert (
        apart(clerk.client.post, f"/meetings/{hall.id}/scratch", json=body, headers=headers).status_code
        == 200
    )
    clerk.open(f"/meetings/{hall.id}/console")
    assert "说到一半</textarea>" in clerk.page.html
    clerk.submit(having="text", number="2")
    assert [(x.text, x.key) for x in rows.lines(hall.id)] == [("说到一半", "f" * 32)]
    assert "说到一半</textarea>" not in clerk.open(f"/meetings/{hall.id}/console").page.html


def test_a_photo_is_kept_as_it_came_with_its_check_code_for_staff_only(app, hall, clerk):
    page = f"/meetings/{hall.id}/files"
    clerk.open(page).submit(having="note", files={"file": (io.BytesIO(PNG), "签到.png")}, note="签到处")
    (row,) = files.files(hall.id)
    assert clerk.says(row.file.digest)
    assert clerk.says("签到处")
    given = apart(clerk.client.get, f"{page}/{row.id}")
    assert given.get_data() == PNG
    assert given.headers["Content-Disposition"].startswith("attachment")
    clerk.submit(having="note", files={"file": (io.BytesIO(PNG), "again.png")}, note="")
    assert len(files.files(hall.id)) == 1
    clerk.open(page).submit(422, having="note", files={"file": (io.BytesIO(b"<html>"), "x.png")}, note="")
    other = make.office()
    make.account(other, make.person(other, "外人", Role.CLERK), "wai")
    Browser(app).sign_in("wai").open(f"{page}/{row.id}", status=404)
    Browser(app).open(f"{page}/{row.id}")
    clerk.open(f"{page}/{row.id}/back").submit(having="reason", reason="拍到了孩子")
    assert clerk.says("拍到了孩子")
    assert clerk.says(row.file.digest)
    clerk.open(f"{page}/{row.id}", status=404)
    assert clerk.says("不再提供查看和下载")


def test_the_recorder_is_one_file_and_no_name_breaks_out_of_it(hall, clerk):
    for which in ("recorder", "recorder-blank"):
        given = apart(clerk.client.get, f"/meetings/{hall.id}/{which}.html")
        text = given.get_data(as_text=True)
        assert given.headers["Content-Disposition"].startswith("attachment")
        assert "<img" not in text
        assert text.count("</script>") == text.count("<script")
        assert not Sources().read(text)
        assert "http://" not in text.replace("http://www.w3.org/", "")
    assert (
        apart(Browser(clerk.client.application).client.get, f"/meetings/{hall.id}/recorder.html").status_code
        == 302
    )


def test_a_file_is_looked_at_before_it_comes_in(hall, clerk):
    tools = f"/meetings/{hall.id}/offline"
    clerk.open(tools).submit(having="file", files=upload(book(hall, ["一", "二"])))
    assert clerk.says("新的 2 条")
    assert clerk.says("一")
    assert not rows.lines(hall.id)
    clerk.submit(having="token")
    assert clerk.says("新添 2 条")
    assert [x.text for x in rows.lines(hall.id)] == ["一", "二"]
    clerk.open(tools).submit(having="file", files=upload(book(hall, ["一", "二", "三"])))
    assert clerk.says("新的 1 条，原来就有的 2 条")
    clerk.submit(having="token")
    assert [x.text for x in rows.lines(hall.id)] == ["一", "二", "三"]


def test_a_file_without_a_meeting_needs_the_tick_and_a_foreign_one_is_refused(hall, clerk):
    tools = f"/meetings/{hall.id}/offline"
    clerk.open(tools).submit(
        having="file", files=upload(table(hall, code="", 发言=[["9:10", "1", "", "甲", "", ""]]))
    )
    clerk.submit(422, having="token")
    assert clerk.says("请核对后勾选")
    assert not rows.lines(hall.id)
    clerk.submit(having="token", this_meeting="y")
    assert [x.text for x in rows.lines(hall.id)] == ["甲"]
    clerk.open(tools).submit(422, having="file", files=upload(book(hall, ["一"], code="0" * 32)))
    assert clerk.says("另一次会议")


def test_the_empty_table_names_people_and_points(hall, clerk):
    data = apart(clerk.client.get, f"/meetings/{hall.id}/table.xlsx").get_data()
    assert data == hall_imports.blank_table(hall)
    assert apart(clerk.client.get, f"/meetings/{hall.id}/table-blank.xlsx").status_code == 200


def test_the_console_says_how_the_hall_stands_in_one_reading(hall, clerk):
    clerk.open(f"/meetings/{hall.id}/console")
    given = clerk.page.html.split("data-hall='")[1].split("'")[0]
    seen = json.loads(given)
    assert [one["title"] for one in seen["agenda"]] == [one.title for one in hall.agenda]
    assert seen["sheet"][0]["name"] == HOSTILE
    assert "<img" not in clerk.page.html
