"""Secrets that chance makes: links, salts, receipt codes; and the keyed digests by which they are stored."""

import base64
import hmac
import re
import secrets
import unicodedata

_NO_DIGIT = re.compile("[^0-9]+")


def new_token() -> str:
    """43 url-safe characters of 32 random bytes, for a link or the QR code of a receipt slip."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def token_digest(token: str, key: bytes) -> bytes:
    """32 bytes to store instead of the token; without the key nobody can test a guess."""
    return hmac.digest(key, b"yishiting token\0" + token.encode("utf-8", "surrogatepass"), "sha256")


def new_salt() -> bytes:
    """32 random bytes that hide a leaf's content until somebody shows them."""
    return secrets.token_bytes(32)


def new_receipt_code() -> str:
    """Twelve digits in fours: ten of chance, two of check (ISO 7064, MOD 97-10; see domain/receipts.py)."""
    body = f"{secrets.randbelow(10**10):010d}"
    code = f"{body}{98 - int(body) * 100 % 97:02d}"
    return f"{code[:4]} {code[4:8]} {code[8:]}"


def receipt_digest(code: str, key: bytes) -> bytes:
    """32 bytes to store instead of the code; spaces, dashes and full-width digits make no difference."""
    digits = _NO_DIGIT.sub("", code if code.isascii() else unicodedata.normalize("NFKC", code))
    return hmac.digest(key, b"yishiting receipt\0" + digits.encode(), "sha256")
