"""A directed consultation of one office with everything in it, and people of another office who must not see it."""

import re

from sqlalchemy import func, select

from deliberation.domain.roles import Role
from deliberation.services import invitations, people, remarks
from deliberation.services.people import Newcomer
from deliberation.store import drafts
from deliberation.store.db import db
from deliberation.store.log import Log
from tests import make, make_hall, make_votes
from tests.make_people import staff
from tests.web.browsing import Browser, apart

SLUG = "guarded"
WORDS = (
    "充电安全管理规定",
    "消防车通道",
    "三百米",
    "秘密议题",
    "秘密议事会",
    "隐藏的话",
    "钱隐人",
    "13911112222",
    "夏隐名",
)
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class World:
    """The guarded things, by the names routes give their words."""

    def __init__(self, app):
        self.app = app
        meeting = make_hall.hall(openness="directed", slug=SLUG)
        one = meeting.consultation
        vote = make_votes.on_suggestion(meeting, make_votes.suggestion(one))
        office = one.office
        author = make.member(office, Role.PANEL, "夏隐名")
        make.remark(one, "隐藏的话一", author)
        make.recorded(make.member(office), one, "隐藏的话二", said_by="钱隐人")
        council = make_hall.nine(office, name="秘密议事会")
        matter = make_hall.matter(council, "秘密议题")
        invited, self.token = invitations.invite(make.member(office), office, Newcomer("吴隐邀"))
        self.one, self.office = one, office
        self.ids = {
            "kind": "xlsx", "handle": "x", "series_id": 1, "way": "visit", "letter_id": 1, "entry_id": 1, "key": "x", "n": 1,
            "referral_id": 1, "count_id": 1, "earlier_id": 1, "report_id": 1, "note_id": 1, "step_id": 1, "serial": 1, "question_id": 1, "edition": "public", "file_id": 1, "objection_id": 1, "correction_id": 1, "sheet_id": 1,
            "slug": SLUG, "eid": "art_3", "number": 1, "vote_id": vote.id, "meeting_id": meeting.id,
            "council_id": council.id, "matter_id": matter.id, "task_id": one.task_id, "office_id": office.id,
            "version_id": drafts.current(one.task_id).id, "person_id": author.person.id, "roll_id": 1, "seat_id": 1,
            "membership_id": 1, "invitation_id": invited.id, "which": "notice", "to": "studied", "name": "report.docx",
            "token": "x" * 43, "what": "lang", "value": "zh", "filename": "css/base.css",
        }  # fmt: skip
        self.elsewhere = make.office("旁边联系点")

    def visitors(self):
        """Everyone who is not of the office, each with a browser."""
        yield "guest", Browser(self.app)
        for role in (Role.PANEL, Role.COUNCIL, Role.CLERK, Role.LIAISON, Role.RESPONSIBLE):
            yield role.value, staff(self.app, self.elsewhere, role)

    def addresses(self, method):
        """Every address that takes this method, with the guarded things' own words in it."""
        with self.app.test_request_context():
            adapter = self.app.create_url_adapter(None) or self.app.url_map.bind("localhost")
            for rule in self.app.url_map.iter_rules():
                if method not in rule.methods or rule.endpoint == "static":
                    continue
                unknown = rule.arguments - set(self.ids)
                assert not unknown, f"give the walk a word for {unknown} of {rule.rule}"
                given = {name: self.ids[name] for name in rule.arguments}
                yield rule.endpoint, adapter.build(rule.endpoint, given, method=method)


def token_of(browser):
    """A CSRF token that this browser's session holds."""
    return TOKEN.search(apart(browser.client.get, "/sign-in").get_data(as_text=True))[1]


def leaves():
    """How many acts there have been in all logs."""
    db.session.rollback()
    found = db.session.scalar(select(func.sum(Log.size)))
    db.session.rollback()
    return found


__all__ = ("SLUG", "WORDS", "World", "leaves", "people", "remarks", "token_of")
