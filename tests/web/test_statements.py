"""A page's cost in SQL does not grow with the draft or with the remarks: at most 8 statements for anyone, 12 signed in."""

import pytest

from bench.statements import counted
from deliberation.domain.roles import Role
from deliberation.services import sessions
from tests import make

EVERYONE = (
    "/",
    "/c/",
    "/c/bikes/",
    "/c/bikes/text",
    "/c/bikes/at/art_3",
    "/c/bikes/say?at=art_3",
    "/receipt",
)
LONG = "\n\n".join(
    [
        "××市电动自行车充电安全管理规定（草案）",
        *(f"第{n}条　应当保持通道畅通。" for n in "一二三四五六七八九十"),
    ]
)


@pytest.fixture
def one(app):
    made = make.consultation(make.office(), LONG, slug="bikes")
    for n in range(30):
        make.remark(made, f"第 {n} 句", eid=f"art_{n % 10 + 1}")
    return made


def asked(app, path, token=""):
    client = app.test_client()
    if token:
        with client.session_transaction() as kept:
            kept["token"] = token
    client.get(path)
    with counted() as sent:
        answer = client.get(path)
    assert answer.status_code == 200
    assert sent or path == "/receipt"
    return len(sent)


@pytest.mark.parametrize("path", EVERYONE)
def test_anyone(app, one, path):
    assert asked(app, path) <= 8


@pytest.mark.parametrize("path", [*EVERYONE, "/mine"])
@pytest.mark.parametrize("role", [Role.LIAISON, Role.PANEL])
def test_signed_in(app, one, path, role):
    assert asked(app, path, sessions.admit(make.member(one.office, role).person)) <= 12


@pytest.mark.parametrize(
    "path",
    ["/c/bikes/manage", "/c/bikes/remarks/", "/c/bikes/suggestions/at/art_3", "/tasks/1", "/tasks"],
)
def test_staff(app, one, path):
    assert asked(app, path, sessions.admit(make.member(one.office).person)) <= 12
