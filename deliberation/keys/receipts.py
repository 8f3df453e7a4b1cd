"""Receipt codes: derived, so that a retried request is told the same code although only its digest is stored."""

import hmac

SPACE = 10**10


def code_for(key: bytes, consultation: int, client_key: str, attempt: int = 0) -> str:
    """Twelve digits in fours (ten, and two of check by ISO 7064 MOD 97-10) for one remark; unguessable without the key.

    Among 100,000 remarks two first codes are equal with a chance of 39 %: then the next attempt is the code.
    """
    seed = hmac.digest(key, f"receipt {consultation} {client_key}{' ' * attempt}".encode(), "sha256")
    body = int.from_bytes(seed[:16], "big") % SPACE
    code = f"{body:010d}{98 - body * 100 % 97:02d}"
    return f"{code[:4]} {code[4:8]} {code[8:]}"
