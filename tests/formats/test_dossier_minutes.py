"""The dossier's minutes for machines: each has the votes of its own meeting."""

from dataclasses import replace
from datetime import date

from deliberation.formats.dossier_folder import write_dossier
from tests.formats.sample_dossier import dossier


def test_the_minutes_for_machines_have_the_votes_of_their_own_meeting(tmp_path):
    vote = replace(dossier().votes[0], meeting=dossier().minutes[0].meeting.title)
    write_dossier(dossier(1, 1, votes=(vote,)), tmp_path / "out")
    first, second = ((tmp_path / "out" / "minutes" / f"0{n}.akn.xml").read_text("utf-8") for n in (1, 2))
    assert vote.question in first
    assert vote.question not in second


def test_two_meetings_of_one_name_are_told_apart_by_their_day(tmp_path):
    one, other = dossier().minutes
    other = replace(other, meeting=replace(other.meeting, title=one.meeting.title))
    vote = replace(dossier().votes[0], meeting=one.meeting.title, held_on=date(2026, 6, 12))
    write_dossier(dossier(1, 1, votes=(vote,), minutes=(one, other)), tmp_path / "out")
    first, second = ((tmp_path / "out" / "minutes" / f"0{n}.akn.xml").read_text("utf-8") for n in (1, 2))
    assert vote.question not in first
    assert vote.question in second
