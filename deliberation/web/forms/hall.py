"""Forms of the hall: a photo or recording kept or taken back, a recorder's file brought home."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, StringField

from deliberation.web.forms.base import Form


class KeepForm(Form):
    """A photo or recording."""

    file = FileField(_("照片或录音"))
    note = StringField(_("说明"))


class TakeBackForm(Form):
    """Why a photo or recording is taken back."""

    reason = StringField(_("为什么撤下"))


class BringForm(Form):
    """A saved recorder or a filled-in table."""

    file = FileField(_("选择文件"))


class BringSureForm(Form):
    """What was looked at is to come in; a file that does not say which meeting it is of needs a tick."""

    token = HiddenField()
    this_meeting = BooleanField(_("我核对过，就是这次会议的记录"))
