"""The frozen records that the board's tables hold; their JSON is what consoles and programs see."""

from __future__ import annotations

from dispatch.records.aliases import Learnt
from dispatch.records.callers import CallerHistory, PastCall
from dispatch.records.calls import AdditionalData, Call, Callback, Member, Recording, Reference, Unclaimed, WrittenLine
from dispatch.records.canary import Canary
from dispatch.records.centre import Alarm, Asked, Deadline, Order
from dispatch.records.handover import GivenReference
from dispatch.records.incidents import Assignment, Incident, Note, Unit
from dispatch.records.location_link import Asking, Link, Photo
from dispatch.records.neighbours import Alert
from dispatch.records.notices import Notice
from dispatch.records.positions import Position
from dispatch.records.queues import QueueHour, queue_hour_id
from dispatch.records.streets import Closure, ConditionsNow

__all__ = [
    "AdditionalData", "Alarm", "Alert", "Asked", "Asking", "Assignment", "Call", "Callback", "CallerHistory",
    "Canary", "Closure", "ConditionsNow", "Deadline", "GivenReference", "Incident", "Learnt", "Link", "Member",
    "Note", "Notice", "Order", "PastCall", "Photo", "Position", "QueueHour", "Recording", "Reference", "Unclaimed",
    "Unit", "WrittenLine", "queue_hour_id",
]  # fmt: skip
