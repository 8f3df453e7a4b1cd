"""The sender's own table by page: brought, confirmed, filled, in the dossier; how the report is headed."""

import io
import json
import zipfile

import pytest
import python_calamine

from deliberation.domain.errors import Refusal
from deliberation.domain.roles import Role
from deliberation.formats import dossier_folder
from deliberation.services import consultations, dossiers, editions, shelf
from deliberation.services.report_forms import Heading, arrange, signature
from deliberation.store import sender_templates
from tests import make, make_dossiers
from tests.formats.test_template_fill import HEADS, workbook
from tests.web.browsing import Browser, apart

PAGE = "/c/bikes/dossier"


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """Typesetting is tested elsewhere and takes its time."""

    def missing(*_args, **_given):
        raise Refusal("没有字体")

    monkeypatch.setattr(dossier_folder.official_pdf, "write", missing)


@pytest.fixture
def one(app):
    found = make.consultation(make.office(), slug="bikes")
    make.account(found.office, make.member(found.office, Role.CLERK).person, "clerk")
    make_dossiers.suggestion(found, make.remark(found, "三百米太远"), title="=1+1\u202e改小半径")
    consultations.move_phase(make.OPERATOR, found, "consolidating")
    return found


def brought(b, data, name="反馈表.xlsx", status=200):
    b.open(PAGE + "/table")
    return b.submit(having="file", files={"file": (io.BytesIO(data), name)}, status=status)


def rows(data):
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_mapped_once_and_filled_from_then_on(app, one):
    b = brought(Browser(app).sign_in("clerk"), workbook())
    assert b.says("核对各列")
    assert sender_templates.for_task(one.office_id, one.task_id) is None
    b.submit(having="token")
    assert b.says("反馈表.xlsx")
    lines = rows(apart(b.client.get, PAGE + "/table/filled").data)
    assert tuple(lines[1]) == HEADS
    assert lines[2][:2] == [1.0, "第三条"]
    assert lines[2][2].startswith("=1+1\u202e改小半径")
    b.open(PAGE).submit(to=PAGE + "/build", having="edition", edition="public")
    url = next(url for url in b.page.links if url.endswith("/sender_table.xlsx"))
    assert rows(apart(b.client.get, url).data)[2] == lines[2]
    with zipfile.ZipFile(
        io.BytesIO(apart(b.client.get, url.replace("sender_table.xlsx", "ZIP")).data)
    ) as archive:
        assert rows(archive.read("sender_table.xlsx"))[2] == lines[2]
        assert "sender_table.xlsx" in json.loads(archive.read("manifest.json"))["files"]


def test_another_task_of_the_sender_has_it_and_the_columns_are_remembered(app, one):
    b = brought(Browser(app).sign_in("clerk"), workbook())
    b.submit(having="token", c_4="note")
    row = sender_templates.for_task(one.office_id, one.task_id)
    assert row.columns["note"] == 4
    other = make.consultation(one.office, slug="other")
    made = dossiers.dossier_of(other, "public", make.now())
    assert made.sender_table is not None
    assert made.sender_table.columns == row.columns
    b.open("/c/other/dossier/table").submit(
        having="file", files={"file": (io.BytesIO(workbook()), "新.xlsx")}
    )
    assert b.says("这样的表您单位以前用过")
    b.open(PAGE + "/table").submit(to=PAGE + "/table/end", having="csrf_token")
    assert dossiers.dossier_of(one, "public", make.now()).sender_table is None


def test_what_cannot_be_filled_is_said_and_nothing_is_kept(app, one):
    b = brought(Browser(app).sign_in("clerk"), workbook(merged="B3:C3"))
    b.submit(having="token", status=422)
    assert b.says("合并的单元格")
    assert sender_templates.for_task(one.office_id, one.task_id) is None
    brought(b, b"PK\x03\x04 broken", status=422)
    assert b.says("已损坏")
    b.open(PAGE + "/table").submit(having="csrf_token", status=422)
    assert b.says("请选择来文单位的表格文件")
    b = brought(b, workbook())
    assert b.submit(having="token", c_2="n", status=422).says("选了两列")
    assert apart(b.client.post, PAGE + "/table/columns", data={"token": "x"}).status_code in {400, 404}


def test_a_sealed_edition_keeps_the_table_it_was_sealed_with(app, one, tmp_path):
    b = brought(Browser(app).sign_in("clerk"), workbook())
    b.submit(having="token")
    row = editions.seal(make.OPERATOR, one)
    b.open(PAGE + "/table").submit(to=PAGE + "/table/end", having="csrf_token")
    editions.rebuild(row, tmp_path / "out")
    assert rows((tmp_path / "out" / "sender_table.xlsx").read_bytes())[2][1] == "第三条"


def test_only_staff_bring_it(app, one):
    make.account(one.office, make.member(one.office, Role.PANEL).person, "panel")
    panel = Browser(app).sign_in("panel")
    assert apart(panel.client.get, PAGE + "/table").status_code in {403, 404}
    assert apart(Browser(app).client.get, PAGE + "/table/filled").status_code == 302


def test_how_the_report_is_headed(app, one):
    b = Browser(app).sign_in("clerk").open(PAGE + "/form")
    b.submit(having="red_head", red_head="1", status=422)
    assert b.says("红头文件要有发文字号")
    b.submit(
        having="red_head", red_head="1", number="普街联[2026]3号", signer="林某", copies="甲、乙", signed_on="2026-07-16",
        contact="何某", phone="13955550123", addressee="××市人大法制委员会",
    )  # fmt: skip
    addressee, sign = signature(one, make.now())
    assert (addressee, sign.number, sign.red_head) == ("××市人大法制委员会", "普街联〔2026〕3号", True)
    assert (sign.copies_to, str(sign.on)) == (("甲", "乙"), "2026-07-16")
    made = dossiers.dossier_of(one, "restricted", make.now())
    assert made.signature.contact.phone == "13955550123"
    public = dossiers.dossier_of(one, "public", make.now())
    assert (public.signature.contact, public.addressee) == (None, "××市人大法制委员会")
    b.open(PAGE).submit(to=PAGE + "/build", having="edition", edition="public")
    for path in shelf.folder_of(one).rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        if path.suffix in {".docx", ".xlsx"}:
            with zipfile.ZipFile(path) as package:
                raw = b"".join(package.read(name) for name in package.namelist())
        assert b"13955550123" not in raw
        assert "何某".encode() not in raw


def test_until_somebody_sets_it_nobodys_name_stands_below_the_report(app, one):
    one.task.contact = "来文的联系人 13900000000"
    assert signature(one, make.now())[1].contact is None


def test_bad_words_in_the_heading_are_refused(app, one):
    with pytest.raises(Refusal):
        arrange(make.OPERATOR, one, Heading(number="1\x00"))
    with pytest.raises(Refusal):
        arrange(make.OPERATOR, one, Heading(copies="长" * 2_000))
    with pytest.raises(Refusal):
        arrange(make.OPERATOR, one, Heading(copies="甲\u202e乙", number="〔2026〕1号"))
