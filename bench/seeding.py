"""The installation that is measured: four consultations made through the verbs, and remarks by the ten thousand.

blank: 100 articles, no remark · full: the same draft with 100,000 remarks · long: 1,260 articles · posts: for writing.
Remarks in bulk are put in as rows (an import would take minutes); what is read back is checked by the goals themselves.
"""

import random
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, update

from deliberation import create_app
from deliberation.domain.roles import OfficeKind, Role
from deliberation.services import consultations, drafts, people, sessions
from deliberation.services.actors import Operator
from deliberation.settings import load
from deliberation.store import drafts as draft_rows
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.drafts import ArticleCount
from deliberation.store.log import Leaf, LeafContent, Log
from deliberation.store.people import Office
from deliberation.store.remarks import Remark

OPERATOR = Operator("bench")
REMARKS = 100_000
SHOWN = 50  # remarks released at the first article of `full`
DIGITS = "零一二三四五六七八九"
PIECES = (
    "住宅小区应当按照规划设置集中充电设施", "任何单位和个人不得占用消防车通道", "物业服务企业应当建立巡查制度并做好记录",
    "充电设施运营单位应当公示收费标准", "街道办事处应当会同有关部门开展安全检查", "发现隐患的应当及时制止并报告",
    "公众有权对违反本规定的行为进行举报", "既有建筑增设设施的应当征求业主意见", "电池应当符合国家强制性标准",
)  # fmt: skip


def application(folder: Path) -> Flask:
    """The application of a measured installation, set as `make run` sets it but for the guests' hourly limit."""
    return create_app(load(instance=str(folder), remarks_per_hour=1_000_000_000))


def numeral(n: int) -> str:
    """1 to 9,999 as a law writes it."""
    if n < 20:
        return ("十" + (DIGITS[n % 10] if n % 10 else "")) if n >= 10 else DIGITS[n]
    out, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, size)
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + name
        gap = not digit and bool(out) or (gap and not digit)
    return out


def draft(articles: int, title: str) -> str:
    """A draft in ten chapters; an article has one to three paragraphs, every seventh a list."""
    chance = random.Random(articles)
    lines = [title, ""]
    for n in range(1, articles + 1):
        if (n - 1) % max(1, articles // 10) == 0 and (n - 1) // max(1, articles // 10) < 10:
            lines += [
                f"第{numeral((n - 1) // max(1, articles // 10) + 1)}章　{chance.choice(PIECES)[:4]}",
                "",
            ]
        for at in range(chance.randint(1, 3)):
            words = "，".join(chance.sample(PIECES, chance.randint(2, 4))) + "。"
            lines += [(f"第{numeral(n)}条　" if at == 0 else "") + words, ""]
        if n % 7 == 0:
            lines += ["应当符合下列要求：", "", "（一）不得占用通道；", "", "（二）配备自动断电装置。", ""]
    return "\n".join(lines)


def prepare(folder: Path, remarks: int = REMARKS) -> dict[str, str]:
    """Make it all; the tokens of people signed in, by role."""
    app = application(folder)
    with app.app_context():
        db.create_all()
        office = people.open_office(OPERATOR, "基层立法联系点", OfficeKind.OUTREACH, None)
        for slug, articles in (("blank", 100), ("full", 100), ("posts", 100), ("long", 1260)):
            _consultation(office, slug, articles)
        tokens = {role.value: _signed_in(office, role) for role in (Role.LIAISON, Role.PANEL)}
        _fill("full", remarks)
        _fill("long", 2_000)
        db.session.remove()
        db.engine.dispose()
    return tokens


def _consultation(office: Office, slug: str, articles: int) -> None:
    now = datetime.now(UTC)
    title = f"××市电动自行车充电安全管理规定（{articles}条草案）"
    letter = consultations.Letter(title, "××市人大常委会法工委", now.date(), now + timedelta(days=20))
    task = consultations.register_task(OPERATOR, office, letter)
    terms = consultations.Terms(now + timedelta(days=10), now + timedelta(days=12), guests=True)
    made = consultations.take_up(OPERATOR, task, office, terms, slug=slug)
    drafts.publish_draft(
        OPERATOR, drafts.import_draft(OPERATOR, task, drafts.Brought(pasted=draft(articles, title)))
    )
    consultations.move_phase(OPERATOR, made, "collecting")


def _signed_in(office: Office, role: Role) -> str:
    person = people.add_person(OPERATOR, office, people.Newcomer(f"某{role.value}", role=role)).person
    people.give_account(OPERATOR, office, person, f"bench-{role.value}", secrets.token_hex(8))
    return sessions.admit(person)


def _fill(slug: str, count: int) -> None:
    """Remarks by turns over all articles, each with its leaf; counters as the verbs would have left them."""
    one = db.session.query(Consultation).filter_by(slug=slug).one()
    version = draft_rows.current(one.task_id)
    assert version is not None
    articles = [row for row in draft_rows.provisions(version.id) if row.kind == "article"]
    start, leaf_from = (
        one.log.size,
        (db.session.query(Leaf.id).order_by(Leaf.id.desc()).first() or (0,))[0] + 1,
    )
    now = datetime.now(UTC)
    for first in range(0, count, 5_000):
        numbers = range(first, min(count, first + 5_000))
        db.session.execute(insert(Leaf), [
            {"id": leaf_from + n, "log_id": one.log_id, "index": start + n, "act": "make-remark", "kind": "remark",
             "number": str(n + 1), "commitment": secrets.token_bytes(32)} for n in numbers
        ])  # fmt: skip
        db.session.execute(insert(LeafContent), [
            {"leaf_id": leaf_from + n, "at": now, "actor": "guest", "facts": "{}", "salt": secrets.token_bytes(32)}
            for n in numbers
        ])  # fmt: skip
        rows = [_remark(one, version.id, articles[n % len(articles)], n, start, now) for n in numbers]
        db.session.execute(insert(Remark), rows)
    _counters(one, articles, count, start)
    db.session.commit()


def _remark(
    one: Consultation, version_id: int, article: draft_rows.Provision, n: int, start: int, now: datetime
) -> dict:
    first = article.position <= 1 and n // 100 < SHOWN
    return {
        "consultation_id": one.id, "number": n + 1, "key": f"bulk-{n:012d}", "version_id": version_id, "place": "article",
        "uid": article.uid, "eid": article.eid, "article_eid": article.eid, "stood": article.text, "attitude": "amend",
        "text": f"我们小区的意见第 {n} 条：{PIECES[n % len(PIECES)]}，建议写得再明白一些。", "sha256": f"{n:064x}",
        "channel": "online", "category": "居民", "made_at": now, "received_at": now, "receipt_digest": secrets.token_bytes(32),
        "leaf_index": start + n, "released_at": now if first else None,
    }  # fmt: skip


def _counters(one: Consultation, articles: list[draft_rows.Provision], count: int, start: int) -> None:
    each = [count // len(articles) + (n < count % len(articles)) for n in range(len(articles))]
    db.session.execute(insert(ArticleCount), [
        {"consultation_id": one.id, "provision_id": article.id, "remarks": n, "support": 0, "amend": n, "oppose": 0,
         "no_view": 0} for article, n in zip(articles, each, strict=True)
    ])  # fmt: skip
    db.session.execute(update(Log).where(Log.id == one.log_id).values(size=start + count))
    changed = {"remark_count": count, "remark_serial": count}
    db.session.execute(update(Consultation).where(Consultation.id == one.id).values(**changed))
