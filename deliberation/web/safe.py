"""Addresses from outside, made safe to go to."""

from urllib.parse import urlsplit

from flask import current_app, url_for


def onward(wish: str | None, default: str = "/") -> str:
    """A path of this site, or the default: never another host, never a scheme."""
    if not wish or not wish.startswith("/") or wish.startswith("//") or "\\" in wish:
        return default
    parts = urlsplit(wish)
    if parts.scheme or parts.netloc or any(ord(c) < 32 for c in wish):
        return default
    kept = "&".join(p for p in parts.query.split("&") if p and not p.startswith("lang="))
    return parts.path + (f"?{kept}" if kept else "")


def outside(endpoint: str, **words: object) -> str:
    """A full address for paper and mail: of the setting public_url, never of a Host header where that is set."""
    public = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    return public + url_for(endpoint, **words) if public else url_for(endpoint, _external=True, **words)  # type: ignore[arg-type]
