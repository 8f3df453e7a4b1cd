"""A scan through the pages: from the import page to empty articles, typed in one after another, published, read by anybody."""

import io

import pytest

from deliberation.services import consultations, proofs
from deliberation.store import drafts as rows
from tests import make
from tests.make_people import staff
from tests.services.test_scans import JPEG, PNG, pdf
from tests.web.browsing import Browser


@pytest.fixture
def lead(app):
    office = make.office("甲街道联系点")
    lead = staff(app, office)
    lead.office, lead.task = office, make.task(office)
    return lead


def bring(lead, data=JPEG, name="草案.jpg", **more):
    lead.open(f"/tasks/{lead.task.id}/drafts/new")
    assert f"/tasks/{lead.task.id}/drafts/scan" in lead.page.links
    lead.open(f"/tasks/{lead.task.id}/drafts/scan")
    lead.submit(having="articles", files={"scan": (io.BytesIO(data), name)}, **({"articles": "3"} | more))
    return rows.versions(lead.task.id)[0]


@pytest.mark.parametrize("data", [PNG, pdf(), JPEG])
def test_a_scan_on_the_import_page_is_refused_with_both_ways_on(lead, data):
    lead.open(f"/tasks/{lead.task.id}/drafts/new")
    lead.submit(status=422, having="pasted", files={"file": (io.BytesIO(data), "草案.pdf")}, pasted="")
    assert lead.says("两个办法")
    assert f"/tasks/{lead.task.id}/drafts/scan" in lead.page.links
    assert rows.versions(lead.task.id) == []


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "加了密码"),
        (b"PK\x03\x04broken", "a.docx", "已损坏"), (b"", "a.docx", "请选择草案文件"), (b" \n", "a.txt", "空的"),
        (b"<akomaNtoso><unclosed>", "a.xml", "完整的 XML"), ("只有一句话".encode(), "../../etc/passwd.txt", "没有找到"),
        (b"\x00\x01\x02" * 99, "a.docx", "已损坏"),
        (pdf("secret"), "a.pdf", "加了密码"), (b"macro", "a.docm", "带宏"),
    ],
)  # fmt: skip
def test_bad_files_say_what_to_do_at_their_field_and_leave_nothing(lead, data, name, words):
    lead.open(f"/tasks/{lead.task.id}/drafts/new")
    lead.submit(
        status=422, having="pasted", files={"file": (io.BytesIO(data), name)}, pasted="", stage="一审稿"
    )
    assert lead.says(words), lead.page.text[:600]
    assert 'value="一审稿"' in lead.page.html
    assert rows.versions(lead.task.id) == []


def test_articles_are_typed_in_one_after_another_and_published_with_the_rest_referring_to_the_scan(lead, app):
    version = bring(lead)
    assert lead.url == f"/versions/{version.id}/correct"
    assert lead.says("还有 3 条没有文字")
    assert f"/versions/{version.id}/scan" in lead.page.html
    lead.submit(having="text", to=lead.url, do="fill", text="养犬应当：\n（一）办证；")
    assert lead.says("还有 2 条没有文字")
    assert lead.response.request.args["at"] == "art_2"
    got = lead.client.get(f"/versions/{version.id}/scan")
    assert (got.data, got.mimetype) == (JPEG, "image/jpeg")
    assert "attachment" not in got.headers.get("Content-Disposition", "inline")
    assert "script" not in got.headers["Content-Security-Policy"]
    lead.open(f"/versions/{version.id}")
    assert lead.says("有 2 条还没有文字")
    lead.submit(status=422, having="sure", to=f"/versions/{version.id}/publish")
    lead.submit(having="sure", to=f"/versions/{version.id}/publish", sure="y")
    due = make.now() + make.timedelta(days=9)
    one = consultations.take_up(
        make.OPERATOR, lead.task, lead.office, consultations.Terms(due, due, guests=True)
    )
    consultations.move_phase(make.OPERATOR, one, "collecting")
    guest = Browser(app).open(f"/c/{one.slug}/at/art_2")
    assert guest.says("见扫描件")
    assert f"/c/{one.slug}/scan" in guest.page.links
    assert guest.client.get(f"/c/{one.slug}/scan").data == JPEG
    assert guest.open(f"/versions/{version.id}/scan").url == "/sign-in"
    assert "见扫描件" not in guest.open(f"/c/{one.slug}/at/art_1").page.text
    make.publish(lead.task, make.DRAFT)
    old = f"/c/{one.slug}/scan?serial=1"
    assert old in guest.open(f"/c/{one.slug}/v/1/at/art_2").page.links
    assert old in guest.open(f"/c/{one.slug}/v/1/").page.links
    assert guest.client.get(old).data == JPEG
    assert guest.client.get(f"/c/{one.slug}/scan").status_code == 404
    bring(lead, PNG, "三审稿.png")
    assert guest.client.get(f"/c/{one.slug}/scan?serial=3").status_code == 404


def test_the_confirmation_is_of_what_was_shown(lead):
    version = bring(lead)
    lead.open(f"/versions/{version.id}")
    old = next(g["value"] for _t, g in lead.form(having="sure")["fields"] if g.get("name") == "revision")
    lead.open(f"/versions/{version.id}/correct?at=art_1").submit(having="text", do="fill", text="甲。")
    lead.open(f"/versions/{version.id}")
    lead.submit(status=409, having="sure", to=f"/versions/{version.id}/publish", sure="y", revision=old)
    assert lead.says("又改过了")
    lead.submit(having="sure", to=f"/versions/{version.id}/publish", sure="y")
    assert rows.current(lead.task.id).id == version.id


def test_figures_that_are_no_number_are_refused_not_a_fault(lead):
    """² is a digit to Python and no number."""
    version = bring(lead)
    lead.open(f"/versions/{version.id}/correct?at=art_1")
    lead.submit(status=409, having="text", do="fill", text="甲。", revision="²")
    lead.submit(status=422, having="text", do="split:text:²", revision="0")
    lead.open(f"/versions/{version.id}")
    lead.submit(status=409, having="sure", to=f"/versions/{version.id}/publish", sure="y", revision="²")


def test_what_was_typed_wrongly_is_kept(lead):
    lead.open(f"/tasks/{lead.task.id}/drafts/scan")
    lead.submit(
        status=422,
        having="articles",
        files={"scan": (io.BytesIO(JPEG), "a.jpg")},
        articles="很多",
        title="某条例",
    )
    assert 'value="某条例"' in lead.page.html
    lead.submit(status=422, having="articles", articles="3")
    assert lead.says("请选择扫描件")


def test_the_pages_of_a_scanned_pdf_are_shown_as_pictures(lead):
    version = bring(lead, scanned(), "a.pdf")
    assert f"/versions/{version.id}/scan/1" in lead.page.html
    got = lead.client.get(f"/versions/{version.id}/scan/1")
    assert (got.data, got.mimetype) == (JPEG, "image/jpeg")
    assert lead.client.get(f"/versions/{version.id}/scan/2").status_code == 404
    assert proofs.is_scan(version)


def scanned():
    """A PDF whose one page is one JPEG, as scanners make them."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Resources << /XObject << /I 4 0 R >> >> >>",
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
        b" /Length %d >>\nstream\n%s\nendstream" % (len(JPEG), JPEG),
    ]  # fmt: skip
    out, at = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    return (
        out
        + b"xref\n0 5\n0000000000 65535 f \n%strailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(out))
    )
