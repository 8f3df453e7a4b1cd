"""A scan as a draft: empty articles to be typed in, published with what is typed; bad scans refused with their reason."""

from io import BytesIO

import pytest
from pypdf import PdfWriter

from deliberation.domain.correcting import Step
from deliberation.domain.errors import Refusal
from deliberation.services import corrections, drafts, files, proofs, scans
from deliberation.store import drafts as rows
from tests import make

JPEG = b"\xff\xd8\xff\xe0" + b"photograph of a page " * 20
PNG = b"\x89PNG\r\n\x1a\n" + b"page" * 100


def pdf(password=None):
    writer = PdfWriter()
    writer.add_blank_page(300, 400)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def task(app):
    return make.task(make.office())


@pytest.fixture
def lead(task):
    return make.member(task.office)


def begin(lead, task, data=JPEG, name="草案.jpg", **more):
    return scans.begin(lead, task, files.Upload(data, name), articles=more.pop("articles", 5), **more)


@pytest.mark.parametrize(("data", "name"), [(JPEG, "a.jpg"), (PNG, "a.png"), (pdf(), "a.pdf")])
def test_a_scan_becomes_numbered_empty_articles_and_is_kept(task, lead, data, name):
    version = begin(lead, task, data, name, chapters="1、4", title="某条例")
    draft = proofs.desk(version).draft
    assert [a.number for a in draft.articles()] == ["第一条", "第二条", "第三条", "第四条", "第五条"]
    assert [(c.number, len(c.children)) for c in draft.body] == [("第一章", 3), ("第二章", 2)]
    assert files.read(version.source) == data
    assert proofs.desk(version).doubts == proofs.Doubts(0, 5, 0)
    assert (version.state, version.title, rows.current(task.id)) == ("preview", "某条例", None)


def test_what_is_typed_is_published_and_what_is_not_refers_to_the_scan(task, lead):
    version = begin(lead, task)
    corrections.correct(lead, version, Step("fill", "art_2", text="应当：\n（一）登记；"), 0)
    drafts.publish_draft(lead, version, revision=1)
    assert "登记" in rows.at(version.id, "art_2").html
    assert "见扫描件" not in rows.at(version.id, "art_2").html
    for eid in ("art_1", "art_1__para_1"):
        assert "见扫描件" in rows.at(version.id, eid).html
        assert "第一条" in rows.at(version.id, eid).html


def test_an_ordinary_empty_article_does_not_speak_of_a_scan(task, lead):
    version = drafts.import_draft(
        lead, task, drafts.Brought(pasted="某条例\n第一条　甲。\n第二条\n第三条　乙。")
    )
    drafts.publish_draft(lead, version)
    assert "扫描" not in "".join(row.html for row in rows.provisions(version.id))


@pytest.mark.parametrize(
    ("data", "name", "more", "words"),
    [
        (b"", "a.pdf", {}, "请选择扫描件"), (b"GIF89a" * 50, "a.gif", {}, "PDF、JPG 或 PNG"), (JPEG, "机密★1年.jpg", {}, "涉密"),
        (pdf("secret"), "a.pdf", {}, "密码"), (pdf()[:120], "a.pdf", {}, "损坏"), (b"\xff\xd8\xff", "a.jpg", {}, "损坏"),
        (JPEG, "a.jpg", {"articles": 0}, "1 到 1500"), (JPEG, "a.jpg", {"articles": 1501}, "1 到 1500"),
        (JPEG, "a.jpg", {"chapters": "2、3"}, "从 1 开始"), (JPEG, "a.jpg", {"chapters": "1、9"}, "从 1 开始"),
        (JPEG, "a.jpg", {"chapters": "第一章"}, "从 1 开始"), (JPEG, "a.jpg", {"title": "长" * 301}, "300"),
        (JPEG, "a.jpg", {"title": "绝密 某条例"}, "涉密"),
    ],
)  # fmt: skip
def test_a_bad_scan_is_refused_and_nothing_is_kept(task, lead, data, name, more, words):
    with pytest.raises(Refusal, match=words):
        begin(lead, task, data, name, **more)
    assert rows.versions(task.id) == []


def test_what_changed_after_it_was_looked_at_is_not_published(task, lead):
    version = begin(lead, task)
    corrections.correct(lead, version, Step("fill", "art_1", text="甲。"), 0)
    with pytest.raises(Refusal, match="又改过了"):
        drafts.publish_draft(lead, version, revision=0)
    assert version.state == "preview"
