"""The dossier's folder (commands.md): every file that can be made here, a manifest, and one ZIP beside it.

What cannot be made is named in `left_out` with the reason, and the rest is built.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO

from deliberation.domain.annexes import VOLUME, volumes
from deliberation.domain.dossier import Dossier, Minutes, SenderTable, Tally
from deliberation.domain.dossier_editions import for_public
from deliberation.domain.dossier_words import BEIJING
from deliberation.domain.errors import Refusal, _
from deliberation.formats import minutes_docx, official_docx, official_pdf
from deliberation.formats.archive import Manifest, fresh_folder, sums
from deliberation.formats.official_fonts import chosen
from deliberation.formats.watching import Pulse, Watched, silent
from deliberation.formats.writing import WRITERS

Progress = Callable[[str], None]
Make = Callable[[Path], None]
MOST_PDF = 60  # volumes
NO_DRAFT = _("没有草案文本，未生成结构文件。")


def write_dossier(
    dossier: Dossier,
    out: Path,
    *,
    fonts: Path | None = None,
    progress: Progress | None = None,
    pulse: Pulse = silent,
) -> Manifest:
    """Write the folder `out` (new or empty) and `out`.zip beside it; returns the manifest that was written.

    `fonts`: a folder with fonts for the PDF beside those of the system. `progress` is told each file's name before it
    is made, `pulse` how many originals of it are done; what they raise cancels the work, and nothing is left behind.
    A public edition is stripped here again.
    """
    if dossier.edition == "public":
        dossier = for_public(dossier)
    dossier = replace(dossier, remarks=Watched(dossier.remarks, pulse))
    with fresh_folder(out) as folder:
        makers = dict(_makers(dossier, fonts, pulse))
        left_out = _fill(folder, makers, progress or _silent)
        manifest = Manifest(
            sums(folder), counts(dossier), dossier.head, dossier.edition, left_out, dossier.key,
            sealed=dossier.edition_number > 0, edition_number=dossier.edition_number, about=about(dossier),
            sources=tuple(map(asdict, dossier.sources)),
        )  # fmt: skip
        (folder / "manifest.json").write_text(manifest.text(), "utf-8", newline="\n")
        if dossier.seal:
            (folder / "seal.txt").write_text(dossier.seal, "utf-8", newline="\n")
    return manifest


def about(dossier: Dossier) -> dict[str, str]:
    """Whose dossier it is and of which text, for whoever puts several together."""
    return {
        "office": dossier.office, "addressee": dossier.addressee, "title": dossier.title, "stage": dossier.stage,
        "version_digest": dossier.version_digest,
    }  # fmt: skip


def planned(dossier: Dossier) -> list[str]:
    """The names of the files that will be made, in order."""
    return [name for name, _make in _makers(dossier, None, silent)]


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


def _fill(folder: Path, makers: Mapping[str, Make], progress: Progress) -> dict[str, str]:
    """Make every file; a Refusal of one is its reason in what is returned."""
    left_out: dict[str, str] = {}
    for name, make in makers.items():
        progress(name)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            make(path)
        except Refusal as refused:
            path.unlink(missing_ok=True)
            left_out[name] = str(refused.said)
    return left_out


def _makers(dossier: Dossier, fonts: Path | None, pulse: Pulse) -> Iterator[tuple[str, Make]]:
    for name, write in WRITERS.items():
        yield name, _into(write, dossier)
    yield "report.pdf", lambda path: official_pdf.write(dossier, path, fonts=fonts, pulse=pulse)
    if dossier.sender_table is not None:
        yield sender_name(dossier.sender_table), lambda path: _sender(dossier, path)
    yield "draft.akn.xml", lambda path: _akoma(dossier, path)
    yield from _minutes(dossier)
    yield from _volumes(dossier)
    yield from _pdf_volumes(dossier, fonts, pulse)
    if dossier.leaves:
        yield "leaves.txt", lambda path: _lines(path, dossier.leaves)


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
        yield f"minutes/{number:02d}.akn.xml", _debate(dossier, minutes, number)


def _debate(dossier: Dossier, minutes: Minutes, number: int) -> Make:
    """The same minutes for machines, with the votes counted at that meeting."""

    def make(path: Path) -> None:
        from deliberation.formats.akoma_meta import AkomaMeta
        from deliberation.formats.akoma_minutes import write_minutes

        on = _day(minutes)
        alike = {_day(each) for each in dossier.minutes if each.meeting.title == minutes.meeting.title}
        held = [
            vote
            for vote in dossier.votes
            if vote.meeting == minutes.meeting.title and (len(alike) == 1 or str(vote.held_on) == on)
        ]
        meta = AkomaMeta(slug=f"minutes-{number:02d}", subtype="minutes", kind="debate", date=on)
        _bytes(path, write_minutes(minutes, held, meta=meta))

    return make


def _day(minutes: Minutes) -> str:
    from deliberation.formats.akoma_meta import UNKNOWN_DAY

    at = minutes.meeting.starts_at
    return at.astimezone(BEIJING).date().isoformat() if at else UNKNOWN_DAY


def _volumes(dossier: Dossier) -> Iterator[tuple[str, Make]]:
    """One pass over the originals fills all volumes in turn."""
    many = volumes(len(dossier.remarks))
    source = iter(dossier.remarks) if many else iter(())
    for number in range(1, many + 1):

        def make(path: Path, number: int = number) -> None:
            with path.open("wb") as target:
                official_docx.write_volume(dossier, number, source, target)

        yield f"originals/{number:04d}.docx", make


def _pdf_volumes(dossier: Dossier, fonts: Path | None, pulse: Pulse) -> Iterator[tuple[str, Make]]:
    """The same volumes as PDF, each typeset in a process of its own; beyond so many they are only DOCX."""
    many = volumes(len(dossier.remarks))
    source = iter(dossier.remarks) if many else iter(())
    why = _no_pdf(many, fonts) if many else None
    if why is not None:
        yield "originals/0001.pdf", why
        return
    for number in range(1, many + 1):

        def make(path: Path, number: int = number) -> None:
            official_pdf.write_volume(dossier, number, source, path, fonts=fonts, pulse=pulse)

        yield f"originals/{number:04d}.pdf", make


def _no_pdf(many: int, fonts: Path | None) -> Make | None:
    """What says why no volume is made as PDF; None where they can be."""
    try:
        chosen(fonts)
        if many > MOST_PDF:
            raise Refusal(
                _("意见超过%(most)s条，原文分册只做DOCX，不做PDF。需要时用WPS转成PDF。"),
                most=MOST_PDF * VOLUME,
            )
    except Refusal as refused:
        why = refused

        def make(_path: Path) -> None:
            raise why

        return make
    return None


def sender_name(table: SenderTable) -> str:
    """What the filled table is called in the folder."""
    return f"sender_table.{table.kind}"


def _sender(dossier: Dossier, path: Path) -> None:
    from deliberation.formats import template_fill

    assert dossier.sender_table is not None
    _bytes(path, template_fill.fill(dossier, dossier.sender_table))


def _akoma(dossier: Dossier, path: Path) -> None:
    if dossier.draft is None:
        raise Refusal(NO_DRAFT)
    from deliberation.formats import akoma

    made = akoma.write(dossier.draft)
    _bytes(path, made if isinstance(made, bytes) else made.encode())


def _bytes(path: Path, made: bytes) -> None:
    path.write_bytes(made)


def _lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as target:
        target.writelines(lines)
