"""iCalendar: read back by an independent little reader; folding, escaping, the first Friday."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.domain.calendar import FIRST_FRIDAY, Recurrence
from deliberation.domain.errors import Refusal
from deliberation.formats.ics import Event, rrule, write

STAMP = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
START, END = datetime(2026, 5, 20, 7, 30), datetime(2026, 5, 20, 9, 0)


def read(data):
    """Unfold, split, unescape: what RFC 5545 asks a reader to do."""
    text = data.decode("utf-8").replace("\r\n ", "")
    found = {}
    section = None
    for line in text.split("\r\n"):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            section = value
        if section == "VEVENT":
            out, characters = "", iter(value)
            for character in characters:
                if character == "\\":
                    character = {"n": "\n"}.get(nxt := next(characters), nxt)
                out += character
            found[name] = out
    return found


def test_the_first_friday():
    data = write(
        Event(
            "party-day-1",
            "主题党日议事",
            START,
            END,
            "村部会议室",
            recurrence=FIRST_FRIDAY,
            until=date(2026, 12, 31),
        ),
        STAMP,
    )
    event = read(data)
    assert event["RRULE"] == "FREQ=MONTHLY;BYDAY=1FR;UNTIL=20261230T233000Z"
    assert event["DTSTART;TZID=Asia/Shanghai"] == "20260605T073000"
    assert event["DTEND;TZID=Asia/Shanghai"] == "20260605T090000"
    assert event["DTSTAMP"] == "20260501T080000Z"
    assert event["LOCATION"] == "村部会议室"
    assert b"TZID:Asia/Shanghai\r\n" in data


def test_other_rhythms():
    assert rrule(Recurrence(days=(16, 1)), START) == "FREQ=MONTHLY;BYMONTHDAY=1,16"
    assert rrule(Recurrence(months=6, weekday=2, nth=-1), START) == "FREQ=MONTHLY;INTERVAL=6;BYDAY=-1WE"


def test_once_and_cancelled():
    event = read(write(Event("m-1", "座谈会", START, END, sequence=2, cancelled=True), STAMP))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", "2")
    assert "RRULE" not in event
    assert "LOCATION" not in event


def test_meetings_that_cannot_be():
    with pytest.raises(Refusal):
        Event("m", "会", END, START)
    with pytest.raises(Refusal):
        write(Event("m", "会", START, END, recurrence=FIRST_FRIDAY, until=date(2026, 5, 31)), STAMP)
    with pytest.raises(ValueError):
        Event("m", "会", STAMP, STAMP)
    with pytest.raises(ValueError):
        write(Event("m", "会", START, END), START)


plain = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n,;\\:议"), max_size=300)


@given(plain, plain, plain)
def test_any_words_come_back(title, place, detail):
    data = write(Event("m-1", title, START, END, place, detail), STAMP)
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    assert all(line.decode("utf-8") is not None for line in lines)
    event = read(data)
    assert event["SUMMARY"] == title
    assert event.get("LOCATION", "") == place
    assert event.get("DESCRIPTION", "") == detail


@pytest.mark.parametrize(
    "words", ["x" * 400, "议" * 200, "a" + "议" * 99, "ab" + "议" * 99, "a,;\\\n" * 60, "𠀀" * 80]
)
def test_long_words_are_folded_at_75_octets_between_characters(words):
    data = write(Event("m-1", words, START, END), STAMP)
    lines = data.split(b"\r\n")
    assert max(len(line) for line in lines) in range(72, 76)
    assert [line.decode("utf-8") for line in lines]
    assert read(data)["SUMMARY"] == words


def test_what_is_escaped():
    """RFC 5545, 3.3.11: backslash, semicolon, comma and line feed."""
    assert b"SUMMARY:a\\\\b\\;c\\,d\\ne\r\n" in write(Event("m-1", "a\\b;c,d\ne", START, END), STAMP)


def test_nothing_can_be_smuggled_in():
    data = write(Event("m-1", "会\r\nATTENDEE:mailto:a@b\x00", START, END), STAMP)
    assert not [line for line in data.split(b"\r\n") if line.startswith(b"ATTENDEE")]
    assert b"\x00" not in data
