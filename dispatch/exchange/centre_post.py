"""The way to a neighbouring centre: one POST with the token that it gave us, taken or not taken.

Tokens lie in the data folder's `centres.toml`, mode 0600: `bintan = "…"`, one line for each centre of centres.csv.
"""

from __future__ import annotations

import contextlib
import stat
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import msgspec

from routing.city.centres import Centre
from routing.text import Text, text

TOKENS = "centres.toml"
MEDIA_TYPE = "application/emergency.eido+json"
_WITHIN = 6.0
_ANSWER_BYTES = 20_000


class _Never(urllib.request.HTTPRedirectHandler):
    """A token goes where the city's file says, and nowhere else."""

    def redirect_request(self, *args: Any) -> None:
        return None


class CentrePost:
    """`tokens`: by centre."""

    def __init__(self, centres: dict[str, Centre], tokens: dict[str, str]) -> None:
        self._centres, self._tokens = centres, tokens
        self._open = urllib.request.build_opener(_Never).open

    def send(self, centre: str, path: str, body: dict[str, Any]) -> Text | None:
        """Blocking, some seconds. None when it was taken, else why not; never with the token or the address
        in it."""
        known, token = self._centres.get(centre), self._tokens.get(centre)
        if known is None or not known.url:
            return text("why.centre-no-url", centre=centre)
        if not token:
            return text("why.centre-no-token", centre=centre, file=TOKENS)
        request = urllib.request.Request(known.url + path, msgspec.json.encode(body), method="POST")
        request.add_header("Content-Type", "application/json" if path else MEDIA_TYPE)
        request.add_header("Authorization", f"Bearer {token}")
        request.add_header("Accept-Language", "en")
        try:
            with self._open(request, timeout=_WITHIN) as answer:
                answer.read(_ANSWER_BYTES)
            return None
        except urllib.error.HTTPError as wrong:
            if said := _said(wrong):
                return text("why.centre-said", centre=centre, code=wrong.code, said=said)
            return text("why.centre-answered", centre=centre, code=wrong.code)
        except (OSError, ValueError) as wrong:
            reason = getattr(wrong, "reason", wrong)
            return text("why.centre-not-reached", centre=centre, detail=type(reason).__name__)


def _said(wrong: urllib.error.HTTPError) -> str:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return str(msgspec.json.decode(wrong.read(_ANSWER_BYTES))["error"]["text"])[:120]
    return ""


def read_tokens(folder: Path, centres: dict[str, Centre]) -> tuple[dict[str, str], list[Text]]:
    """(tokens, complaints)."""
    file = folder / TOKENS
    asked = sorted(one.id for one in centres.values() if one.url)
    if not asked:
        return {}, []
    try:
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            return {}, [text("file.others-can-read", file=TOKENS)]
        found = msgspec.convert(tomllib.loads(file.read_text("utf-8")), dict[str, str])
    except (OSError, ValueError) as wrong:  # both name keys, not values
        detail = type(wrong).__name__
        return {}, [text("tokens.unreadable", file=TOKENS, detail=detail, centres=tuple(asked))]
    missing = tuple(name for name in asked if not found.get(name))
    return found, [text("tokens.missing", file=TOKENS, centres=missing)] if missing else []
