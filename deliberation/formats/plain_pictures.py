"""A photo without its particulars: where it was taken, by what and when stays with the office, not on the board.

JPEG (ISO/IEC 10918-1, annex B): segments APP1 to APP15 and comments are left out, APP0 and the picture stay as they are.
PNG (W3C, 3rd edition, 11.3): text, time and EXIF chunks are left out.
"""

from deliberation.domain.errors import Refusal, _

JPEG, PNG = "image/jpeg", "image/png"
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_SAYS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
BROKEN = _("这张图片不完整，打不开。请重新拍照或另存后再上传。")
_WITHIN = {0x00, 0xFF, *range(0xD0, 0xD8)}
_ADOBE = 0xEE  # APP14 says how the colours are coded


def without_particulars(data: bytes, media_type: str) -> bytes:
    """The same picture without metadata; Refusal where a picture is not whole. Anything else comes back as it is."""
    if media_type == JPEG and data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if media_type == PNG and data.startswith(_PNG_HEAD):
        return _png(data)
    return data


def _jpeg(data: bytes) -> bytes:
    """What a telephone puts behind the picture's end (a film, a second picture) is left out too."""
    out, at = [data[:2]], 2
    while at + 2 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind == 0xFF:  # a fill byte
            at += 1
            continue
        if kind == 0xD9 and len(out) > 1:
            return b"".join([*out, data[at : at + 2]])
        after = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == 0xDA:
            after = _scan_ends(data, after)
        keep = not (0xE1 <= kind <= 0xEF or kind == 0xFE) or kind == _ADOBE
        out += [data[at:after]] if keep else []
        at = after
    raise Refusal(BROKEN, field="scan")


def _scan_ends(data: bytes, at: int) -> int:
    """Where the coded picture stops: at the next marker that is no stuffing and no restart."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] not in _WITHIN:
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    return len(data)


def _png(data: bytes) -> bytes:
    out, at = [data[:8]], 8
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        out += [] if kind in _SAYS else [data[at : at + 12 + size]]
        at += 12 + size
        if kind == b"IEND":
            return b"".join(out)
    raise Refusal(BROKEN, field="scan")
