"""Messages whose codes are put together at run time: each beginning, as the code has it, with every word that can
follow it. What can be asked is asked of the program; the rest is listed."""

from __future__ import annotations

from typing import get_args

from console.api.queues import _COLUMNS
from console.pages.pages import _PAGES
from dispatch import states
from dispatch.commands import ROLES
from dispatch.events import EVENTS
from dispatch.policy.places.best_location import FLAGS
from routing.city.contacts import KINDS

_WINDS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
_NOTICES = (*get_args(states.NoticeState), "demo_only")
_ANSWERS, _JOBS = get_args(states.AlertAnswer), get_args(states.AssignmentState)
_WHYS = tuple(why for why in get_args(states.AlertWhy) if why)
_DOUBTS = ("jump", "inaccurate", "clock", "silent", "frozen")
_OTHERWISE = {
    "CallScored.suspected", "CallPlaced.back", "PartyDialled.blind", "CallTakenOver.before", "DtmfReceived.party",
    "DtmfSent.party", "SilenceNoted.heard", "NoticeSent.demo", "NoticeFailed.again", "LinkConsented.withdrawn",
    "RecordingIncomplete.running", "SoundStrayed.heard", "PlaceDoubted.outside", "PlaceAliasAdded.learnt",
    "StreetReopened.by", "ConditionsSet.by", "WaysReviewed.changed",
}  # fmt: skip

FAMILIES: dict[str, tuple[str, ...]] = {
    "agency.": ("police", "fire", "health", "sar", "bpbd"),
    "ago.": ("days", "hours", "minutes"),
    "alarm.": ("way-cut-off-instead", "way-longer-instead"),
    "alarm.spool-": ("gone", "deleted", "exchanged", "cut", "written"),
    "alarm.stalled-": get_args(states.Process),
    "alert-why.": tuple(f"{why}-{whose}" for why in _WHYS for whose in ("yours", "ours")),
    "alert_answer.": _ANSWERS,
    "alert_state.": get_args(states.AlertState),
    "alert_why.": _WHYS,
    "alert_why_us.": _WHYS,
    "answer.": _ANSWERS,
    "audio.": ("off", "elsewhere", "connecting", "up", "broken"),
    "away.": tuple(why for why in get_args(states.Away) if why),
    "camera.": (
        "address", "name", "not-allowed", "login", "http", "redirects", "too-big", "not-playlist", "segments",
        "not-jpeg", "not-h264", "broken", "ended", "unreachable", "program",
    ),
    "canary.not-": ("rang", "answered", "call", "heard_out", "heard_back"),
    "capability.": (
        "fire", "water-tank", "ambulance", "advanced", "first-response", "police", "traffic", "crowd", "rescue",
        "water-rescue", "boat", "animal", "disaster",
    ),
    "channel.": get_args(states.Channel),
    "closing.": ("line", "area", "point"),
    "closing.why.": ("flood", "tree", "fire", "crash", "event", "works"),
    "drawn.": ("line", "area", "point"),
    "column.": _COLUMNS,
    "conditions.": ("night", "rush-hour", "rain", "low-water", "high-water"),
    "consent.": get_args(states.Consent),
    "contact.": KINDS,
    "cover.": ("good", "fair", "poor", "bare"),
    "damage.": ("chain", "recording", "photo", "message", "catalogue", "keys", "account", "index"),
    "disp.": get_args(states.Disposition),
    "do.": tuple(kind for kind in get_args(states.OrderKind) if kind != "canary"),
    "doubt.": _DOUBTS,
    "draft.kind.": ("form", "note", "answer"),
    "ended_by.": tuple(by for by in get_args(states.EndedBy) if by),
    "event.": (*EVENTS, *sorted(_OTHERWISE)),
    "expected.": (
        "at-least", "at-most", "above", "below", "letters-least", "letters-most", "letters-just", "items-least",
        "items-most", "items-just",
    ),
    "fault.": (
        "chain-missing", "chain-order", "chain-changed", "chain-unreadable", "gone", "changed", "unreadable", "kept",
        "account-changed", "account-unknown", "account-gone", "index-changed", "chain-foreign", "keys-gone",
        "keys-changed", "keys-kept",
    ),
    "fix.clock-": ("ahead", "behind", "days-ahead", "days-behind"),
    "gate.": (
        "stranger", "full", "source_full", "reserved", "source_rate", "overload", "unacked", "lines", "others",
        "foreign",
    ),
    "gps.": ("off", "on", "refused"),
    "joined.": get_args(states.SupervisorMode),
    "kept.": ("recording", "photo", "message", "catalogue"),
    "layer.": (
        "units", "resting", "calls", "cameras", "closures", "coverage", "places", "incidents", "names",
    ),
    "leg.": ("caller", "call-taker", "alternate", "supervisor"),
    "limit.": ("max-calls", "rtp-ports", "library", "open-files"),
    "mode.": get_args(states.Mode),
    "next.": ("assigned", "acknowledged", "en_route", "on_scene", "clear"),
    "our_answer.": _ANSWERS,
    "overflow.": ("wrap-up", "anybody", "phones", "alternate-centre"),
    "place-doubt.": ("theirs-at-sea", "outside-at-sea"),
    "place-from.": ("device", "stated", "network", "subscriber", "cell", "registered"),
    "place.data.": ("ProviderInfo", "ServiceInfo", "DeviceInfo", "SubscriberInfo", "Comment"),
    "place.flag.": tuple(sorted(FLAGS)),
    "place.method.": ("Cell", "802-11", "gazetteer", "table", "civic"),
    "place.source.": (
        "pidf-lo", "held", "reference", "aml", "link", "ecall", "operator", "subscriber", "cell",
    ),
    "place_kind.": (
        "airport", "bank", "beach", "church", "clinic", "food", "fuel", "government", "harbour", "hospital", "hotel",
        "island", "km", "landmark", "market", "mosque", "park", "quarter", "school", "shop", "sport", "temple",
        "transport", "street", "crossing", "coordinates", "pluscode", "alias", "learnt", "water",
    ),
    "propulsion.": ("gasoline", "diesel", "cng", "lpg", "electric", "hydrogen", "other"),
    "reason.doubt-": _DOUBTS,
    "reference.": (
        "name", "address", "not-allowed", "ended", "too-big", "too-late", "http", "elsewhere", "redirects",
    ),
    "role.": ROLES,
    "seat.": ("talking", "joined", "ready", "wrap_up", "not_ready", "no_audio"),
    "sent_link.": _NOTICES,
    "service.": ("sos", "sos.police", "sos.fire", "sos.ambulance", "sos.marine", "sos.mountain",
                 "sos.ecall.automatic", "sos.ecall.manual", "test.sos"),
    "shield.": ("prank", "ghost"),
    "shield.spared-": ("ecall", "pressed", "called-back", "located", "emergency", "pressed-before"),
    "side.": _WINDS,
    "sip.": ("403", "404", "408", "480", "486", "487", "488", "500", "503", "600", "603"),
    "sound-end.": ("caller", "position", "party", "sound", "recorder", "canary", "unknown"),
    "state.": _JOBS,
    "status.": get_args(states.UnitStatus),
    "switch-part.": ("word", "sip", "queue", "sound"),
    "tile.": ("connecting", "live", "frozen", "unreachable", "refused"),
    "title.": ("sign_in", *_PAGES),
    "travel.": ("station", "night", "away", "rolling"),
    "turn.": ("straight", "bear-right", "bear-left", "turn-right", "turn-left", "back"),
    "type.": ("int", "float", "str", "bool", "null", "object", "array"),
    "unready.": tuple(one for one in get_args(states.UnitStatus) if one != "available"),
    "urgent.": get_args(states.Priority),
    "vehicle.": ("M", "N", "L", "S", "o"),
    "via.": get_args(states.Via),
    "weather.from.": ("hand", "table"),
    "weekday.": ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "what-if.": (
        "recomputed", "period", "taken", "differences", "as-recorded", "points", "head-policy", "head-incidents",
        "head-mean", "head-median", "head-p90", "head-late", "head-mean-differs", "head-late-differs",
        "head-by-capability", "head-by-district", "head-differs-most", "head-type", "head-called", "incident",
        "as-it-was", "job",
    ),
    "what-if.left-": ("out", "nowhere", "nobody", "called-off", "not-done", "neighbour", "unknown"),
    "why.": (*get_args(states.Priority), *_WHYS),
    "wind.": _WINDS,
}  # fmt: skip
NO_TEXTS = {"drafts.", "form.", "gone.", "note.", "siaga.words.", "sos.ecall."}
"""Beginnings of names that look like codes and are none."""
WITHIN = {"service.sos.", "fix.clock-days-"}
"""Beginnings that are within a family already."""
FILES = {
    "city.toml", "subscribers.csv", "journal.db", "mqtt.secret", "switch.lock", "switch.sock", "run.lock", "siaga.toml",
    "siaga.reports",
}  # fmt: skip
"""Names of files that look like codes."""
