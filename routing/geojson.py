"""GeoJSON as Python reads it (RFC 7946): what stands in it is known only when it has been looked at."""

from __future__ import annotations

from typing import Any

Feature = dict[str, Any]
Collection = dict[str, Any]
"""A FeatureCollection."""
