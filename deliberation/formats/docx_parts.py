"""Which part of a Word package is its body, as the package itself says; most call it word/document.xml, some do not.

Source: ISO/IEC 29500-2:2021, 6.5 (relationships), 29500-1:2016, 11.3.10 (main document part).
"""

import posixpath
import zipfile

from deliberation.formats import limits

USUAL = "word/document.xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def main_part(package: zipfile.ZipFile) -> str | None:
    """The name of the body's part; None where there is none."""
    names = set(package.namelist())
    root = limits.xml_part(package, "_rels/.rels")
    for relation in root.iter(_RELATION) if root is not None else ():
        if relation.get("Type", "").endswith("/officeDocument") and relation.get("TargetMode") != "External":
            name = posixpath.normpath(posixpath.join("/", relation.get("Target", ""))).lstrip("/")
            if name in names and name.startswith("word/"):
                return name
    return USUAL if USUAL in names else None


def relations_of(part: str) -> str:
    """The part that lists what another one refers to."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"
