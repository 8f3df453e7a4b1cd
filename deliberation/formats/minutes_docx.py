"""纪要 of one meeting as a .docx of its own."""

from deliberation.domain.dossier import Minutes
from deliberation.domain.minutes_paper import STATES, minutes_paper, minutes_title
from deliberation.formats.official_package import package_bytes
from deliberation.formats.official_parts import drawn
from deliberation.formats.official_styles import section


def write(minutes: Minutes, *, mark: str = "") -> bytes:
    """The paper; a version that is not final says so at the head of every page, beside `mark`."""
    head = "　".join(word for word in (mark, STATES.get(minutes.state, "")) if word)
    body = [*drawn(minutes_paper(minutes)), section()]
    return package_bytes(body, title=minutes_title(minutes), made_at=minutes.meeting.starts_at, mark=head)
