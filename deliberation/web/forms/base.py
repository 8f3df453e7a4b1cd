"""The form every form is: keeps what was typed, shows a refusal at its field, answers 422 when shown again."""

from typing import Any

from flask import g, request
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import Field

from deliberation.domain.errors import Refusal
from deliberation.web.form_words import FormWords
from deliberation.web.languages import say


class Form(FlaskForm):
    """Use: `if form.submitted(): verb(...); return redirect(...)`, then render with `form.status`."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> FormWords:
            """WTForms' built-in messages, in both languages."""
            return FormWords()

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.refused: Refusal | None = g.pop("refusal", None)
        g.form = self

    def submitted(self) -> bool:
        """Sent and sound; False also when the verb has just refused it."""
        if request.method != "POST":
            return False
        sound = self.validate()
        for field in self:
            field.errors = [str(error) if isinstance(error, LazyString) else error for error in field.errors]
        if self.refused is None:
            return sound
        self._show(self.refused)
        return False

    def _show(self, refusal: Refusal) -> None:
        message = say(refusal.said)
        field: Field | None = self._fields.get(refusal.field or "")
        if field is not None:
            field.errors = [*field.errors, message]
        else:
            self.form_errors.append(message)

    @property
    def status(self) -> int:
        """200 when first shown; 422 (or what the refusal says) when shown again with faults."""
        if self.refused is not None:
            return self.refused.status
        return 422 if request.method == "POST" else 200
