"""The dossier's folder (commands.md): every file that can be made here, a manifest, and one ZIP beside it.

What cannot be made is named in `left_out` with the reason, and the rest is built.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from deliberation.domain.annexes import volumes
from deliberation.domain.dossier import Dossier, Minutes, Tally
from deliberation.domain.dossier_editions import for_public
from deliberation.domain.errors import Refusal, _
from deliberation.formats import minutes_docx, official_docx, official_pdf
from deliberation.formats.archive import Manifest, fresh_folder, sums
from deliberation.formats.writing import WRITERS

Progress = Callable[[str], None]
NO_DRAFT = _("没有草案文本，未生成结构文件。")


def write_dossier(
    dossier: Dossier,
    out: Path,
    *,
    fonts: Path | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Write the folder `out` (new or empty) and `out`.zip beside it; returns the manifest that was written.

    `fonts`: a folder with fonts for the PDF beside those of the system. `progress` is told each file's name before it
    is made; what it raises cancels the work, and nothing is left behind. A public edition is stripped here again.
    """
    if dossier.edition == "public":
        dossier = for_public(dossier)
    with fresh_folder(out) as folder:
        left_out = _fill(folder, dossier, fonts, progress or _silent)
        manifest = Manifest(
            sums(folder), counts(dossier), dossier.head, dossier.edition, left_out, dossier.key,
            sealed=dossier.edition_number > 0,
        )  # fmt: skip
        (folder / "manifest.json").write_text(manifest.text(), "utf-8", newline="\n")
        if dossier.seal:
            (folder / "seal.txt").write_text(dossier.seal, "utf-8", newline="\n")
    return manifest


def counts(dossier: Dossier) -> dict[str, object]:
    """The counts as the manifest states them: figures, and figures by code where there are codes."""
    given = dossier.counts
    return {
        "remarks": len(dossier.remarks),
        "suggestions": len(dossier.suggestions),
        "articles": given.articles,
        "meetings": len(dossier.meetings),
        "votes": len(dossier.votes),
        "withheld": given.withheld,
        "withdrawn": given.withdrawn,
        "late": given.late,
        "by_channel": _by_code(given.by_channel),
        "by_attitude": _by_code(given.by_attitude),
        "by_end": _by_code(given.by_end),
    }


def _by_code(tallies: tuple[Tally, ...]) -> dict[str, int]:
    return {tally.code or tally.label: tally.count for tally in tallies}


def _silent(_name: str) -> None:
    return None


def _fill(folder: Path, dossier: Dossier, fonts: Path | None, progress: Progress) -> dict[str, str]:
    """Make every file; a Refusal of one is its reason in what is returned."""
    left_out: dict[str, str] = {}
    for name, make in _makers(dossier, fonts):
        progress(name)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            make(path)
        except Refusal as refused:
            path.unlink(missing_ok=True)
            left_out[name] = str(refused.said)
    return left_out


Make = Callable[[Path], None]


def _makers(dossier: Dossier, fonts: Path | None) -> Iterator[tuple[str, Make]]:
    for name, write in WRITERS.items():
        yield name, _into(write, dossier)
    yield "report.pdf", lambda path: official_pdf.write(dossier, path, fonts=fonts)
    yield "draft.akn.xml", lambda path: _akoma(dossier, path)
    yield from _minutes(dossier)
    yield from _volumes(dossier)
    if dossier.leaves:
        yield "leaves.txt", lambda path: _plain(path, dossier.leaves)


def _into(write: Callable[[Dossier, IO[bytes]], None], dossier: Dossier) -> Make:
    def make(path: Path) -> None:
        with path.open("wb") as target:
            write(dossier, target)

    return make


def _minutes(dossier: Dossier) -> Iterator[tuple[str, Make]]:
    for number, minutes in enumerate(dossier.minutes, 1):

        def make(path: Path, minutes: Minutes = minutes) -> None:
            _bytes(path, minutes_docx.write(minutes, mark=dossier.mark))

        yield f"minutes/{number:02d}.docx", make


def _volumes(dossier: Dossier) -> Iterator[tuple[str, Make]]:
    """One pass over the originals fills all volumes in turn."""
    many = volumes(len(dossier.remarks))
    source = iter(dossier.remarks) if many else iter(())
    for number in range(1, many + 1):

        def make(path: Path, number: int = number) -> None:
            with path.open("wb") as target:
                official_docx.write_volume(dossier, number, source, target)

        yield f"originals/{number:04d}.docx", make


def _akoma(dossier: Dossier, path: Path) -> None:
    if dossier.draft is None:
        raise Refusal(NO_DRAFT)
    from deliberation.formats import akoma

    made = akoma.write(dossier.draft)
    _bytes(path, made if isinstance(made, bytes) else made.encode())


def _bytes(path: Path, made: bytes) -> None:
    path.write_bytes(made)


def _plain(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")
