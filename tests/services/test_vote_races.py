"""Races, with real processes on a real database: one seat one vote, none after the closing."""

import multiprocessing
import random
import time

import pytest

from deliberation.services import votes
from deliberation.store import votes as rows
from deliberation.store.db import db
from tests import databases, make, make_votes

SPAWN = multiprocessing.get_context("fork")
RACES = 50
HAIR = 0.03  # seconds


def one_seat(url, folder, vote_id, row_id, ready, go, answers, number):
    """One process with an app of its own: casts one person's vote once everybody is ready, and says what came of it."""
    app = databases.application(url, folder)
    with app.app_context():
        row = rows.roll_row_by_id(row_id)
        actor, vote = make.Member(row.person), rows.get(vote_id)
        db.session.rollback()
        ready.release()
        go.wait(60)
        choice = ("for", "against", "abstain")[number % 3]
        answers.put(
            answer(lambda: votes.cast_ballot(actor, vote, votes.Cast(choice, f"key-of-process-{number:04d}")))
        )
        databases.let_go()


def answer(does):
    """ "cast", or the class of the refusal; anything else is a fault and says itself."""
    try:
        does()
    except Exception as wrong:
        return f"{type(wrong).__name__}: {wrong}"
    return "cast"


def together(target, arguments):
    """Start a process for each set of arguments, let them go at one moment, wait for all; what each answered."""
    ready, go, answers = SPAWN.Semaphore(0), SPAWN.Event(), SPAWN.Queue()
    workers = [
        SPAWN.Process(target=target, args=(*given, ready, go, answers, n))
        for n, given in enumerate(arguments)
    ]
    for worker in workers:
        worker.start()
    for _each in workers:
        assert ready.acquire(timeout=120)
    go.set()
    found = [answers.get(timeout=120) for _each in workers]
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    return found


def test_32_processes_casting_one_seat_make_one_ballot(app, database_url, tmp_path):
    vote = make_votes.panel_vote()
    row_id, vote_id = rows.roll(vote.id)[0].id, vote.id
    databases.let_go()
    found = together(one_seat, [(database_url, tmp_path, vote_id, row_id)] * 32)
    assert found.count("cast") == 1
    assert all(one == "cast" or one.startswith("Conflict: ") and "已经投过票" in one for one in found), found
    assert [ballot.revision for ballot in rows.ballots_of(row_id)] == [1]


def caster(url, folder, rounds, line, answers, number):
    """Casts one person's vote in every race: stands at the line with the closer, then a hair's breadth, then casts."""
    app = databases.application(url, folder)
    chance = random.Random(number)
    with app.app_context():
        took = []
        for vote_id, row_id in rounds:
            actor, vote = make.Member(rows.roll_row_by_id(row_id).person), rows.get(vote_id)
            cast = votes.Cast("for", f"key-of-vote-{vote_id:04d}")
            line.wait(120)
            time.sleep(chance.random() * HAIR)
            took.append(answer(lambda a=actor, v=vote, c=cast: votes.cast_ballot(a, v, c)))
            db.session.rollback()
        answers.put(took)
        databases.let_go()


def race(url, folder, number, casters=4):
    """So many races of one closing against `casters`: (votes, tallies, what each caster was answered)."""
    ids = rounds_of([make_votes.panel_vote(people=casters) for _each in range(2)], number)
    rolls = {vote_id: [row.id for row in rows.roll(vote_id)] for vote_id in ids}
    databases.let_go()
    line, answers = SPAWN.Barrier(casters + 1), SPAWN.Queue()
    workers = [
        SPAWN.Process(target=caster, args=(url, folder, [(v, rolls[v][n]) for v in ids], line, answers, n))
        for n in range(casters)
    ]
    for worker in workers:
        worker.start()
    tallies = [closed(vote_id, line, n) for n, vote_id in enumerate(ids)]
    took = [answers.get(timeout=300) for _each in workers]
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    return ids, tallies, took


def test_50_races_of_closing_against_casting(app, database_url, tmp_path):
    """Every ballot that was acknowledged is counted, none comes after the closing, none is lost."""
    seen = check(*race(database_url, tmp_path, RACES))
    assert seen["cast"], "no race at all: nobody was in time"
    assert seen["late"], "no race at all: nobody was late"


def rounds_of(begun, number):
    """So many open votes, in two halls by turns."""
    opened = [vote.id for vote in begun]
    while len(opened) < number:
        before = rows.get(opened[len(opened) % 2])
        made = votes.call_vote(make.OPERATOR, before.meeting, votes.motion_of(before))
        opened.append(make_votes.opened(made).id)
    return opened


def closed(vote_id, line, number):
    """Close one vote at the line; how many the tally has."""
    vote = rows.get(vote_id)
    line.wait(120)
    time.sleep(random.Random(number).random() * HAIR * 2)
    return votes.close_vote(make.OPERATOR, vote).for_


def check(ids, tallies, took):
    """Acknowledged = stored = counted, in every race; every other answer is a plain refusal."""
    seen = {"cast": 0, "late": 0}
    for n, (vote_id, counted) in enumerate(zip(ids, tallies, strict=True)):
        said = [one[n] for one in took]
        assert all(one == "cast" or one.startswith("Refusal: 表决已经结束") for one in said), said
        db.session.rollback()
        stored, vote = rows.ballots(vote_id), rows.get(vote_id)
        assert len(stored) == counted == said.count("cast") == vote.tally["counted"]["for_"]
        assert all(ballot.cast_at <= vote.closed_at for ballot in stored)
        assert len({ballot.roll_id for ballot in stored}) == len(stored)
        seen["cast"] += said.count("cast")
        seen["late"] += len(said) - said.count("cast")
    return seen


def test_a_ballot_cannot_be_doubled_by_code_that_forgets_the_rule(app):
    from sqlalchemy.exc import IntegrityError

    vote = make_votes.panel_vote()
    row = rows.roll(vote.id)[0]
    make_votes.cast(vote, row)
    db.session.add(
        rows.Ballot(
            roll_id=row.id, revision=1, key="another-key-000001", choice="against", cast_at=make.now()
        )
    )
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
    assert len(rows.ballots(vote.id)) == 1
