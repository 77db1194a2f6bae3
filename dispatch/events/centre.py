"""The centre itself: alarms, looks, people, processes."""

from __future__ import annotations

from dispatch.events.base import Event


class AlarmRaised(Event):
    """`level`: warning or critical; the texts say what to do."""

    alarm: str
    level: str
    text_id: str
    text_en: str
    incident: str = ""


class AlarmCleared(Event):
    alarm: str
    by: str = ""


class CameraViewed(Event):
    camera: str
    by: str
    incident: str = ""


class RecordingPlayed(Event):
    digest: str
    call: str
    by: str


class CallReplayed(Event):
    call: str
    by: str


class JournalRead(Event):
    by: str
    after: int


class JournalVerified(Event):
    by: str
    intact: bool
    first_broken: int = 0
    detail: str = ""


class UserSignedIn(Event):
    user: str
    role: str
    address: str = ""


class UserSignedOut(Event):
    user: str


class SignInRefused(Event):
    user: str
    address: str = ""


class AccountChanged(Event):
    """`skills`: those that were written with it; none when they stay as they were."""

    user: str
    role: str
    by: str
    removed: bool = False
    skills: tuple[str, ...] = ()


class SwitchConnected(Event):
    boot: str


class SwitchLost(Event):
    boot: str


class TrunkLost(Event):
    """`trunk`: its address in the setting `trunk_watch`."""

    trunk: str
    why: str = ""


class TrunkBack(Event):
    trunk: str


class RoomStarted(Event):
    version: str = ""


class CommandRefused(Event):
    """`why` in English, `why_id` in Bahasa Indonesia, both with what to do."""

    command: str
    by: str
    why: str
    why_id: str = ""
