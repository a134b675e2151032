"""The form that a driver's results are filtered with; it works without a script."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.record import FILTERS, WHATS, Question, Record
from racing import words


class ResultsForm(forms.Form):
    """Selects of what there is to ask a record for, set to what is asked for now.

    A filter without values is left out.
    """

    def __init__(self, record: Record, question: Question):
        super().__init__(initial=question.parameters, label_suffix="")
        named = [(what, capfirst(words.noun(what, None))) for what in WHATS]
        self.fields["what"] = _choice(_("Show"), _("All races"), named)
        labels = {
            "series": (_("Series"), _("All series")),
            "season": (_("Season"), _("All seasons")),
            "circuit": (_("Circuit"), _("All circuits")),
            "team": (_("Team"), _("All teams")),
            "class": (_("Class"), _("All classes")),
        }
        for name in FILTERS:
            if record.choices[name]:
                self.fields[name] = _choice(*labels[name], record.choices[name])


def _choice(label, everything, choices):
    return forms.ChoiceField(
        label=label, choices=[("", everything), *choices], required=False
    )
