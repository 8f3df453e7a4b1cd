"""Dossiers of several offices put into one, in article order: each office stays the source of what it reported.

With one restricted dossier among them it is restricted: words that were not released travel in it.
Every input is checked as anyone can check it (verify.py); one that was changed, that is not a dossier, that speaks of
another text or comes twice is refused, and nothing is written.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from deliberation.domain.dossier import Dossier, RemarkRow, SourceOffice, SuggestionRow
from deliberation.domain.dossier_counts import count_up
from deliberation.domain.dossier_words import chinese, speak
from deliberation.domain.errors import Refusal, _
from deliberation.domain.place_words import place_words
from deliberation.domain.summary_table import in_order
from deliberation.formats import suggestions_jsonl
from deliberation.formats.archive import Manifest, refuse_full
from deliberation.formats.dossier_folder import Progress
from deliberation.services import dossiers
from deliberation.services.dossier_rows import points

VERIFY = Path(__file__).resolve().parents[2] / "verify.py"
FALSE = _("“%(folder)s”没有通过核对（%(why)s），可能被改动过。没有合并，什么也没有写。")
FOREIGN = _("“%(folder)s”不是意见报告的文件夹，或者是旧版本生成的（%(why)s）。没有合并，什么也没有写。")


@dataclass(frozen=True)
class Brought:
    """One dossier that was checked: its manifest, suggestions and remarks."""

    folder: Path
    manifest: dict[str, Any]
    digest: str
    suggestions: list[SuggestionRow]

    @property
    def office(self) -> str:
        """Whose it is."""
        return str(self.manifest["about"]["office"])

    def remarks(self) -> Iterator[dict[str, Any]]:
        """Its remarks, line by line."""
        with (self.folder / "remarks.jsonl").open(encoding="utf-8", newline="\n") as lines:
            yield from map(json.loads, lines)


def merge(
    folders: Sequence[Path], out: Path, at: datetime, *, office: str = "", progress: Progress | None = None
) -> Manifest:
    """Check them all and write the merged dossier into `out`, a new or empty folder, with its ZIP beside it."""
    refuse_full(out)
    if len(folders) < 2:
        raise Refusal(_("请写明至少两个要合并的文件夹。"))
    brought = [_checked(folder) for folder in folders]
    _of_one_text(brought)
    return dossiers.write(_merged(brought, at, office), out, progress=progress)


def _checked(folder: Path) -> Brought:
    done = subprocess.run(  # noqa: S603 - our own interpreter and checker
        [sys.executable, "-I", str(VERIFY), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=3600,
    )
    if done.returncode:
        why = (done.stdout.strip().splitlines() or [""])[-1][:200]
        raise Refusal(FALSE if done.returncode == 1 else FOREIGN, folder=str(folder), why=why)
    try:
        raw = (folder / "manifest.json").read_bytes()
        manifest = json.loads(raw)
        rows = suggestions_jsonl.read((folder / "suggestions.jsonl").read_bytes())
        made = Brought(folder, manifest, hashlib.sha256(raw).hexdigest(), rows)
        _known = (made.office, manifest["about"]["version_digest"], manifest["about"]["title"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal(FOREIGN, folder=str(folder), why=type(error).__name__) from error
    return made


def _of_one_text(brought: Sequence[Brought]) -> None:
    first, heads = brought[0].manifest["about"], set[str]()
    for each in brought:
        about = each.manifest["about"]
        if about["version_digest"] != first["version_digest"]:
            raise Refusal(
                _("“%(folder)s”针对的是另一稿（%(title)s），不能合并。请各点用同一稿的报告。"), folder=str(each.folder),
                title=about["title"],
            )  # fmt: skip
        origin = each.manifest["head"].split("\n", 1)[0]
        if origin in heads:
            raise Refusal(_("“%(folder)s”和前面的是同一次征求意见，只要一份。"), folder=str(each.folder))
        heads.add(origin)


def _merged(brought: Sequence[Brought], at: datetime, office: str) -> Dossier:
    suggestions, numbers = _suggestions(brought)
    remarks = tuple(row for at_, each in enumerate(brought, 1) for row in _remarks(at_, each, numbers))
    about = brought[0].manifest["about"]
    return Dossier(
        title=about["title"], stage=about["stage"], office=office or about["addressee"], addressee="",
        slug="merged", edition="restricted" if any(e.manifest["edition"] != "public" for e in brought) else "public",
        made_at=at, signature=replace(Dossier("", "", "").signature, on=at.date()),
        counts=count_up([row for row in remarks if row.withheld not in {"withdrawn", "replaced"}], suggestions=len(suggestions)),
        general=points(suggestions, "whole"), suggestions=suggestions, other=points(suggestions, "execution"),
        remarks=remarks, sources=tuple(map(_source, brought)), version_digest=about["version_digest"],
    )  # fmt: skip


def _source(each: Brought) -> SourceOffice:
    manifest = each.manifest
    return SourceOffice(
        each.office, int(manifest["counts"]["remarks"]), len(each.suggestions), manifest["edition"],
        int(manifest.get("edition_number", 0)), each.digest, manifest["head"],
    )  # fmt: skip


def _suggestions(brought: Sequence[Brought]) -> tuple[tuple[SuggestionRow, ...], dict[tuple[int, int], int]]:
    """All of them in article order with new numbers, and (office, its number) → new number."""
    rows = [(at, row) for at, each in enumerate(brought, 1) for row in in_order(tuple(each.suggestions))]
    rows.sort(key=lambda pair: (pair[1].order, pair[0]))
    numbers = {(at, row.n): n for n, (at, row) in enumerate(rows, 1)}
    found = tuple(
        replace(
            row, n=numbers[at, row.n], remarks=tuple(f"{at}-{number}" for number in row.remarks),
            proposers=_whose(row, brought[at - 1].office), note=f"{brought[at - 1].office}第{row.n}号",
        )
        for at, row in rows
    )  # fmt: skip
    return found, numbers


def _whose(row: SuggestionRow, office: str) -> str:
    parts = row.proposers or "、".join(
        f"{each.label}{each.count}" for each in row.backing.categories if each.count
    )
    return f"{office}（{parts}）" if parts else office


def _remarks(at: int, each: Brought, numbers: dict[tuple[int, int], int]) -> Iterator[RemarkRow]:
    """The lines of one dossier as rows; the number gets the office's place before it, the office is the origin."""
    for line in each.remarks():
        spot, eid = line.get("place") or "", line["eid"] or ""
        found = speak(place_words(spot or ("article" if eid else "whole"), eid), chinese)
        made = line["made_at"]
        yield RemarkRow(
            **{name: line[name] for name in ("version", "version_digest", "eid", "quote", "attitude", "text", "wording")},
            **{name: line[name] for name in ("reason", "sha256", "leaf", "salt", "channel", "category", "outcome")},
            number=f"{at}-{line['number']}", origin=each.office, place=found, spot=spot,
            made_at=datetime.fromisoformat(made) if made else None,
            suggestions=tuple(numbers[at, n] for n in line["suggestions"] if (at, n) in numbers),
            end="merged" if line["suggestions"] else None, withheld=None if line["text"] is not None else "not_released",
        )  # fmt: skip
