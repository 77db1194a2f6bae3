"""The pages: Jinja2 templates, both languages, and the page each role begins with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from twisted.internet import defer
from twisted.python.failure import Failure
from twisted.web import resource
from twisted.web.server import NOT_DONE_YET, Request
from twisted.web.util import redirectTo

from console.http.access import Access, is_foreign, is_visit
from console.http.asker import LANGUAGE_COOKIE, chosen_language, secure
from console.parts import Parts
from dispatch.catalogue import digest_of, languages, named, words
from dispatch.commands import (
    ADMIN,
    ALLOWED,
    AUDITOR,
    DESK,
    DISPATCHER,
    PROGRAMS,
    RESPONDER,
    ROLES,
    SUPERVISOR,
    Actor,
)
from dispatch.process.demo import DEMO_ACCOUNTS, PASSWORD

HERE = Path(__file__).parent.parent
_PAGES = {
    "console": DESK,
    "unit": {RESPONDER},
    "audit": {AUDITOR, SUPERVISOR},
    "supervisor": {SUPERVISOR, DISPATCHER},
    "admin": {ADMIN},
}


def home_of(role: str) -> str:
    """Where this role begins; "" for one that has no page, such as a tracker."""
    return next((f"/{page}" for page, roles in _PAGES.items() if role in roles), "")


def may(actor: Actor) -> dict[str, list[str]]:
    """What a page's user may do: the names of `commands`, other `pages` by their names; `roles`: what accounts can be
    made for, told to whoever makes them."""
    return {
        "commands": [kind.__name__ for kind, roles in ALLOWED.items() if actor.role in roles],
        "pages": [page for page, roles in _PAGES.items() if actor.role in roles],
        "roles": [role for role in ROLES if role not in PROGRAMS] if actor.role == ADMIN else [],
    }


def offered() -> list[dict[str, str]]:
    """The languages in the order in which a page's switch goes through them."""
    return [
        {"id": one, "name": words(one)["language.name"], "locale": words(one)["language.locale"]} for one in languages()
    ]


class Page(resource.Resource):
    """One template: sign_in, console, supervisor, unit, audit or admin; "" for the page that sends everybody home."""

    isLeaf = True

    def __init__(self, parts: Parts, access: Access, template: str) -> None:
        super().__init__()
        self._parts, self._access, self._template = parts, access, template
        loader = jinja2.FileSystemLoader(HERE / "templates")
        self._jinja = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)

    def render_GET(self, request: Request) -> int:
        asked = (request.args.get(b"lang") or [b""])[0].decode("ascii", "replace")
        if asked in languages() and is_visit(request) and not is_foreign(request):
            year = str(365 * 86400)
            request.addCookie(LANGUAGE_COOKIE, asked, path="/", max_age=year, sameSite="strict", secure=secure(request))
        lang = asked if asked in languages() else chosen_language(request)
        gone: list[Failure] = []
        request.notifyFinish().addErrback(gone.append)
        found = defer.Deferred.fromCoroutine(self._visitor(request))
        found.addCallback(self._show, request, lang, gone)
        found.addErrback(lambda failure: request.processingFailed(failure))
        return NOT_DONE_YET

    async def _visitor(self, request: Request) -> Actor | None:
        who = self._access.who_visits(request)
        return await who if isinstance(who, defer.Deferred) else who

    def _show(self, actor: Actor | None, request: Request, lang: str, gone: list[Failure]) -> None:
        if gone:
            return
        if actor is not None and not home_of(actor.role):
            actor = None  # a program's role: people sign in as somebody else
        if self._template == "sign_in" and actor is None:
            body = self._filled(lang, None)
        elif actor is None or not self._template or actor.role not in _PAGES.get(self._template, ()):
            body = redirectTo((home_of(actor.role) if actor else "/sign-in").encode(), request)
        else:
            body = self._filled(lang, actor)
        request.setHeader("Content-Type", "text/html; charset=utf-8")
        request.setHeader("Cache-Control", "no-store")
        request.write(body)
        request.finish()

    def _filled(self, lang: str, actor: Any) -> bytes:
        city, settings = self._parts.city, self._parts.settings
        user = {"name": actor.user, "role": actor.role, "unit": actor.unit} if actor else None
        demo = [{**one, "password": PASSWORD} for one in DEMO_ACCOUNTS] if settings.demo and actor is None else []
        units = sorted(self._parts.room.board.units) if demo else []
        note = city.note if settings.demo else {}
        given = {
            "template": self._template,
            "lang": lang,
            "zone": city.time_zone,
            "texts": words(lang),
            "user": user,
            "next": offered()[(languages().index(lang) + 1) % len(languages())],
            "city": {"name": named(city.names, lang), "note": named(note, lang)},
            "demo": settings.demo,
            "demo_accounts": demo,
            "demo_units": units,
            "page": {
                "lang": lang,
                "languages": offered(),
                "demo": settings.demo,
                "words": {one: digest_of(one) for one in languages()},
                "city": city.names,
                "note": note,
                **({**user, "may": may(actor)} if user else {}),
            },
        }
        return self._jinja.get_template(f"{self._template}.html").render(**given).encode()
