"""The centre itself: alarms, looks, people, processes."""

from __future__ import annotations

from typing import Annotated

from dispatch.events.base import Event
from dispatch.personal import PERSONAL
from dispatch.states import AlarmLevel, Process
from routing.text import Text


class AlarmRaised(Event):
    """`level`: warning or critical; `text` says what to do. `call`: whose caller it names; `alert`: of which it
    tells."""

    alarm: str
    level: AlarmLevel
    text: Annotated[Text, PERSONAL]
    incident: str = ""
    call: str = ""
    alert: str = ""


class AlarmCleared(Event):
    alarm: str
    by: str = ""


class DraftDiscarded(Event):
    """Somebody threw away what was written and not sent: a form (`kind` form), a note or an answer to a caller."""

    draft: str
    by: str
    kind: str
    words: Annotated[str, PERSONAL]
    call: str = ""
    incident: str = ""


class DraftRestored(Event):
    draft: str
    by: str
    call: str = ""
    incident: str = ""


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
    """`faults`: how many of each kind (dispatch/journal/verification.py)."""

    by: str
    intact: bool
    faults: dict[str, int] = {}


class Erased(Event):
    """What was recorded of a call or an incident was erased because the law says so: the keys of `subjects` are
    deleted with this entry, which opens nothing any more that was sealed for them before it (dispatch/journal/keys.py);
    `digests`: of the files that go, SHA-256 hex. `rule`: the provision, `letter`: the number of the decision that
    ordered it."""

    rule: str
    letter: str
    by: str
    call: str = ""
    incident: str = ""
    subjects: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()


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
    """`skills`: those that were written with it; none when they stay as they were. `seal`: digest of the whole account
    as it is since then (dispatch/access/accounts.py). `number`: of the change, counted by the accounts' table, also of
    changes made while no room ran."""

    user: str
    role: str
    by: str
    removed: bool = False
    skills: tuple[str, ...] = ()
    unit: str = ""
    seal: str = ""
    number: int = 0


class SwitchConnected(Event):
    boot: str


class SwitchLost(Event):
    boot: str


class TrunkLost(Event):
    """`trunk`: its address in the setting `trunk_watch`."""

    trunk: str
    why: Text


class TrunkBack(Event):
    trunk: str


class RoomStarted(Event):
    """`journal`: the id that this entry and those after it have. `kernel`, `origin`: which start of the machine, and
    its stamp by today's clock (seconds since 1970). `patience`: seconds in which whoever could not be heard while there
    was no room is not yet late."""

    version: str = ""
    journal: str = ""
    kernel: str = ""
    origin: float = 0.0
    patience: float = 0.0


class CatalogueInForce(Event):
    """From here on people read codes in these words: `digest` is the SHA-256 of the catalogue's file of that `language`
    (dispatch/locale), which is kept in the data folder under that name; "": there are no words of it any more."""

    language: str
    digest: str


class ClockStepped(Event):
    """The wall clock of a machine was set by `seconds`, backward when negative. `of`: room or switch, who noticed. What
    the room still waits for is told by the new clock from here on."""

    of: Process
    seconds: float


class ProcessStalled(Event):
    """The `of` (room or switch) did not run for `seconds`; nobody is late by them."""

    of: Process
    seconds: float


class CommandRefused(Event):
    """`text`: why, and what to do instead. `about`: the incident or the call that it was about."""

    command: str
    by: str
    text: Annotated[Text, PERSONAL]
    about: str = ""
