"""Where built dossiers lie until they are fetched: a folder a build, named after its leaf; only the newest are kept.

A build that is being made says how far it is and can be cancelled; one that failed says why. Nothing here is a row: it
can all be built again.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from flask import current_app

from deliberation import clock
from deliberation.domain.errors import Refusal, Said
from deliberation.formats.archive import zip_beside
from deliberation.formats.dossier_folder import planned
from deliberation.services import dossiers, editions, workshop
from deliberation.services.actors import Actor
from deliberation.services.jobs import Far, Job, Watch, Work
from deliberation.store import consultations
from deliberation.store.consultations import Consultation
from deliberation.store.editions import Edition

SMALL = 300  # remarks up to which a dossier is built while one waits
KEPT = 6  # builds kept of one consultation


@dataclass(frozen=True)
class Built:
    """One build: number of its leaf, edition, instant; state ready | making | failed | cancelled; files with their sizes.

    `sealed`: number of the sealed edition it was built from, 0 for a preview. `far`: how far one is that is being made.
    """

    number: int
    edition: str
    at: datetime
    state: str
    files: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    counts: dict[str, object] = field(default_factory=dict)
    sealed: int = 0
    far: Far | None = None

    @property
    def why(self) -> Said | str:
        """Why there is none, as a sentence."""
        return self.far.said if self.far else ""


def folder_of(one: Consultation) -> Path:
    """Where a consultation's builds lie."""
    return Path(current_app.config["INSTANCE"]) / "dossiers" / one.slug


def order(actor: Actor, one: Consultation, edition: str, sealed: int = 0) -> int:
    """Build an edition (a sealed one again): at once where it is small, else beside the request. The build's number."""
    row = editions.number_of(one, sealed) if sealed else None
    if sealed and row is None:
        raise Refusal(editions.NONE)
    begun = dossiers.begin(actor, one, edition)
    folder = folder_of(one)
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    job = Job(folder, f"{begun.number:08d}-{edition}")
    job.begin(begun.at)
    work = (
        _sealed_work(row, folder / job.name, edition)
        if row
        else _work(one.id, folder / job.name, edition, begun.at)
    )
    if one.remark_count <= SMALL:
        job.run(work, begun.at)
    else:
        job.start(work, begun.at)
    return begun.number


def _work(consultation_id: int, out: Path, edition: str, at: datetime) -> Work:
    def work(watch: Watch) -> None:
        one = consultations.get(consultation_id)
        assert one is not None
        made = dossiers.dossier_of(one, edition, at)
        watch.plans(len(planned(made)), len(made.remarks))
        dossiers.write(made, out, progress=watch.begins, pulse=watch.rows)

    return work


def _sealed_work(row: Edition, out: Path, edition: str) -> Work:
    consultation_id, number = row.consultation_id, row.number

    def work(watch: Watch) -> None:
        one = consultations.get(consultation_id)
        kept = editions.number_of(one, number) if one else None
        assert kept is not None
        made = editions.dossier_of(kept, edition)
        watch.plans(len(planned(made)), len(made.remarks))
        editions.rebuild(kept, out, edition, progress=watch.begins, pulse=watch.rows)

    return work


def cancel(actor: Actor, one: Consultation, number: int, edition: str) -> None:
    """Stop a build that is being made; who may have it built may stop it."""
    dossiers.may_build(actor, one, edition)
    Job(folder_of(one), f"{number:08d}-{edition}").cancel()


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
    if kind not in {"failed", "making"} or path.with_name(stem).is_dir():
        return None
    far = Job(path.parent, stem).far(clock.now())
    return Built(int(number), edition, far.at, far.state, far=far) if far else None


def _ready(path: Path, number: int, edition: str) -> Built | None:
    """A build whose files are all there; None where one is missing."""
    try:
        manifest = json.loads((path / "manifest.json").read_text("utf-8"))
        names = [*manifest["files"], "manifest.json", *(["seal.txt"] if manifest["sealed"] else [])]
        files = {name: (path / name).stat().st_size for name in names}
        files["ZIP"] = zip_beside(path).stat().st_size
    except (OSError, ValueError, KeyError):  # somebody took files away by hand, or the disk lost them
        return None
    at = datetime.fromtimestamp(path.stat().st_mtime, clock.CHINA)
    made = Built(number, edition, at, "ready", files, manifest["left_out"], manifest["counts"])
    return replace(made, sealed=manifest.get("edition_number", 0))


def file_of(one: Consultation, number: int, edition: str, name: str) -> Path | None:
    """A file of a build, by the name its manifest gives it, or "ZIP"; None for anything else."""
    folder = folder_of(one) / f"{number:08d}-{edition}"
    built = _built(folder) if folder.is_dir() else None
    if built is None or name not in built.files:
        return None
    return zip_beside(folder) if name == "ZIP" else folder / name


def _clear(folder: Path) -> None:
    """Let go of all but the newest builds, of what failed, and of what a process that was killed left half-made."""
    builds = sorted(
        (path for path in folder.iterdir() if path.is_dir() and path.name[0] != "."), reverse=True
    )
    for path in builds[KEPT - 1 :]:
        zip_beside(path).unlink(missing_ok=True)
        shutil.rmtree(path, ignore_errors=True)
    for path in [*folder.glob("*.failed"), *folder.glob("*.making")]:
        job = Job(folder, path.stem)
        if not job.working():
            job.clear()
    for path in folder.glob("*.zip"):
        if not path.with_suffix("").is_dir() and not Job(folder, path.stem).working():
            path.unlink(missing_ok=True)
    workshop.clear(folder)
    for path in folder.glob(".*.part-*"):
        if not Job(folder, path.name[1:].split(".")[0]).working():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
