"""The main job on a real draft, through the pages alone: the letter, the draft of 53 articles, the panel, the village
council, remarks of every kind, meetings, votes, suggestions, the dossier, and the check anyone can make of it."""

import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from deliberation.clock import local
from deliberation.domain.roles import OfficeKind, Role
from deliberation.store import consultations, councils, meetings, people, remarks, suggestions, votes
from tests import make
from tests.web.browsing import Browser

pytestmark = pytest.mark.corpus
CODE = re.compile(r"\d{4} \d{4} \d{4}")
ROOT = Path(__file__).resolve().parents[2]


def minute(**delta):
    return f"{local(make.now() + timedelta(**delta)):%Y-%m-%dT%H:%M}"


def day(**delta):
    return f"{local(make.now() + timedelta(**delta)):%Y-%m-%d}"


@pytest.fixture
def clerk(app):
    """The liaison officer of a street office under a commission, signed in: the one account there is."""
    above = make.office("××市人大常委会法制工作委员会", OfficeKind.COMMISSION)
    office = make.office("××街道基层立法联系点", parent=above)
    make.account(office, make.person(office, "林静", Role.LIAISON), "lin")
    return Browser(app).sign_in("lin")


def the_letter(b, office):
    b.open(f"/offices/{office}/tasks/new").submit(
        title="××市客运出租汽车管理条例（修订草案）", sender="××市人大常委会法制工作委员会", letter_number="×人常法函〔2026〕9号",
        received_on=day(), report_due_at=minute(days=30), contact="苗某 ×××-88880018", openness="open",
        focus="第十条\n第二十条", having="sender",
    )  # fmt: skip
    task = consultations.tasks_of([office])[0]
    b.open(f"/offices/{office}/tasks/{task.id}/take-up").submit(
        public_until=minute(days=20),
        office_until=minute(days=25),
        guests="y",
        lede="坐车的、开车的都请说一句。",
        having="public_until",
    )
    return task.id, consultations.of_task(task.id, office).slug


def the_draft(b, task, shared):
    source = next((shared / "corpus" / "hard").glob("D05_*"))
    b.open(f"/tasks/{task}/drafts/new").submit(
        files={"file": (io.BytesIO(source.read_bytes()), source.name)}, having="file"
    )
    assert b.says("53")
    b.open(b.url + "/publish").submit(
        title="××市客运出租汽车管理条例（修订草案）", stage="征求意见稿", sure="y", having="sure"
    )


def the_people(b, office):
    rows = "\n".join(f"专家{n}\t1380000{n:04d}\t{'退休人员' if n % 2 else '法律专业'}" for n in range(1, 36))
    b.open(f"/offices/{office}/people/import").submit(pasted="姓名\t电话\t类别\n" + rows, having="pasted")
    b.submit(having="table", role="panel", name="0", phone="1", category="2", expertise="")
    assert len(people.members(office, "panel")) == 35


def voices(app, b, slug):
    """A guest, a clerk for somebody at the door, a table: every way in."""
    guest = Browser(app).open(f"/c/{slug}/").open(f"/c/{slug}/at/art_10").open(f"/c/{slug}/say?at=art_10")
    guest.submit(text="个体司机也要给条活路\n  ——老韩", attitude="amend", reason="跑了二十年", having="text")
    code = CODE.search(guest.page.text)[0]
    b.open(f"/c/{slug}/remarks/record")
    form = {
        "text": "打表器老是不准",
        "attitude": "support",
        "said_by": "王大娘",
        "channel": "visit",
        "article": "20",
    }
    names = {g.get("name") for _, g in b.form(having="text")["fields"]}
    b.submit(having="text", **{k: v for k, v in form.items() if k in names})
    table = "编号,条款,态度,意见,渠道\nA1,第十二条,不赞成,=1+1 我反对,纸质意见表\nA2,第十三条,建议修改,改成三十日,意见箱\n"
    for times in (1, 2):
        b.open(f"/c/{slug}/remarks/import").submit(
            files={"file": (io.BytesIO(table.encode("gb18030")), "意见.csv")}, having="file"
        )
        b.submit(to=b.response.request.full_path.rstrip("?"), go="import", having="source")
        assert len(remarks.all_of(consultations.by_slug(slug).id)) == 4, f"after import {times}"
    return code


def the_panel_sits(app, b, office, slug):
    b.open(f"/offices/{office}/councils/panel").submit(name="专家团", everyone="y", having="everyone")
    panel = councils.of_office(office)[0].id
    b.open(f"/councils/{panel}/rule").submit(
        name="专家团议事规则", dated="2025-03-18", clause="第七条", quorum_operator="gt", quorum_n="1", quorum_d="2",
        carry_base="present", carry_operator="gt", carry_n="1", carry_d="2", having="clause",
    )  # fmt: skip
    b.open(f"/c/{slug}/meetings/call/{panel}")
    invited = [m.person_id for m in people.members(office, "panel")]
    b.submit(
        title="专家团座谈会", starts_at=minute(minutes=1), place="街道二楼", convenor="林静", scribe="林静",
        articles=["art_10", "art_20"], invited=invited, having="scribe",
    )  # fmt: skip
    meeting = max(m.id for m in meetings.of_office(office))
    for which in ("notice", "sign-in", "opinions"):
        b.open(f"/meetings/{meeting}/papers/{which}")
        assert b.open(f"/meetings/{meeting}/papers/{which}.docx").response.data[:2] == b"PK"
    b.open(f"/meetings/{meeting}").submit(to=f"/meetings/{meeting}/open")
    b.open(f"/meetings/{meeting}/sign-in").submit(numbers="1-28", having="numbers")
    assert b.says("28")
    return panel, meeting


def said(b, meeting, number, text, attitude="amend"):
    b.open(f"/meetings/{meeting}/console")
    b.submit(number=str(number), text=text, attitude=attitude, as_remark="y", having="text")


def the_bench(b, slug, one, spoken):
    """Six remarks become one suggestion; another is merged in, taken out, and settled."""
    chosen = ",".join(str(r.number) for r in spoken)
    b.open(f"/c/{slug}/suggestions/").open(f"/c/{slug}/suggestions/at/art_10")
    picked = "&".join(f"remark={r.number}" for r in spoken)
    b.open(f"/c/{slug}/suggestions/new?at=art_10&{picked}")
    b.submit(
        title="给个体经营者留出路", kind="substance", wording="客运出租汽车可以由个体经营者经营。", reasons="六位专家都说到",
        relation="same", having="title",
    )  # fmt: skip
    made = suggestions.of_consultation(one.id)
    assert [(s.title, len(s.sources)) for s in made] == [("给个体经营者留出路", 6)], chosen
    return made[0].number


def the_hands(b, meeting, panel, number, one):
    """The panel decides by hands that it goes up."""
    made = next(s for s in suggestions.of_consultation(one.id) if s.number == number)
    b.open(f"/meetings/{meeting}/votes/call").submit(
        about=f"s{made.id}",
        council=str(panel),
        question="第1号建议列为重点上报？",
        kind="hands",
        tellers="1",
        having="question",
    )
    vote = votes.of_meeting(meeting)[0].id
    b.open(f"/votes/{vote}/open").submit(having="csrf_token")
    b.open(f"/votes/{vote}/hands").submit(
        teller="专家28", for_="18", against="7", abstain="3", having="teller"
    )
    b.open(f"/votes/{vote}/close").submit(having="csrf_token")
    assert b.open(f"/votes/{vote}").says("应到35")
    assert votes.get(vote).tally["carried"] is True
    return vote


NINE = ("party_branch", "villagers_committee", "village_supervision", "villager_rep", "deputy", "veteran_party_member",
        "veteran_cadre", "social_organization", "local_worthy")  # fmt: skip


def the_village(b, office):
    """A 9+X council with its own rule deliberates where the taxi stand goes; the X ends with it."""
    b.open(f"/offices/{office}/councils/nine").submit(name="海棠村9+X议事会", having="term")
    nine = councils.of_office(office)[-1].id
    for n, seat in enumerate(councils.seats(nine)):
        b.open(f"/seats/{seat.id}").submit(name=f"村民{n}", having="name")
    b.open(f"/councils/{nine}/rule").submit(
        name="海棠村议事规则", dated="2024-11-06", clause="第九条", quorum_operator="ge", quorum_n="2", quorum_d="3",
        carry_base="due", carry_operator="gt", carry_n="1", carry_d="2", having="clause",
    )  # fmt: skip
    b.open(f"/councils/{nine}/matters").submit(title="村口出租车候客点选址", having="title")
    matter = councils.matters(nine)[0].id
    b.open(f"/matters/{matter}/move/studied").submit(study_number="〔2026〕3号", having="study_number")
    b.open(f"/matters/{matter}/x").submit(
        name="冯来娣",
        reason="家门口就是候客点",
        nominator="村民3",
        confirmer="村民0",
        interest="怕吵",
        having="nominator",
    )
    b.open(f"/matters/{matter}/move/published").submit(coopted_published="y", having="coopted_published")
    b.open(f"/councils/{nine}/meetings/call").submit(
        title="村口候客点协商会",
        starts_at=minute(),
        place="村部",
        convenor="村民0",
        scribe="林静",
        matter=str(matter),
        having="scribe",
    )
    meeting = max(m.id for m in meetings.of_office(office))
    b.open(f"/meetings/{meeting}").submit(to=f"/meetings/{meeting}/open")
    b.open(f"/meetings/{meeting}/sign-in").submit(numbers="1-10", having="numbers")
    b.open(f"/matters/{matter}/move/deliberating").submit(having="met_on", hurried="当天就议")
    return nine, matter, meeting


def the_ballots(app, b, office, nine, matter, meeting):
    """Named ballots: ten on the roll, one of them casts on a telephone, the clerk records the others."""
    b.open(f"/meetings/{meeting}/votes/call").submit(
        about=f"m{matter}",
        council=str(nine),
        question="候客点设在村部东侧？",
        kind="named",
        x_votes="y",
        having="question",
    )
    vote = votes.of_meeting(meeting)[0].id
    b.open(f"/votes/{vote}/open").submit(having="csrf_token")
    roll = votes.roll(vote)
    assert len(roll) == 10
    assert [r.fixed for r in roll].count(False) == 1
    make.account(people.office(office), roll[0].person, "cunmin0")
    own = Browser(app).sign_in("cunmin0").open(f"/votes/{vote}/ballot").submit(choice="for", having="choice")
    if any(g.get("name") == "sure" for f in own.page.forms for _, g in f["fields"]) and not votes.ballots(
        vote
    ):
        own.submit(having="sure")
    assert [x.choice for x in votes.ballots(vote)] == ["for"]
    rest = {f"c-{r.id}": "for" if n < 5 else "against" for n, r in enumerate(roll[1:9])}
    b.open(f"/votes/{vote}/record").submit(having="origin", **rest)
    b.open(f"/votes/{vote}/close").submit(having="csrf_token")
    page = b.open(f"/votes/{vote}")
    assert page.says("协商意见")
    tally = votes.get(vote).tally
    assert tally["carried"] is True
    assert tally["needs_for"] == 6
    return vote


def the_dossier(app, b, slug, office, tmp_path):
    """What goes out: every remark equal, verify.py finds it true, and false after one changed word."""
    b.open(f"/c/{slug}/suggestions/annex").submit(having="csrf_token")
    out = tmp_path / "dossier"
    said = app.test_cli_runner().invoke(
        args=["dossiers", "build", slug, "--out", str(out), "--edition", "restricted"]
    )
    assert said.exit_code == 0, said.output
    lines = [json.loads(line) for line in (out / "remarks.jsonl").read_text("utf-8").splitlines()]
    assert [x["text"] for x in lines] == [r.text for r in remarks.all_of(consultations.by_slug(slug).id)]
    assert zipfile.ZipFile(f"{out}.zip").testzip() is None
    for name in ("report.docx", "table.xlsx", "manifest.json", "leaves.txt", "report.md", "draft.akn.xml"):
        assert (out / name).stat().st_size > 100
    assert checked(out) == 0
    path = out / "remarks.jsonl"
    path.write_text(path.read_text("utf-8").replace("个体户", "个体商"), "utf-8")
    assert checked(out) == 1
    assert b.open(f"/c/{slug}/dossier").says("报告")


def checked(folder):
    return subprocess.run(
        [sys.executable, str(ROOT / "verify.py"), str(folder)], capture_output=True, check=False
    ).returncode


def test_the_main_job_on_a_real_draft(app, clerk, shared, tmp_path):
    b = clerk
    office = people.offices()[1].id
    task, slug = the_letter(b, office)
    the_draft(b, task, shared)
    b.open(f"/c/{slug}/manage").open(f"/c/{slug}/phase?to=collecting").submit(having="to")
    assert consultations.by_slug(slug).phase == "collecting"
    the_people(b, office)
    code = voices(app, b, slug)
    assert Browser(app).open("/receipt").submit(code=code, having="code").says("已收到")

    panel, meeting = the_panel_sits(app, b, office, slug)
    words = [f"我是第{n}个说的，第十条要给个体户留口子" for n in range(1, 7)]
    for n, text in enumerate(words, 1):
        said(b, meeting, n, text)
    b.open(f"/meetings/{meeting}/check").submit(
        lines=[str(n) for n in range(1, 7)], with_whom="convenor", having="with_whom"
    )
    one = consultations.by_slug(slug)
    spoken = [r for r in remarks.all_of(one.id) if r.channel == "meeting"]
    assert [r.text for r in spoken] == words

    number = the_bench(b, slug, one, spoken)
    the_hands(b, meeting, panel, number, one)
    b.open(f"/meetings/{meeting}/end").submit(having="csrf_token")
    b.open(f"/meetings/{meeting}/minutes/draw").submit(having="csrf_token")
    assert b.open(f"/meetings/{meeting}/minutes.docx").response.data[:2] == b"PK"

    nine, matter, sitting = the_village(b, office)
    the_ballots(app, b, office, nine, matter, sitting)
    the_dossier(app, b, slug, office, tmp_path)
