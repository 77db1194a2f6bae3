"""Why something was not fetched: each text of the families `camera` and `reference` names the remedy, and none an
address or a password. Pure."""

from __future__ import annotations

from routing.text import Param, Text


class NotFetched(Exception):
    """What was asked for cannot be had, or not used. `kind`: the word for it in both families."""

    def __init__(self, kind: str, **params: Param) -> None:
        super().__init__(kind, params)
        self.kind, self.params = kind, params

    def of(self, family: str) -> Text:
        return Text(f"{family}.{self.kind}", self.params)
