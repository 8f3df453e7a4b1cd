"""Where built dossiers lie until they are fetched: a folder a build, named after its leaf; only the newest are kept.

A build that is being made has a marker beside it; one that failed says why. Nothing here is a row: it can all be built again.
"""

import json
import logging
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, current_app

from deliberation import clock
from deliberation.domain.errors import Refusal, _
from deliberation.formats.archive import zip_beside
from deliberation.services import dossiers
from deliberation.services.actors import Actor
from deliberation.store import consultations
from deliberation.store.consultations import Consultation

SMALL = 300  # remarks up to which a dossier is built while one waits
KEPT = 6  # builds kept of one consultation
TOO_LONG = timedelta(minutes=40)
FAILED = _("生成时出了错，没有生成。请再试一次；还不行，请告诉系统管理员。")
GONE = _("生成中断了，可能是服务重新启动过。请再生成一次。")


@dataclass(frozen=True)
class Built:
    """One build: number of its leaf, edition, instant; state ready | making | failed; files with their sizes in bytes."""

    number: int
    edition: str
    at: datetime
    state: str
    files: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    counts: dict[str, object] = field(default_factory=dict)
    why: str = ""


def folder_of(one: Consultation) -> Path:
    """Where a consultation's builds lie."""
    return Path(current_app.config["INSTANCE"]) / "dossiers" / one.slug


def order(actor: Actor, one: Consultation, edition: str) -> int:
    """Build an edition: at once where it is small, else beside the request. Returns the number of the build."""
    begun = dossiers.begin(actor, one, edition)
    folder = folder_of(one)
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    out = folder / f"{begun.number:08d}-{edition}"
    _marker(out).write_text(begun.at.isoformat(), "utf-8")
    make = _maker(one.id, out, edition, begun.at)
    if one.remark_count <= SMALL:
        make()
    else:
        threading.Thread(
            target=_apart, args=(_application(), make), name=f"dossier {out.name}", daemon=True
        ).start()
    return begun.number


def _application() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]


def _apart(app: Flask, make: Callable[[], None]) -> None:
    with app.app_context():
        make()


def _maker(consultation_id: int, out: Path, edition: str, at: datetime) -> Callable[[], None]:
    def make() -> None:
        try:
            one = consultations.get(consultation_id)
            assert one is not None
            dossiers.fill(one, out, edition, at)
        except Refusal as refused:
            _note(out, at, refused.said.msgid)
        except Exception:
            logging.getLogger(__name__).exception("the dossier %s was not built", out.name)
            _note(out, at, FAILED)
        finally:
            _marker(out).unlink(missing_ok=True)

    return make


def _marker(out: Path) -> Path:
    return out.with_name(f"{out.name}.making")


def _note(out: Path, at: datetime, why: str) -> None:
    out.with_name(f"{out.name}.failed").write_text(json.dumps({"at": at.isoformat(), "why": why}), "utf-8")


def shelf(one: Consultation) -> Sequence[Built]:
    """The builds that are there, newest first."""
    folder = folder_of(one)
    if not folder.is_dir():
        return []
    found = (_built(path) for path in sorted(folder.iterdir(), reverse=True) if not path.name.startswith("."))
    return [one for one in found if one is not None]


def _built(path: Path) -> Built | None:
    stem, _dot, kind = path.name.partition(".")
    number, _dash, edition = stem.partition("-")
    if not number.isdigit() or edition not in dossiers.EDITIONS:
        return None
    if path.is_dir():
        return _ready(path, int(number), edition)
    if kind == "failed":
        told = json.loads(path.read_text("utf-8"))
        return Built(int(number), edition, datetime.fromisoformat(told["at"]), "failed", why=told["why"])
    if kind != "making" or path.with_name(stem).is_dir():
        return None
    at = datetime.fromisoformat(path.read_text("utf-8"))
    over = clock.now() - at > TOO_LONG
    return Built(int(number), edition, at, "failed" if over else "making", why=GONE if over else "")


def _ready(path: Path, number: int, edition: str) -> Built:
    manifest = json.loads((path / "manifest.json").read_text("utf-8"))
    names = [*manifest["files"], "manifest.json"]
    files = {name: (path / name).stat().st_size for name in names}
    files["ZIP"] = zip_beside(path).stat().st_size
    at = datetime.fromtimestamp(path.stat().st_mtime, clock.CHINA)
    return Built(number, edition, at, "ready", files, manifest["left_out"], manifest["counts"])


def file_of(one: Consultation, number: int, edition: str, name: str) -> Path | None:
    """A file of a build, by the name its manifest gives it, or "ZIP"; None for anything else."""
    folder = folder_of(one) / f"{number:08d}-{edition}"
    built = _built(folder) if folder.is_dir() else None
    if built is None or name not in built.files:
        return None
    return zip_beside(folder) if name == "ZIP" else folder / name


def _clear(folder: Path) -> None:
    """Let go of all but the newest builds, and of what failed."""
    builds = sorted((path for path in folder.iterdir() if path.is_dir()), reverse=True)
    for path in builds[KEPT - 1 :]:
        zip_beside(path).unlink(missing_ok=True)
        shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob("*.failed"):
        path.unlink(missing_ok=True)
