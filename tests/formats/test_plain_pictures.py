"""Photos without their particulars: where and by what they were taken does not reach the board."""

import struct
import zlib

import pytest

from deliberation.domain.errors import Refusal
from deliberation.formats.plain_pictures import without_particulars


def segment(kind, body):
    return bytes([0xFF, kind]) + struct.pack(">H", len(body) + 2) + body


JFIF = segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
TABLES = segment(0xDB, b"\0" + bytes(64))
SCAN = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"picture\xff\x00data\xff\xd9"
JPEG = (
    b"\xff\xd8"
    + JFIF
    + segment(0xE1, b"Exif\0\0GPS 41.8 123.4")
    + segment(0xFE, b"Zhang San")
    + TABLES
    + SCAN
)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PNG = (
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"tEXt", b"Author\0Zhang San") + chunk(b"eXIf", b"GPS")
    + chunk(b"IDAT", b"xx") + chunk(b"IEND", b"")
)  # fmt: skip


def test_a_jpeg_loses_exif_and_comment_and_keeps_the_picture():
    assert without_particulars(JPEG, "image/jpeg") == b"\xff\xd8" + JFIF + TABLES + SCAN


def test_a_film_or_second_picture_behind_the_end_does_not_hang():
    """A motion photo carries its film, with the place it was taken, behind the picture."""
    film = b"\0\0\0\x18ftypmp42" + b"+41.8+123.4" + JPEG
    assert without_particulars(JPEG + film, "image/jpeg") == b"\xff\xd8" + JFIF + TABLES + SCAN


def test_a_picture_of_several_scans_stays_whole_and_loses_what_stands_between():
    first = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"coarse\xff\x00\xff\xd3more"
    table = segment(0xDB, b"\0\xff\xd9" + bytes(62))
    data = b"\xff\xd8" + JFIF + TABLES + first + table + segment(0xFE, b"Zhang San") + SCAN
    assert without_particulars(data, "image/jpeg") == b"\xff\xd8" + JFIF + TABLES + first + table + SCAN


def test_a_png_loses_its_text_and_keeps_the_picture():
    plain = without_particulars(PNG, "image/png")
    assert b"Zhang" not in plain
    assert b"GPS" not in plain
    assert plain.endswith(chunk(b"IEND", b""))
    assert chunk(b"IDAT", b"xx") in plain


@pytest.mark.parametrize("cut", [20, 30, 60])
def test_a_picture_that_is_not_whole_is_refused_never_passed_on(cut):
    with pytest.raises(Refusal):
        without_particulars(JPEG[:cut], "image/jpeg")
    with pytest.raises(Refusal):
        without_particulars(PNG[:cut], "image/png")


def test_anything_else_comes_back_as_it_is():
    assert without_particulars(b"%PDF-1.4", "application/pdf") == b"%PDF-1.4"
