"""The API of the room itself: signing in, the board, calls, incidents, commands, the feed, audio."""

from __future__ import annotations

import hmac
from typing import Annotated, Any

import msgspec
from twisted.internet import defer, threads
from twisted.logger import Logger
from twisted.web.server import NOT_DONE_YET

from console.http.access import COOKIE, Access, check_page, key_held
from console.http.answers import Done, Messages, Worded
from console.http.asker import client_address, cookie, secure
from console.http.parameters import Mark
from console.http.web import BAD_JSON, PUBLIC, Ask, Function, Problem, Reply, Route
from console.http.written import written
from console.live.feed import MESSAGES, BoardNow
from console.parts import Parts
from dispatch import events as ev
from dispatch.access.account_records import PublishedPassword
from dispatch.access.rights import EXPIRED, OpenAccess
from dispatch.commands import ALLOWED, DESK, RESPONDER, WATCHERS, Actor, AnyCommand, Id
from dispatch.commands import decode as decode_command
from dispatch.inputs import KeyUsed, Noted, Refused, Request
from dispatch.journal.replay import InForce, StoryStep, story_of
from dispatch.policy.incidents.notices import is_for_technicians
from dispatch.records import Assignment, Call, Incident
from dispatch.settings import SIP_REALM
from dispatch.states import OrderMode
from routing.bad_field import bad_body
from routing.text import CodedError

_WRITTEN_WITHIN = 5.0
_COOKIE_DAYS = 30
"""How long the browser keeps it; how long it opens anything is decided here, see access.py."""
log = Logger()


class SignIn(msgspec.Struct, frozen=True):
    """`unit`: chosen by a responder whose account has none."""

    user: Id
    password: Annotated[str, msgspec.Meta(max_length=200)]
    unit: Id = ""


class SignedIn(msgspec.Struct, frozen=True):
    """`unit`: the responder's, "" for the others."""

    user: str
    role: str
    unit: str


class Myself(msgspec.Struct, frozen=True):
    """Who asks; `now`: the room's clock, seconds since 1970."""

    user: str
    role: str
    unit: str
    now: float


class Since(msgspec.Struct, frozen=True):
    """`after`: the last entry that you have; left out: the stream begins with the whole board."""

    after: Mark | None = None


class CommandDone(msgspec.Struct, frozen=True):
    """`seq` of the last entry that came of the command, which is on the disk; `mark`: with the id of its journal."""

    seq: int
    mark: str


class CallNow(msgspec.Struct, frozen=True, kw_only=True):
    """`call`: null when it is off the board; `incident`: its id, "" for none; `steps`: what the journal tells of it,
    whose newest entry is `mark`; `catalogues`: in which words it was read (/api/v1/catalogues/{digest})."""

    call: Call | None
    incident: str
    mark: str
    steps: list[StoryStep]
    catalogues: list[InForce]


class IncidentNow(msgspec.Struct, frozen=True, kw_only=True):
    """An incident of the board, with those of its assignments and calls that are still there."""

    incident: Incident
    assignments: dict[str, Assignment]
    calls: dict[str, Call]


class SdpOffer(msgspec.Struct, frozen=True):
    """A WebRTC offer (RFC 8866) for the sound of a position."""

    position: Id
    sdp: str


class SdpAnswer(msgspec.Struct, frozen=True):
    """The switch's answer to an offer (RFC 8866)."""

    sdp: str


class Alive(msgspec.Struct, frozen=True):
    """The page of this position is there."""

    position: Id


class Whose(msgspec.Struct, frozen=True):
    """The position whose sound ends."""

    position: str = ""


class PhonePassword(msgspec.Struct, frozen=True, kw_only=True):
    """What a SIP phone is set up with: `sip` is its address; a password is shown once."""

    user: str
    password: str
    sip: str
    realm: str


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """`ok`: journal and switch go on. `journal`: why it is away, null when all is well; `faults`: the technicians'
    alarms; `stuck`: what stands still in the switch, and since how many seconds."""

    ok: bool
    faults: list[str]
    seq: int
    journal: Worded | None
    switch: bool
    stuck: dict[str, float]


def make_sign_in(access: Access) -> Function:
    """The route's function; `access` counts the tries."""

    async def sign_in(parts: Parts, ask: Ask) -> SignedIn:
        check_page(ask.request)
        given = ask.json(SignIn)
        address, now = client_address(ask.request), parts.room.now()
        access.count_try(given.user, address, parts.settings.people.sign_in_tries)
        try:
            account = await access.check_password(given.user, given.password)
        except PublishedPassword:
            parts.room.submit(Noted(ev.SignInRefused(at=now, user=given.user[:80], address=address)))
            raise Problem(403, "problem.demo-password") from None
        if account is None:
            parts.room.submit(Noted(ev.SignInRefused(at=now, user=given.user[:80], address=address)))
            raise Problem(401, "problem.wrong-password")
        unit = account.unit
        if account.role == RESPONDER and not unit:
            if given.unit not in parts.room.board.units:
                raise Problem(409, "problem.choose-unit")
            unit = given.unit
        access.forgive(given.user, address)
        secret = await access.open_session(account, unit)
        ask.request.addCookie(
            COOKIE, secret, path="/", httpOnly=True, sameSite="strict", secure=secure(ask.request),
            max_age=str(_COOKIE_DAYS * 86400),
        )  # fmt: skip
        parts.room.submit(Noted(ev.UserSignedIn(at=now, user=account.name, role=account.role, address=address)))
        return SignedIn(account.name, account.role, unit)

    return sign_in


async def sign_out(parts: Parts, ask: Ask) -> Done:
    await threads.deferToThread(parts.accounts.close_session, cookie(ask.request, COOKIE))
    ask.request.addCookie(COOKIE, "", path="/", max_age="0", httpOnly=True, sameSite="strict")
    parts.room.submit(Noted(ev.UserSignedOut(at=parts.room.now(), user=ask.actor.user)))
    parts.rights.look()
    return Done()


def who_am_i(parts: Parts, ask: Ask) -> Myself:
    actor = ask.actor
    return Myself(actor.user, actor.role, actor.unit, parts.room.now())


def board(parts: Parts, ask: Ask) -> BoardNow:
    return parts.feed.board(ask.actor)


def events(parts: Parts, ask: Ask) -> Reply:
    last = ask.request.getHeader("last-event-id") or ask.query(Since).after or ""
    # A mark of another journal, or of a future that was lost when a backup was put back, begins anew.
    parts.feed.open(ask.request, ask.actor, parts.room.board.marked(last))
    return NOT_DONE_YET


async def commands(parts: Parts, ask: Ask) -> CommandDone:
    try:
        command = decode_command(ask.body())
    except BAD_JSON as wrong:
        raise Problem(400, bad_body(wrong)) from None
    asked = ask.asked(ask.actor.user, msgspec.json.encode(command), parts.room.journal.keys.blind)
    try:
        given = Request(command, ask.actor, ago=ask.ago(parts.room.now()), asked=asked)
        seq = await written(parts, given, "problem.not-in-time", _WRITTEN_WITHIN)
    except KeyUsed as used:
        raise Problem.of(422, used) from None
    except Refused as refused:
        allowed = ask.actor.role in ALLOWED[type(command)]
        status = 503 if parts.room.trouble else 409 if allowed else 403
        raise Problem.of(status, refused) from None
    return CommandDone(seq, parts.room.board.mark(seq))


async def one_call(parts: Parts, ask: Ask) -> CallNow:
    name = ask.path["id"]
    story = await threads.deferToThread(story_of, parts.room.journal, name)
    if not story.steps:
        raise Problem(404, "problem.no-such-call", call=name)
    record = parts.room.board.calls.get(name)
    board = parts.room.board
    mark = board.mark(board.seq)
    return CallNow(
        call=record, incident=story.incident, mark=mark, steps=story.steps, catalogues=story.catalogues
    )  # fmt: skip


def one_incident(parts: Parts, ask: Ask) -> IncidentNow:
    board, name = parts.room.board, ask.path["id"]
    incident = board.incidents.get(name)
    if incident is None:
        raise Problem(404, "problem.no-such-incident", incident=name)
    jobs = {a: board.assignments[a] for a in incident.assignments if a in board.assignments}
    calls = {c: board.calls[c] for c in incident.calls if c in board.calls}
    return IncidentNow(incident=incident, assignments=jobs, calls=calls)


class AudioLegs:
    """The browsers' audio: a leg lives while its page says that it is there or sound comes from it, and while its
    position is open. A page that is not heard from may hang, or we do: the switch is asked, and cuts nobody who speaks.

    The page that placed a leg may keep it with a session that has ended since: then the screen asks for a password,
    and the caller notices nothing.
    """

    ALIVE = 15.0

    def __init__(self, who: Any) -> None:
        self._who = who
        self._heard: dict[str, float] = {}
        self._held: dict[str, OpenAccess] = {}

    def _own(self, parts: Parts, ask: Ask, position: str) -> None:
        seat = parts.room.board.positions.get(position)
        if seat is None or seat.user != ask.actor.user:
            raise Problem(409, "problem.sign-on-first")

    async def place(self, parts: Parts, ask: Ask) -> SdpAnswer:
        given = ask.json(SdpOffer)
        self._own(parts, ask, given.position)
        try:
            peer = client_address(ask.request)
            answer = await parts.audio.place(given.position, ask.actor.user, given.sdp, peer)
        except CodedError as wrong:
            raise Problem(502, wrong.text) from wrong
        except Exception as wrong:
            raise Problem(502, "problem.no-audio", detail=type(wrong).__name__) from wrong
        self._heard[given.position] = parts.reactor.seconds()
        self._hold(parts, given.position, ask.actor, key_held(ask.request))
        return SdpAnswer(answer)

    def _hold(self, parts: Parts, position: str, actor: Actor, key: str) -> None:
        def end(why: str) -> bool:
            seat = parts.room.board.positions.get(position)
            if why == EXPIRED:
                return True  # the screen asks for a password; its page keeps the sound, with the key that placed it
            if seat is not None and seat.call:
                return False  # somebody speaks; it ends with the call
            self._forget(parts, position)
            return True

        if position in self._held:
            parts.rights.release(self._held[position])
        self._held[position] = parts.rights.hold("audio", actor, key, end)

    def page_gone(self, parts: Parts, user: str) -> None:
        """Nobody shows this user's positions any more; those without a call are deaf from now on."""
        for seat in list(parts.room.board.positions.values()):
            if seat.user == user and seat.id in self._held and not seat.call:
                self._forget(parts, seat.id)

    async def alive(self, parts: Parts, ask: Ask) -> Done:
        key = key_held(ask.request)
        if not key:
            raise Problem(401, "problem.sign-in-first")
        check_page(ask.request)
        given = ask.json(Alive)
        known = self._held[given.position].key if given.position in self._held else ""
        if not hmac.compare_digest(known, key):
            # The room was started again while the sound went on, or its user has signed in again on the same page.
            seat = parts.room.board.positions.get(given.position)
            actor = await defer.maybeDeferred(self._who, ask.request)
            if seat and seat.leg and seat.media == "browser" and actor and actor.user == seat.user:
                self._hold(parts, given.position, actor, known := key)
        if not hmac.compare_digest(known, key):
            raise Problem(410, "problem.audio-over")
        self._heard[given.position] = parts.reactor.seconds()
        return Done()

    def end(self, parts: Parts, ask: Ask) -> Done:
        position = ask.query(Whose).position
        self._own(parts, ask, position)
        self._forget(parts, position)
        return Done()

    def _forget(self, parts: Parts, position: str) -> None:
        self._heard.pop(position, None)
        if position in self._held:
            parts.rights.release(self._held.pop(position))
        if not parts.audio.end(position) and position in parts.room.board.positions:
            self._order(parts, position)  # placed by the room before this one, so only the switch can end it

    def _order(self, parts: Parts, position: str, mode: OrderMode = "") -> None:
        now = parts.room.now()
        until = now + parts.settings.policy.order_for
        order = ev.OrderIssued(at=now, do="hangup", position=position, mode=mode, expires=until)
        parts.room.submit(Noted(order)).addErrback(lambda failure: log.failure("ending audio", failure))

    def look(self, parts: Parts) -> None:
        """Ends the legs of pages that are gone; called every few seconds."""
        now = parts.reactor.seconds()
        for seat in parts.room.board.positions.values():
            if seat.media == "browser" and seat.leg:
                self._heard.setdefault(seat.id, now)  # also those that were up before this room began
        for position, heard in list(self._heard.items()):
            mine = parts.room.board.positions.get(position)
            if mine is not None and now - heard <= self.ALIVE:
                continue
            try:
                if mine is not None and mine.leg:
                    self._heard[position] = now  # asked again while it says nothing
                    self._order(parts, position, "unheard")
                else:
                    self._forget(parts, position)
            except Exception:  # the other legs are looked at all the same, now and later
                log.failure("the audio of {position} could not be ended", position=position)


async def new_phone(parts: Parts, ask: Ask) -> PhonePassword:
    password = await threads.deferToThread(parts.accounts.new_phone_password, ask.actor.user, ask.actor.user)
    await parts.rights.look()
    seats = [p.id for p in parts.room.board.positions.values() if p.user == ask.actor.user]
    sip = f"sip:pos-{seats[0] if seats else 'P1'}@{parts.settings.switch.sip}"
    return PhonePassword(user=ask.actor.user, password=password, sip=sip, realm=SIP_REALM)


def health(parts: Parts, ask: Ask) -> Health:
    trouble, up = parts.room.trouble, parts.switch_up()
    faults = sorted(alarm.id for alarm in parts.room.board.alarms.values() if is_for_technicians(alarm))
    return Health(
        ok=not trouble and up, faults=faults, seq=parts.room.board.seq,
        journal=ask.worded(trouble) if trouble else None, switch=up, stuck=parts.switch_stuck(),
    )  # fmt: skip


def routes(access: Access, legs: AudioLegs) -> list[Route]:
    anybody: frozenset[str] = frozenset()
    keyed = ("Idempotency-Key", "Happened-Ago", "Happened-At")
    return [
        Route(
            "POST", "/api/v1/session", PUBLIC, make_sign_in(access), "Sign in; sets a cookie.", SignIn,
            refuses=(401, 403, 409, 429),
        ),
        Route("DELETE", "/api/v1/session", anybody, sign_out, "Sign out."),
        Route("GET", "/api/v1/session", anybody, who_am_i, "Who am I."),
        Route("GET", "/api/v1/board", anybody, board, "The status board now."),
        Route(
            "GET", "/api/v1/events", anybody, events, "The live feed, as server-sent events.", gives=Messages(MESSAGES),
            query=Since, headers=("Last-Event-ID",),
        ),
        Route(
            "POST", "/api/v1/commands", anybody, commands, "A typed request; answered with its seq.", AnyCommand,
            refuses=(409, 422, 503), headers=keyed, name="command",
        ),
        Route("GET", "/api/v1/calls/{id}", WATCHERS, one_call, "A call and its story."),
        Route("GET", "/api/v1/incidents/{id}", WATCHERS, one_incident, "An incident, its units and calls."),
        Route(
            "POST", "/api/v1/audio", DESK, legs.place, "A browser's WebRTC offer.", SdpOffer, refuses=(409, 502),
            name="place_audio",
        ),
        Route(
            "POST", "/api/v1/audio/alive", PUBLIC, legs.alive, "Keeps the audio, every 5 s.", Alive,
            refuses=(401, 403, 410), name="keep_audio",
        ),
        Route(
            "DELETE", "/api/v1/audio", DESK, legs.end, "Ends the audio.", query=Whose, refuses=(409,), name="end_audio"
        ),
        Route("POST", "/api/v1/phone", DESK, new_phone, "A password for my SIP phone, shown once."),
        Route("GET", "/healthz", PUBLIC, health, "Whether all is well."),
    ]  # fmt: skip
