"""Styles, settings and page parts of an official paper: GB/T 9704-2012.

22 lines of 28 characters on A4: 三号 is written 16 pt, drawn together by 0.25 pt (`w:spacing` -5), lines exactly
28.95 pt, margins 37, 35, 28, 26 mm. Measured on rendered pages; `docGrid` is not used, programs disagree on it.
Fonts are named, never embedded: 仿宋_GB2312, 楷体_GB2312, 黑体, 方正小标宋简体, 宋体.
"""

from deliberation.formats.official_xml import MM, face, safe

FANG, KAI, HEI, TITLE, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LINE = 579  # 28.95 pt
EM = 315  # one character of the text: 16 pt less 0.25 pt, in twentieths of a point
FOOT = round(25.5 * MM)  # the dash of the page number stands 7 mm below the text
RED = "FF0000"

# id: (name, font, half-points, paragraph properties, run properties); lines and indents in twentieths of a point
_LINES = '<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>'
_SMALL = _LINES.format(line=440)
_TIGHT = _LINES.format(line=260)
_FORM = _LINES.format(line=340)
STYLES: dict[str, tuple[str, str, int, str, str]] = {
    "Body": ("公文正文", FANG, 32, '<w:ind w:firstLine="630"/>', ""),
    "Flush": ("公文顶格", FANG, 32, "", ""),
    "Centre": ("公文居中", FANG, 32, '<w:jc w:val="center"/>', ""),
    "Heading1": ("heading 1", HEI, 32, '<w:keepNext/><w:ind w:firstLine="630"/><w:outlineLvl w:val="0"/>', ""),
    "Heading2": ("heading 2", KAI, 32, '<w:keepNext/><w:ind w:firstLine="630"/><w:outlineLvl w:val="1"/>', ""),
    "PaperTitle": ("公文标题", TITLE, 44, _LINES.format(line=680) + '<w:jc w:val="center"/>', ""),
    "AnnexMark": ("附件标记", HEI, 32, "<w:keepNext/>", ""),
    "AnnexList": ("附件说明", FANG, 32, "", ""),
    "Sign": ("署名日期", FANG, 32, '<w:jc w:val="right"/>', ""),
    "RedHead": ("发文机关标志", TITLE, 84, '<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>',
                f'<w:color w:val="{RED}"/>'),
    "RemarkHead": ("意见编号", HEI, 24, f"<w:keepNext/>{_SMALL}", ""),
    "RemarkLabel": ("意见标签", KAI, 24, f'<w:keepNext/>{_SMALL}<w:ind w:left="480"/>', ""),
    "Verbatim": ("意见原文", FANG, 24, f'<w:wordWrap w:val="0"/>{_SMALL}<w:ind w:left="480"/><w:jc w:val="left"/>', ""),
    "RemarkSource": ("意见来源", FANG, 21, f'{_SMALL}<w:ind w:left="480"/><w:jc w:val="left"/>', ""),
    "Small": ("小四正文", FANG, 24, f'{_SMALL}<w:ind w:firstLine="480"/>', ""),
    "SmallHead": ("小四标题", HEI, 24, f"<w:keepNext/>{_SMALL}", ""),
    "Cell": ("表格文字", FANG, 18, f'<w:wordWrap w:val="0"/>{_TIGHT}<w:jc w:val="left"/>', ""),
    "CellHead": ("表头", HEI, 18, f'{_TIGHT}<w:jc w:val="center"/>', ""),
    "FormCell": ("填写栏", FANG, 24, f'<w:wordWrap w:val="0"/>{_FORM}<w:jc w:val="left"/>', ""),
    "FormHead": ("填写栏表头", HEI, 24, f'{_FORM}<w:jc w:val="center"/>', ""),
    "PageNumber": ("页码", SONG, 28, _LINES.format(line=280), ""),
    "PageMark": ("页眉标记", KAI, 21, f'{_TIGHT}<w:jc w:val="right"/>', ""),
}  # fmt: skip


def styles() -> str:
    """styles.xml."""
    return (
        f'{HEAD}<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr>{face(FANG)}<w:spacing w:val="-5"/>'
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>'
        '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'{_LINES.format(line=LINE)}<w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        f"{_ruled()}{''.join(_style(key) for key in STYLES)}</w:styles>"
    )


def _style(key: str) -> str:
    name, font, size, paragraph, character = STYLES[key]
    tight = '<w:spacing w:val="0"/>' if size < 32 else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{face(font)}{character}{tight}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _ruled() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    cells = '<w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
    return (
        '<w:style w:type="table" w:styleId="Ruled"><w:name w:val="公文表格"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>{cells}</w:tblCellMar></w:tblPr></w:style>"
    )


def settings() -> str:
    """settings.xml: odd and even footers, punctuation not compressed."""
    return (
        f'{HEAD}<w:settings {NS}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotExpandShiftReturn/>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def footer(side: str) -> str:
    """— 1 —: odd pages at the right, even pages at the left, one character from the edge (GB/T 9704-2012, 7.5)."""
    place = (
        '<w:ind w:right="280"/><w:jc w:val="right"/>'
        if side == "odd"
        else '<w:ind w:left="280"/><w:jc w:val="left"/>'
    )
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return (
        f'{HEAD}<w:ftr {NS}><w:p><w:pPr><w:pStyle w:val="PageNumber"/>{place}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{field}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def header(mark: str) -> str:
    """The word at the head of every page, such as 示例; an empty one is an empty line."""
    return f'{HEAD}<w:hdr {NS}><w:p><w:pPr><w:pStyle w:val="PageMark"/></w:pPr><w:r><w:t>{safe(mark)}</w:t></w:r></w:p></w:hdr>'


def section(*, landscape: bool = False) -> str:
    """Section properties. A lying table has its head at the binding side: the portrait margins turned by 90°."""
    refs = "".join(
        f'<w:{part}Reference w:type="{kind}" r:id="{part}_{kind}"/>'
        for part in ("header", "footer")
        for kind in ("default", "even")
    )
    if landscape:
        size, margins = 'w:w="16838" w:h="11906" w:orient="landscape"', (28, 37, 26, 35)
    else:
        size, margins = 'w:w="11906" w:h="16838"', (37, 26, 35, 28)
    top, right, bottom, left = (round(side * MM) for side in margins)
    foot = round(15 * MM) if landscape else FOOT
    return (
        f'<w:sectPr>{refs}<w:type w:val="nextPage"/><w:pgSz {size}/><w:pgMar w:top="{top}" w:right="{right}" '
        f'w:bottom="{bottom}" w:left="{left}" w:header="850" w:footer="{foot}" w:gutter="0"/></w:sectPr>'
    )


def section_end(*, landscape: bool = False) -> str:
    """An empty paragraph, as small as can be, that closes a section."""
    tiny = (
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>'
    )
    return f"<w:p><w:pPr>{tiny}{section(landscape=landscape)}</w:pPr></w:p>"
