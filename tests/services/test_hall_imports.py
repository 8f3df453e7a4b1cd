"""Saved recorders and filled-in tables: each thing once, only of this meeting, corrected files add only what is new."""

import io
import json
import uuid

import pytest
import xlsxwriter

from deliberation.domain.errors import Refusal
from deliberation.formats.hall_xlsx import MARK, SHEETS
from deliberation.services import hall_imports, syncing
from deliberation.services.files import Upload
from deliberation.store import meetings as rows
from deliberation.store import syncing as asked
from tests import make, make_hall

OP = make.OPERATOR


@pytest.fixture
def hall(app):
    return make_hall.meeting(make.consultation(make.office()), None, "open", agenda=("art_2", "art_3"))


@pytest.fixture
def panel(app):
    one = make.consultation(make.office())
    return make_hall.meeting(one, make_hall.panel(one.office, 3), "open", agenda=("art_2", "art_3"))


def book(meeting, texts, code=None, **more):
    entries = [
        {"key": uuid.uuid5(uuid.NAMESPACE_URL, text).hex, "seq": n, "kind": "line", "at": make.now().isoformat(),
         "facts": {"text": text, "name": "王五"}}
        for n, text in enumerate(texts, 1)
    ]  # fmt: skip
    code = syncing.meeting_code(meeting) if code is None else code
    body = {
        "format": "yishiting-hall",
        "version": 1,
        "code": code,
        "title": "某会",
        "device": "d" * 32,
        "entries": entries,
    }
    return Upload(json.dumps(body | more, ensure_ascii=False).encode(), "a.json")


def table(meeting, code=None, **sheets):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    for name, columns in SHEETS.items():
        sheet = made.add_worksheet(name)
        for line, row in enumerate([[head for head, _width in columns], *sheets.get(name, [])]):
            for at, cell in enumerate(row):
                sheet.write_string(line, at, cell)
    code = syncing.meeting_code(meeting) if code is None else code
    made.add_worksheet("填写说明").write_column(0, 0, [meeting.title, f"{MARK}{code}" if code else ""])
    made.close()
    return Upload(out.getvalue(), "a.xlsx")


def texts(meeting):
    return [line.text for line in rows.lines(meeting.id)]


def test_a_file_twice_adds_once_and_a_longer_one_only_what_is_new(panel):
    assert hall_imports.bring(OP, panel, book(panel, ["一", "二"])).new == 2
    assert hall_imports.bring(OP, panel, book(panel, ["一", "二"])).new == 0
    assert hall_imports.bring(OP, panel, book(panel, ["一", "二", "三"])).new == 1
    assert texts(panel) == ["一", "二", "三"]


def test_a_file_of_another_meeting_is_refused_whole(panel, hall):
    with pytest.raises(Refusal, match="另一次会议"):
        hall_imports.bring(OP, hall, book(panel, ["一"]))
    hall_imports.bring(OP, panel, book(panel, ["一"], code=""), sure=True)
    with pytest.raises(Refusal, match="已经导入到"):
        hall_imports.bring(OP, hall, book(panel, ["一"], code=""), sure=True)
    assert texts(hall) == []


def test_a_file_that_names_no_meeting_needs_somebody_to_be_sure(panel):
    with pytest.raises(Refusal, match="没有写明是哪次会议"):
        hall_imports.bring(OP, panel, book(panel, ["一"], code=""))
    assert texts(panel) == []
    hall_imports.bring(OP, panel, book(panel, ["一"], code=""), sure=True)
    assert texts(panel) == ["一"]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"<html></html>", b"\xff\xfe\x00", b'{"format": "other", "entries": []}', b"[" * 100_000,
     b'<script id="kept">{}</script><script id="kept">{}</script>', b'{"format": "yishiting-hall", "entries": []}',
     b'{"format": "yishiting-hall", "device": "x", "entries": [1]}', b"PK\x03\x04 no workbook"],
)  # fmt: skip
def test_what_is_no_recorder_is_refused_with_a_sentence(panel, data):
    with pytest.raises(Refusal) as said:
        hall_imports.bring(OP, panel, Upload(data, "x"), sure=True)
    assert "请" in str(said.value) or "没有" in str(said.value)
    assert texts(panel) == []


def test_a_damaged_entry_is_named_and_the_others_come_in(panel):
    upload = book(panel, ["一", "二"])
    body = json.loads(upload.data)
    body["entries"][0]["key"] = "broken"
    upload = Upload(json.dumps(body).encode(), "a.json")
    look = hall_imports.look(panel, hall_imports.read_file(panel, upload))
    assert [str(one) for one in look.brought.problems] == ["第 1 条残缺，读不出来，没有算进去。"]
    hall_imports.bring(OP, panel, upload)
    assert texts(panel) == ["二"]


def test_the_filled_table_brings_arrivals_speeches_and_hands(panel):
    upload = table(
        panel,
        签到=[["1", "专家1", "居民", "9:05", "10:30"], ["2", "专家2", "法律专业", "", ""], ["", "过路人", "商户", "09：20"]],
        发言=[["9:10", "1 专家1", "1. 第二条", "三百米\n太远", "建议修改", "是"], ["", "过路人", "第三条", "我也说", "", ""],
              ["", "过路人", "第三条", "我也说", "", ""], ["25:00", "2", "", "时间错的", "", ""]],
        举手=[["10:00", "要不要延长", "3", "2", "1", "0", "孙"], ["", "缺人数", "3", "", "1", "0", ""]],
    )  # fmt: skip
    look = hall_imports.look(panel, hall_imports.read_file(panel, upload))
    assert [str(one) for one in look.brought.problems] == [
        "“发言”第 5 行：时间看不懂，请写成 9:05。", "“举手”第 3 行：人数没有填全，没有的请写 0。",
    ]  # fmt: skip
    assert hall_imports.bring(OP, panel, upload).new == 7
    assert hall_imports.bring(OP, panel, upload).new == 0
    said = rows.lines(panel.id)
    assert [(x.speaker, x.item.eid, x.text, x.as_remark) for x in said] == [
        ("专家1", "art_2", "三百米\n太远", True), ("过路人", "art_3", "我也说", False), ("过路人", "art_3", "我也说", False),
    ]  # fmt: skip
    sheet = rows.attendance(panel.id)
    assert [a.person.name for a in sheet if a.arrived_at] == ["专家1", "过路人"]
    assert [(c.question, c.for_, c.present, c.teller) for c in asked.counts(panel.id)] == [
        ("要不要延长", 2, 3, "孙")
    ]


def test_a_corrected_table_adds_only_the_new_row_and_shows_a_changed_one_with_its_number(panel):
    first = [["9:10", "1 专家1", "", "甲", "", "", "F1"], ["9:11", "2 专家2", "", "乙", "", ""]]
    hall_imports.bring(OP, panel, table(panel, 发言=first))
    changed = [
        ["9:10", "1 专家1", "", "甲改", "", "", "F1"],
        ["9:11", "2 专家2", "", "乙", "", ""],
        ["9:12", "3", "", "丙", "", ""],
    ]
    look = hall_imports.look(panel, hall_imports.read_file(panel, table(panel, 发言=changed)))
    assert (len(look.new), look.there, len(look.differ)) == (1, 1, 1)
    hall_imports.bring(OP, panel, table(panel, 发言=changed))
    assert texts(panel) == ["甲", "乙", "丙"]
    assert [row.state for row in asked.open_questions(panel.id)] == ["conflict"]


def test_the_empty_table_reads_back_as_empty_and_names_its_meeting(panel, hall):
    data = hall_imports.blank_table(panel)
    assert data == hall_imports.blank_table(panel)
    with pytest.raises(Refusal, match="另一次会议|还没有填"):
        hall_imports.read_file(hall, Upload(data, "t.xlsx"))
