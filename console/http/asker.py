"""What a request says of who sends it: address, cookies, language."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from twisted.web.server import Request

from dispatch.catalogue import FIRST, languages

LANGUAGE_COOKIE = "siaga_lang"
_ALSO = {"in": "id", "ms": "id", "jv": "id", "su": "id"}
"""Old Android calls Indonesian "in"; who reads Malay, Javanese or Sundanese reads Indonesian."""


def client_address(request: Request) -> str:
    """The person's address; a proxy on this machine may speak for somebody else (X-Forwarded-For, last entry)."""
    direct = getattr(request.getClientAddress(), "host", "") or ""
    forwarded = request.getHeader("x-forwarded-for")
    if forwarded and (direct.startswith("127.") or direct == "::1"):
        return forwarded.split(",")[-1].strip()[:60]
    return direct


def secure(request: Request) -> bool:
    direct = getattr(request.getClientAddress(), "host", "") or ""
    behind_proxy = direct.startswith("127.") and request.getHeader("x-forwarded-proto") == "https"
    return bool(request.isSecure() or behind_proxy)


def cookie(request: Request, name: str) -> str:
    try:
        jar = SimpleCookie(request.getHeader("cookie") or "")
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def chosen_language(request: Request) -> str:
    """The one that was chosen on our pages, else the city's."""
    kept = cookie(request, LANGUAGE_COOKIE)
    return kept if kept in languages() else FIRST


def browser_language(request: Request) -> str:
    """Of ours the one that the browser names first (RFC 9110, 12.5.4), else the city's."""
    for word in (request.getHeader("accept-language") or "").lower().split(",")[:10]:
        named = word.split(";")[0].strip().split("-")[0]
        named = _ALSO.get(named, named)
        if named in languages():
            return named
    return FIRST


def language_of(request: Request) -> str:
    """For an answer that a person or a program reads: as chosen on our pages, else as the browser asks."""
    return chosen_language(request) if cookie(request, LANGUAGE_COOKIE) in languages() else browser_language(request)
