"""Finding a remark by its secret code, and the picture that leads back to the place where one asks."""

from deliberation.domain.errors import Refusal, _
from deliberation.domain.receipts import tidy
from deliberation.formats.qr import Picture, picture
from deliberation.keys.tokens import receipt_digest
from deliberation.services.sessions import key
from deliberation.store import remarks
from deliberation.store.remarks import Remark


def find(code: str) -> Remark:
    """The remark this code was given for; a Refusal that tells a slip of the pen from an unknown code."""
    found = remarks.by_receipt(receipt_digest(tidy(code), key()))
    if found is None:
        raise Refusal(_("没有这个查询码。请核对回执，或请联络员按意见编号帮您查。"), field="code")
    return found


def qr(address: str) -> Picture:
    """A QR code of an address."""
    return picture(address)
