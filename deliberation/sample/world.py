"""What the sample's deeds share while it is seeded: the content, the calendar, and the rows made so far by their keys."""

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deliberation.domain.seats import CATEGORY_LABELS, PANEL_LABELS, code_of
from deliberation.sample.content import FOLDER, SampleContent
from deliberation.sample.timeline import Timeline
from deliberation.services.actors import Member, Operator
from deliberation.store.consultations import Consultation, Task
from deliberation.store.councils import Council, Matter
from deliberation.store.db import db
from deliberation.store.meetings import Meeting
from deliberation.store.people import Office, Person
from deliberation.store.remarks import Remark
from deliberation.store.suggestions import Suggestion

INSTALLER = Operator("sample")
LABELS = {**PANEL_LABELS, **CATEGORY_LABELS}


@dataclass
class World:
    """Rows are kept by their ids: every act refreshes what it is about."""

    content: SampleContent
    time: Timeline
    ids: dict[str, int] = field(default_factory=dict)

    @cached_property
    def course(self) -> dict[str, Any]:
        """The sentences of course.toml."""
        return tomllib.loads((FOLDER / "course.toml").read_text("utf-8"))

    def keep(self, key: str, row: Any) -> None:
        """Remember a row under its key."""
        self.ids[key] = row.id

    def person(self, key: str) -> Person:
        """Somebody of the sample."""
        return db.session.get_one(Person, self.ids[key])

    def who(self, key: str) -> Member:
        """Somebody of the sample, acting."""
        return Member(self.person(key))

    def name(self, key: str) -> str:
        """Somebody's name."""
        return self.content.people()[key].name

    def office(self, key: str = "street") -> Office:
        """An office; the village's affairs are the street's."""
        return db.session.get_one(Office, self.ids["street" if key == "village" else key])

    def council(self, key: str) -> Council:
        """The panel or the village council."""
        return db.session.get_one(Council, self.ids[key])

    def matter(self) -> Matter:
        """The charging shed."""
        return db.session.get_one(Matter, self.ids[self.content.matter.key])

    def task(self) -> Task:
        """The task the letter brought."""
        return db.session.get_one(Task, self.ids["task"])

    def consultation(self) -> Consultation:
        """The one consultation."""
        return db.session.get_one(Consultation, self.ids["consultation"])

    def meeting(self, key: str) -> Meeting:
        """A meeting."""
        return db.session.get_one(Meeting, self.ids[key])

    def remark(self, key: str) -> Remark:
        """A remark by its key, or by that of the line it was spoken in."""
        return db.session.get_one(Remark, self.ids[key])

    def suggestion(self, key: str) -> Suggestion:
        """A suggestion."""
        return db.session.get_one(Suggestion, self.ids[f"suggestion {key}"])


def category(words: str) -> str:
    """The code of a category given in Chinese; a word of the office's own stays as it is."""
    return code_of(words, LABELS) if words in LABELS.values() else words
