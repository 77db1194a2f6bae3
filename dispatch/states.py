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
