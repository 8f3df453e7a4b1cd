"""The form that has an edition built."""

from wtforms import HiddenField

from deliberation.web.forms.base import Form


class BuildForm(Form):
    """Which edition."""

    edition = HiddenField(default="public")
