"""Which installed font draws each official one in a PDF: the official font itself first, then free ones.

仿宋 is rarely there: Debian has FandolFang in texlive-lang-chinese; the others come with fonts-noto-cjk.
"""

from functools import lru_cache
from pathlib import Path

from deliberation.domain.errors import Refusal, _

WANTED = {
    "fang": ("仿宋_GB2312", ("仿宋_GB2312", "FangSong_GB2312", "FangSong", "STFangsong", "FandolFang R", "FandolFang")),
    "kai": ("楷体_GB2312", ("楷体_GB2312", "KaiTi_GB2312", "KaiTi", "STKaiti", "FandolKai", "AR PL UKai CN")),
    "hei": ("黑体", ("黑体", "SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "FandolHei")),
    "title": ("方正小标宋简体", ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", "Source Han Serif SC", "FandolSong")),
    "song": ("宋体", ("宋体", "SimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC", "FandolSong")),
}  # fmt: skip
BOLD_TITLE = {
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "FandolSong",
}  # their regular weight is too thin for a title
SPARE = ("Noto Serif CJK SC", "Noto Sans CJK SC", "FandolSong")  # for characters a font has not


def chosen(fonts: Path | None = None) -> dict[str, object]:
    """Families by role, as the template wants them. Raises Refusal naming what is missing and how to install it."""
    there = _families(str(fonts) if fonts else "")
    found = {
        role: next((name for name in names if name in there), "") for role, (_name, names) in WANTED.items()
    }
    missing = "、".join(WANTED[role][0] for role, name in found.items() if not name)
    if missing:
        raise Refusal(
            _(
                "缺少字体：%(fonts)s，未生成PDF。请安装后重新生成（Debian：apt-get install fonts-noto-cjk texlive-lang-chinese），"
                "或把字体文件放进设置的字体文件夹。"
            ),
            fonts=missing,
        )
    weight = "bold" if found["title"] in BOLD_TITLE else "regular"
    return {**found, "title_weight": weight, "spare": [name for name in SPARE if name in there]}


@lru_cache(maxsize=4)
def _families(folder: str) -> frozenset[str]:
    import typst

    return frozenset(typst.Fonts(font_paths=[folder] if folder else []).families())
