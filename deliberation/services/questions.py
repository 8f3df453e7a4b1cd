"""Focus questions: asking them, and answers that come in as remarks by questionnaire, all of one sheet in one act."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from deliberation.domain.acts import Act
from deliberation.domain.errors import Refusal, _
from deliberation.domain.openings import office_may_enter
from deliberation.domain.remarks import Origin, Words
from deliberation.domain.verbatim import verbatim
from deliberation.services import remarks as work
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.store import drafts, questions
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.questions import Answered, Question

MOST, LONGEST = 20, 400


@dataclass(frozen=True)
class Answer:
    """What one sheet says to one question; nothing said and no attitude is no answer."""

    question: Question
    attitude: str = "no_view"
    text: str = ""

    @property
    def said(self) -> bool:
        """Whether anything was answered at all."""
        return bool(self.text.strip()) or self.attitude != "no_view"


def ask(actor: Actor, one: Consultation, text: str, eid: str = "", key: str = "") -> Question:
    """Ask a question, perhaps about a place of the draft."""
    text = verbatim(text.strip(), field="text", limit=LONGEST)
    if not text:
        raise Refusal(_("请写下要问的问题。"), field="text")
    if not 8 <= len(key) <= 80:
        raise Refusal(_("页面缺少提交编号，请刷新页面后再提交。"), field="key")
    with act(actor, Act.ASK_QUESTION, on=one) as record:
        if first := questions.by_key(one.id, key):
            record.nothing()
            return first
        version = drafts.current(one.task_id)
        if eid and (version is None or drafts.at(version.id, eid) is None):
            raise Refusal(_("草案里没有您指的这一条，请从目录里重新选择。"), field="eid")
        if len(questions.standing(one.id)) >= MOST:
            raise Refusal(_("最多问 %(most)s 个问题，再多没有人答得完。"), most=MOST, field="text")
        made = Question(
            consultation_id=one.id, key=key, position=questions.next_position(one.id), text=text, eid=eid, made_at=record.at
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        record.about("question", made.id)
        record.note(eid=eid)
    return made


def take_off(actor: Actor, question: Question) -> None:
    """Ask it no longer; what was answered stays."""
    with act(actor, Act.ASK_QUESTION, on=question) as record:
        if question.ended_at is not None:
            record.nothing()
            return
        question.ended_at = record.at
        record.about("question", question.id)
        record.note(ended=True)


def answer(
    actor: Actor,
    one: Consultation,
    key: str,
    answers: Sequence[Answer],
    category: str = "",
    private: bool = False,
) -> list[work.Receipt]:
    """Answer by oneself: each answered question becomes one's own remark, with its receipt."""
    origin = Origin(
        channel="questionnaire", category=verbatim(category, field="category", limit=40), private=private
    )
    given = _said(answers)
    with act(actor, Act.MAKE_REMARK, on=one) as record:
        return _take_in(record, one, key, given, replace(origin, author_id=who(actor)))


def record_sheet(
    actor: Actor, one: Consultation, key: str, answers: Sequence[Answer], origin: Origin
) -> list[work.Receipt]:
    """Enter somebody's paper sheet for them."""
    given = _said(answers)
    work.sound(origin)
    with act(actor, Act.RECORD_REMARK, on=one) as record:
        office_may_enter(record.at, one.office_until, origin.received_at or record.at, one.public_until)
        return _take_in(record, one, key, given, origin)


def _said(answers: Sequence[Answer]) -> list[Answer]:
    given = [each for each in answers if each.said]
    if not given:
        raise Refusal(_("一个问题也没有答。答一个也行，其余可以空着。"))
    return given


def _take_in(
    record: Record, one: Consultation, key: str, answers: Sequence[Answer], origin: Origin
) -> list[work.Receipt]:
    """A sheet sent again adds only what was not in it; what was there is told its first receipt."""
    record.no_leaf_of_its_own()
    sheet = [(each, _words(key, each)) for each in answers]
    there = {words.key: work.first_of(record, one, words) for _each, words in sheet}
    return [there[words.key] or _add(record, one, each, words, origin) for each, words in sheet]


def _words(key: str, each: Answer) -> Words:
    place = "paragraph" if "__" in each.question.eid else "article" if each.question.eid else "whole"
    return work.typed(Words(f"{key}.q{each.question.id}", each.text, each.attitude, place, each.question.eid))


def _add(record: Record, one: Consultation, each: Answer, words: Words, origin: Origin) -> work.Receipt:
    given = work.add(record, one, words, origin)
    db.session.add(Answered(remark_id=given.id, question_id=each.question.id))
    return given
