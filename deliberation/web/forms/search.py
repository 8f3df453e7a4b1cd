"""The search box: a GET form, so that a result has an address."""

from flask_babel import lazy_gettext as _
from wtforms import Form as Plain
from wtforms import HiddenField, SearchField

from deliberation.web.form_words import FormWords


class SearchForm(Plain):
    """Words, and perhaps the consultation to stay in."""

    class Meta:
        def get_translations(self, form: object) -> FormWords:
            return FormWords()

    words = SearchField(_("找什么"), id="sought")
    within = HiddenField()
