"""定稿归档: an edition is sealed once, kept as a snapshot with its files, and can be built again with the same bytes.

Sealing writes the snapshot, builds both editions from it, and only then passes the door: inside, under the log's lock,
it looks once more that nothing came since; if something did, all is made anew. The leaf commits to the manifest.
"""

import gzip
import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, cast

from deliberation.domain.acts import Act
from deliberation.domain.checkpoints import Proof
from deliberation.domain.dossier import Dossier
from deliberation.domain.edition_changes import changes
from deliberation.domain.errors import Conflict, Refusal, _
from deliberation.domain.leaves import Leaf, canonical
from deliberation.formats.archive import Manifest, fresh_folder, refuse_full
from deliberation.formats.dossier_folder import Progress
from deliberation.formats.dossier_snapshot import read_snapshot, write_snapshot
from deliberation.formats.watching import Pulse, silent
from deliberation.services import dossiers, standstill, vault
from deliberation.services.actors import Actor, who
from deliberation.services.acts import Record, act
from deliberation.services.dossier_log import LogLines, grown, leaves, note
from deliberation.services.log import key_text
from deliberation.services.standstill import Stand
from deliberation.services.workshop import keep, workshop
from deliberation.store import bench, editions, log_lines
from deliberation.store.consultations import Consultation
from deliberation.store.db import db
from deliberation.store.editions import Edition

BOTH = ("restricted", "public")
TRIES = 3
NONE = _("这次征求意见还没有定稿归档的版本。先定稿归档，或者去掉 --sealed 生成预览。")
OTHER = _("刚才别人已经归档了第 %(n)s 版，这一次没有再归档。请到报告页看一看；还有改动要归档，再办一次。")
BUSY = _("归档的时候一直有人在改动，没有归档，什么也没有变。请等大家停下来再试。")


def waiting(one: Consultation) -> int:
    """How many remarks have no end yet: so long as there is one, nothing is archived."""
    return sum(desk.waiting for desk in bench.desk(one.id).values())


def left(one: Consultation) -> int:
    """How many points of merged remarks stand in no suggestion: nothing waits for them, but it is said."""
    return sum(desk.left for desk in bench.desk(one.id).values())


@dataclass(frozen=True)
class Begun:
    """A sealing that may be done: the edition's number, its instant."""

    number: int
    at: datetime


@dataclass(frozen=True)
class _Made:
    """What was made of one snapshot: how long the log was, where its folder is, the digest of each manifest."""

    begun: Begun
    lines: LogLines
    folder: Path
    manifests: dict[str, str]
    counts: tuple[int, int]
    stood: Stand


def seal(
    actor: Actor, one: Consultation, begun: Begun | None = None, *,
    progress: Progress | None = None, pulse: Pulse = silent,
) -> Edition:  # fmt: skip
    """Seal an edition of this consultation's dossier and return it. A Refusal while a remark has no end.

    `begun`: what was allowed before; where somebody sealed that number since, a Conflict says so and nothing is sealed.
    """
    begun = begun or begin(actor, one)
    for _attempt in range(TRIES):
        with workshop(one) as folder:
            made = _make(one, begun, folder, (progress, pulse))
            sealed = _close(actor, one, made) if made is not None else None
            if sealed is not None:
                return sealed
    raise Conflict(BUSY)


def begin(actor: Actor, one: Consultation, number: int | None = None) -> Begun:
    """Whether it may be done at all, the edition's number and its instant; nothing is changed. `number`: the one looked at."""
    with act(actor, Act.SEAL_DOSSIER, on=one) as record:
        record.nothing()
        next_ = editions.next_number(one.id)
        _not_sealed_since(one, number or next_)
        _all_have_an_end(one)
        return Begun(next_, record.at)


def _not_sealed_since(one: Consultation, number: int) -> None:
    last = editions.next_number(one.id) - 1
    if last >= number:
        raise Conflict(OTHER, n=last)


def _all_have_an_end(one: Consultation) -> None:
    still = waiting(one)
    if still:
        raise Refusal(
            _("还有 %(n)s 条意见没有去处，不能归档。请先归并，或者选照附、与草案无关、转办。"), n=still
        )


def _make(
    one: Consultation, begun: Begun, folder: Path, watch: tuple[Progress | None, Pulse]
) -> _Made | None:
    """Snapshot and both editions, or None where the log grew between the two readings."""
    stood = standstill.stand(one)
    named, public = (dossiers.dossier_of(one, edition, begun.at) for edition in BOTH)
    if len(named.leaves) != len(public.leaves):
        return None
    lines = cast(LogLines, named.leaves)
    named = replace(named, edition_number=begun.number)
    named = replace(named, changes=_changes(one, named))
    public = replace(public, edition_number=begun.number, changes=named.changes)
    with gzip.GzipFile(folder / "snapshot", "wb", 1, mtime=0) as target:
        write_snapshot(named, cast(IO[bytes], target), public)
    manifests = {}
    for edition in BOTH:
        kept = read_snapshot(lambda: _unpacked((folder / "snapshot").open("rb")), public=edition == "public")
        dossiers.write(kept, folder / edition, progress=watch[0], pulse=watch[1])
        manifests[edition] = _digest(folder / edition)
    return _Made(begun, lines, folder, manifests, (len(named.remarks), len(named.suggestions)), stood)


def _changes(one: Consultation, now: Dossier) -> tuple[str, ...]:
    before = editions.last(one.id)
    return changes(dossier_of(before, "restricted"), now, before.size) if before else ()


def _digest(folder: Path) -> str:
    return hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()


def _unpacked(source: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(fileobj=source))


def _close(actor: Actor, one: Consultation, made: _Made) -> Edition | None:
    """Pass the door and seal; None, and nothing changed, where something came since the snapshot."""
    kept = keep(made.folder, ("snapshot", *(f"{each}.zip" for each in BOTH)))
    with act(actor, Act.SEAL_DOSSIER, on=one) as record:
        _not_sealed_since(one, made.begun.number)
        if standstill.moved(made.stood):
            record.nothing()
            return None
        since = list(leaves(one.log_id, made.lines.size, record.head.size))
        _all_have_an_end(one)
        seals = dict(_seals(record, one, made, since))
        row = Edition(
            consultation_id=one.id, number=made.begun.number, made_at=made.begun.at, at=record.at, by_id=who(actor),
            size=made.lines.size, remarks=made.counts[0], suggestions=made.counts[1], snapshot=kept["snapshot"],
            **{f"{each}_manifest": made.manifests[each] for each in BOTH},
            **{f"{each}_seal": seals[each] for each in BOTH},
            **{f"{each}_files": kept[f"{each}.zip"] for each in BOTH},
        )  # fmt: skip
        db.session.add(row)
        record.about("dossier", made.begun.number)
        record.note(manifests=made.manifests, snapshot=kept["snapshot"])
        db.session.flush()
    return row


def _seals(record: Record, one: Consultation, made: _Made, since: list[Leaf]) -> Iterator[tuple[str, str]]:
    """The text of each edition's seal.txt; each has a leaf of its own that commits to its manifest."""
    tree = grown(made.lines.frontier, iter(since))
    for edition in BOTH:
        facts: dict[str, object] = {
            "at": record.at.isoformat(), "edition": edition, "manifest_sha256": made.manifests[edition],
            "number": made.begun.number,
        }  # fmt: skip
        number = f"{made.begun.number}-{edition}"
        index = record.leaf(record.act, "dossier", number, content=canonical(facts))
        leaf = next(leaves(one.log_id, index, index + 1))
        path = tuple(
            reversed(tree.peaks)
        )  # of the last leaf: the complete subtrees before it, from the smallest
        tree = tree.add(leaf.hashed())
        proof = Proof(
            leaf, path, note(one.log.origin, tree), key_text(one.log), log_lines.salt_of(one.log_id, index), facts,
            tuple(since),
        )  # fmt: skip
        since.append(leaf)
        yield edition, proof.text()


def dossier_of(row: Edition, edition: str) -> Dossier:
    """The dossier of a sealed edition as it was, read from its snapshot."""
    name = f"{row.consultation.slug}-{row.number}"
    made = read_snapshot(
        lambda: _unpacked(vault.opened(row.snapshot, name)), name, public=edition == "public"
    )
    return replace(made, seal=row.seal(edition))


def rebuild(
    row: Edition,
    out: Path,
    edition: str = "public",
    *,
    progress: Progress | None = None,
    pulse: Pulse = silent,
) -> Manifest:
    """Build a sealed edition again into `out`: the same bytes as when it was sealed, whatever changed since.

    Where this machine cannot make them (another version, a font that is not there), the files kept then are given back.
    """
    refuse_full(out)
    with workshop(row.consultation) as folder:
        made = dossiers.write(dossier_of(row, edition), folder / "made", progress=progress, pulse=pulse)
        if _digest(folder / "made") == row.manifest(edition):
            _give(folder / "made", out)
            return made
        return _as_it_was(row, edition, out)


def _give(folder: Path, out: Path) -> None:
    with fresh_folder(out) as target:
        shutil.copytree(folder, target, dirs_exist_ok=True)


def _as_it_was(row: Edition, edition: str, out: Path) -> Manifest:
    """The files as they were kept when the edition was sealed."""
    import json

    with fresh_folder(out) as target:
        packed = target / "kept.zip"
        vault.copy_out(row.files(edition), f"{row.consultation.slug}-{row.number}.zip", packed)
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(target)  # noqa: S202 - our own archive, its digest is in the row
        packed.unlink()
        (target / "seal.txt").write_text(row.seal(edition), "utf-8", newline="\n")
        if _digest(target) != row.manifest(edition):
            raise Refusal(vault.GONE, file=f"{row.consultation.slug}-{row.number}")
        told = json.loads((target / "manifest.json").read_text("utf-8"))
    return Manifest(**told)


def last_sealed(one: Consultation) -> Edition:
    """The newest sealed edition, or a Refusal that says there is none."""
    found = editions.last(one.id)
    if found is None:
        raise Refusal(NONE)
    return found


def number_of(one: Consultation, number: int) -> Edition | None:
    """One sealed edition by its number."""
    return editions.by_number(one.id, number)
