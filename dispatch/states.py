"""The states and kinds that events, commands and records name. "" where one stands for none."""

from __future__ import annotations

from typing import Literal

# -- calls
CallState = Literal["queued", "accepted", "talking", "transferred", "ended"]
EndedBy = Literal["", "caller", "centre", "failure"]
Direction = Literal["in", "out"]
Media = Literal["audio", "text", "audio text"]
Disposition = Literal["emergency", "information", "prank", "ghost", "test"]
Priority = Literal["ecall", "pressed", "called_back"]
"""Why a call is answered before ordinary ones."""
PastOutcome = Literal["", "unheard", "lost", "heard", "emergency", "information", "prank", "ghost", "test"]
MemberKind = Literal["position", "party"]
Mode = Literal["dialling", "talk", "muted", "listen", "whisper", "held"]
"""What a member of a conversation does there; dialling: it is not there yet."""
PartyMode = Literal["talk", "muted", "held"]
SupervisorMode = Literal["listen", "whisper", "talk"]
Via = Literal["rtt", "message", "link"]
"""The way a written line takes."""
PromptSound = Literal["silent", "ghost", "hold_on"]

# -- orders to the switch
OrderKind = Literal[
    "connect", "mode", "leave", "dial", "place", "hangup", "ring", "play", "dtmf", "text", "canary", "msd", "inform"
]
OrderMode = Literal["", "talk", "muted", "held", "barge", "listen", "whisper", "unheard"]
CanaryWay = Literal["out", "back"]

# -- positions
PositionMedia = Literal["browser", "phone"]
PositionMode = Literal["", "talk", "muted", "listen", "whisper", "held"]
Away = Literal["", "page", "locked", "ended", "rights"]

# -- incidents
IncidentState = Literal["open", "closed"]
AssignmentState = Literal["assigned", "acknowledged", "en_route", "on_scene", "clear", "released"]
Progress = Literal["en_route", "on_scene", "clear"]
ProgressTold = Literal["acknowledged", "en_route", "on_scene", "clear"]
UnitStatus = Literal["available", "busy", "off_duty"]
Stops = Literal["all", "cars"]
"""Whom a closed street stops."""

# -- neighbouring centres
AlertState = Literal["open", "withdrawn", "closed"]
AlertWhy = Literal["", "across", "unsure", "near", "asked"]
AlertAnswer = Literal["send", "take", "keep", "not_ours"]

# -- notices, the caller's page, the centre itself
Channel = Literal["sms", "whatsapp", "technician", "centre"]
LinkChannel = Literal["sms", "whatsapp"]
NoticeState = Literal["waiting", "failed", "sent", "given_up"]
Consent = Literal["location", "photos", "chat"]
PhotoType = Literal["image/jpeg", "image/png", "image/webp"]
AlarmLevel = Literal["warning", "critical"]
Process = Literal["room", "switch"]

# -- how states follow each other
TRANSITIONS: dict[str, dict[str, frozenset[str]]] = {
    name: {state: frozenset(later.split()) for state, later in table.items()}
    for name, table in {
        "call": {
            "": "queued accepted",  # accepted: a call of ours, which its call-taker has from the first moment
            "queued": "accepted talking transferred ended",
            "accepted": "queued talking transferred ended",
            "talking": "queued transferred ended",
            "transferred": "queued talking ended",
            "ended": "",
        },
        "reference": {
            "": "due",
            "due": "told given_up",
            "told": "due",
            "given_up": "due",
        },
        "location_link": {
            "": "open",
            "open": "closed",
            "closed": "open",
        },
        "incident": {
            "": "open",
            "open": "closed",
            "closed": "",
        },
        "assignment": {
            "": "assigned",
            "assigned": "acknowledged en_route on_scene clear released",
            "acknowledged": "en_route on_scene clear released",
            "en_route": "on_scene clear released",
            "on_scene": "clear released",
            "clear": "",
            "released": "",
        },
        "unit": {
            "": "available",
            "available": "busy off_duty",
            "busy": "available off_duty",
            "off_duty": "available busy",
        },
        "alert": {
            "": "open",
            "open": "withdrawn closed",
            "withdrawn": "open closed",
            "closed": "open withdrawn",  # only one that a neighbour told us of
        },
        "notice": {
            "": "waiting",
            "waiting": "failed sent given_up",
            "failed": "waiting sent given_up",
            "sent": "",
            "given_up": "",
        },
    }.items()
}
"""For each kind of thing what each of its states may become; "": it begins. docs/states.md is drawn from it
(deploy/states.py)."""
