"""The frozen records that the board's tables hold; their JSON is what consoles and programs see."""

from __future__ import annotations

from dispatch.records.aliases import *  # noqa: F403
from dispatch.records.callers import *  # noqa: F403
from dispatch.records.calls import *  # noqa: F403  all records go by one name: `dispatch.records.Call`
from dispatch.records.canary import *  # noqa: F403
from dispatch.records.centre import *  # noqa: F403
from dispatch.records.handover import *  # noqa: F403
from dispatch.records.incidents import *  # noqa: F403
from dispatch.records.location_link import *  # noqa: F403
from dispatch.records.neighbours import *  # noqa: F403
from dispatch.records.notices import *  # noqa: F403
from dispatch.records.positions import *  # noqa: F403
from dispatch.records.queues import *  # noqa: F403
from dispatch.records.streets import *  # noqa: F403
