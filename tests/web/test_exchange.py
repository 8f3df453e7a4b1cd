"""The structured file of each text is a download; a directed draft's is not for guests."""

from tests import make
from tests.web.browsing import Browser


def test_a_guest_takes_the_file_of_a_public_text(app):
    make.consultation(make.office(), slug="akn")
    guest = Browser(app).open("/c/akn/versions")
    assert "/c/akn/v/1/text.akn.xml" in guest.page.links
    answer = guest.client.get("/c/akn/v/1/text.akn.xml")
    assert answer.data.startswith(b"<?xml")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert guest.client.get("/c/akn/v/2/text.akn.xml").status_code == 404


def test_a_directed_text_is_not_for_guests(app):
    make.consultation(make.office(), slug="hush", openness="directed")
    assert Browser(app).client.get("/c/hush/v/1/text.akn.xml").status_code in {302, 404}
