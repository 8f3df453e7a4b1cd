"""Forms of the page where a preview is corrected; one for the step, one for a scan that becomes numbered empty articles."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional

from deliberation.web.forms.base import Form


class StepForm(Form):
    """One step at one block; every little form of the page sends some of these."""

    revision = HiddenField()
    eid = HiddenField()
    place = StringField(_("从哪几个字起分开"))
    kind = SelectField(_("改作"), validate_choice=False)
    number = StringField(_("编号"))
    label = StringField(_("编号（照原文）"))
    heading = StringField(_("标题（照原文）"))
    text = TextAreaField(_("文字（照原文）"))


class ScanForm(Form):
    """A scan or photograph, and how many articles it shows."""

    scan = FileField(_("扫描件或照片"), render_kw={"accept": ".pdf,.jpg,.jpeg,.png"})
    articles = IntegerField(
        _("一共多少条"),
        [
            InputRequired(_("请数一数扫描件里一共多少条，填写数字。")),
            NumberRange(1, 1500, _("请填 1 到 1500 之间的数。")),
        ],
    )
    chapters = StringField(_("各章从第几条开始"), [Optional()])
    title = StringField(_("标题"))
    stage = StringField(_("稿次"))
