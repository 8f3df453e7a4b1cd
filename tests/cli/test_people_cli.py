"""`flask people` and `flask drafts import`: an empty installation gets its first people; refusals are one line, exit 2."""

import pytest

from deliberation.services import sessions
from deliberation.store import drafts, people
from deliberation.store.db import db
from tests import make
from tests.web.browsing import apart

PASSWORD = "a sentence of mine"


@pytest.fixture
def run(app):
    def invoke(*words, **more):
        answer = app.test_cli_runner().invoke(args=[str(w) for w in words], **more)
        db.session.rollback()
        return answer

    return invoke


def test_the_first_offices_and_people_of_an_empty_installation(run):
    assert "begins so" in run("people", "--help").output
    top = run("people", "office", "市法工委", "--kind", "commission").output.strip()
    below = run("people", "office", "甲街道联系点", "--under", "市法工委").output.strip()
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    made = run(
        "people",
        "add",
        "林静",
        "--office",
        "甲街道联系点",
        "--role",
        "liaison",
        "--login",
        "lin",
        input=typed,
    )
    number = int(made.stdout.split()[-1])
    assert people.roles(number) == [(int(below), int(top), "liaison")]
    assert sessions.sign_in("lin", PASSWORD)
    keeper = run(
        "people", "add", "赵某", "--office", top, "--role", "commission", "--login", "zhao", "--make-password"
    ).output.split()
    assert run("people", "duty", keeper[0], "system").exit_code == 0
    assert people.by_login("zhao").must_change
    assert sessions.sign_in("zhao", keeper[1])
    refused = run("people", "duty", keeper[0], "audit")
    assert refused.exit_code == 2
    assert "不同的人" in refused.stderr
    lines = run("people", "list").output.splitlines()
    assert [line.split("\t")[2] for line in lines] == ["赵某", "林静"]


def test_refusals_change_nothing(run):
    office = make.office("甲街道联系点")
    for words in (
        ("add", "张三", "--office", "没有的单位"),
        ("add", " ", "--office", office.id),
        ("add", "张三", "--office", office.id, "--role", "commission"),
        ("role", "999", "clerk", "--office", office.id),
        ("password", "nobody"),
        ("office", "甲街道联系点"),
    ):
        answer = run("people", *words)
        assert answer.exit_code == 2, words
        assert len(answer.stderr.strip().splitlines()) == 1, words
    weak = run("people", "add", "张三", "--office", office.id, "--login", "zhang", input="short\nshort\n")
    assert weak.exit_code == 2
    assert people.members(office.id) == []


def test_inviting_giving_and_ending_a_role(app, run):
    app.config["PUBLIC_URL"] = "http://10.0.0.8:8000"
    office = make.office("甲街道联系点")
    link = run("people", "invite", "孙某", "--office", office.id, "--role", "clerk").output.strip()
    assert link.startswith("http://10.0.0.8:8000/invitations/")
    assert apart(app.test_client().get, link.removeprefix("http://10.0.0.8:8000")).status_code == 200
    somebody = make.person(office)
    assert run("people", "role", somebody.id, "council", "--office", office.id).exit_code == 0
    assert len(people.roles(somebody.id)) == 2
    assert run("people", "role", somebody.id, "council", "--office", office.id, "--end").exit_code == 0
    assert [role for _o, _a, role in people.roles(somebody.id)] == ["panel"]


def test_a_list_in_a_file(run, tmp_path):
    office = make.office("甲街道联系点")
    file = tmp_path / "list.csv"
    file.write_text("姓名,电话\n张三,1\n李四,2\n", "utf-8")
    assert run("people", "import", file, "--office", office.id).output.strip() == "2\t0"
    file.write_text("姓名,电话\n王五,1\n,2\n", "utf-8")
    refused = run("people", "import", file, "--office", office.id)
    assert refused.exit_code == 2
    assert "没有姓名" in refused.stderr
    assert len(people.members(office.id)) == 2


def test_a_draft_is_imported_and_its_number_printed(run, tmp_path):
    one = make.consultation(make.office(), slug="bikes")
    file = tmp_path / "draft.md"
    file.write_text(make.DRAFT.replace("三百米", "二百米"), "utf-8")
    assert (
        run("drafts", "import", file, "--consultation", "bikes", "--stage", "二次审议稿").stdout.strip()
        == "2"
    )
    current = drafts.current(one.task_id)
    assert (current.serial, current.stage) == (2, "二次审议稿")
    file.write_text("没有条文。", "utf-8")
    assert run("drafts", "import", file, "--consultation", "bikes").exit_code == 2
    assert run("drafts", "import", file, "--consultation", "nowhere").exit_code == 2
    assert drafts.current(one.task_id).serial == 2
