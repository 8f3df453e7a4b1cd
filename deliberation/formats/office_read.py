"""DOC, WPS, ODT and RTF → lines, through LibreOffice where it is installed; else a refusal that says what to do.

Each call has its own profile (two on one profile: one silently gives nothing), its own folder, and an end.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from deliberation.domain.errors import Refusal, _
from deliberation.domain.structure import Source
from deliberation.formats import docx_read, limits

SECONDS = 60
_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_PROXY = "/org.openoffice.Inet/Settings"
_ALONE = (  # settings of a profile that opens nothing outside the file and runs nothing in it
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    (_PROXY, "ooInetProxyType", "2"),
    *((_PROXY, f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS", "FTP")),
    *((_PROXY, f"ooInet{kind}ProxyPort", "9") for kind in ("HTTP", "HTTPS", "FTP")),
)
OFFICES = ("soffice", "libreoffice")
_MISSING = _(
    "读 .doc、.wps、.odt、.rtf 要靠 LibreOffice，这台服务器上没有安装。请在 WPS 或 Word 中打开，另存为 .docx 再上传，或者把文字粘贴进来。"
)
_FAILED = _("这个文件转换不成功，可能已损坏或者加了密码。请在 WPS 或 Word 中打开，另存为 .docx 再上传。")


def read(data: bytes, ending: str = ".doc") -> Source:
    """The lines of an older office file, by way of a .docx."""
    program = next((found for name in OFFICES if (found := shutil.which(name))), None)
    if program is None:
        raise Refusal(_MISSING)
    with tempfile.TemporaryDirectory(prefix="draft-") as folder:
        return docx_read.read(_converted(program, data, ending, Path(folder)))


def read_doc(data: bytes) -> Source:
    """.doc and .wps."""
    return read(data, ".doc")


def read_odt(data: bytes) -> Source:
    """.odt; its package is weighed before it is handed on."""
    limits.open_package(data).close()
    return read(data, ".odt")


def read_rtf(data: bytes) -> Source:
    """.rtf."""
    return read(data, ".rtf")


def _converted(program: str, data: bytes, ending: str, folder: Path) -> bytes:
    source = folder / f"draft{ending}"
    source.write_bytes(data)
    out = folder / "out"
    _shut_in(folder / "profile")
    _run(_command(program, folder, out, source), folder)
    made = out / "draft.docx"
    if not made.is_file() or not made.stat().st_size:
        raise Refusal(_FAILED)
    return made.read_bytes()


def _shut_in(profile: Path) -> None:
    """A profile in which LibreOffice fetches no linked picture, section or template: such links name other servers."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _ALONE
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>",
        "utf-8",
    )


def _command(program: str, folder: Path, out: Path, source: Path) -> list[str]:
    return [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(source),
    ]  # fmt: skip


def _run(command: list[str], folder: Path) -> None:
    """Run to the end or to its time limit, then end it with all it started; no proxy to the outside."""
    quiet = {
        key: value
        for key, value in os.environ.items()
        if key in {"PATH", "LANG", "LC_ALL", "FONTCONFIG_PATH"}
    }
    quiet |= {"HOME": str(folder), "TMPDIR": str(folder)}
    run = subprocess.Popen(  # noqa: S603 - a fixed command, no shell
        command, cwd=folder, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        run.wait(SECONDS)
    except subprocess.TimeoutExpired as late:
        raise Refusal(_FAILED) from late
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
