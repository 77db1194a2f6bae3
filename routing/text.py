"""A sentence by its code: what a ranking, an event, a refusal or an alarm says, before it is put into a language.

The words stand in the catalogue (dispatch/catalogue.py), one file a language, for Python and the pages alike.
"""

from __future__ import annotations

import msgspec


class Text(msgspec.Struct, frozen=True, omit_defaults=True):
    """`code`: the message's name in the catalogue, family first (`alarm.trunk-down`). `params`: what fills its blanks:
    names and numbers as they are (metres, seconds, degrees), other texts, or several of them for a list."""

    code: str
    params: dict[str, Param] = {}


Param = str | int | float | Text | tuple[Text | str, ...]


def text(code: str, **params: Param) -> Text:
    return Text(code, params)


class CodedError(ValueError):
    """An error that reaches people: `text` says what was wrong and what to do, as a whole sentence."""

    def __init__(self, code: str, /, **params: Param) -> None:
        super().__init__(code, params)
        self.text = Text(code, params)
