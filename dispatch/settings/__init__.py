"""The settings: what is set (tables), what it may be (checks), and reading it."""

from dispatch.settings.reading import SettingsError, arranged, load_settings, read_settings
from dispatch.settings.tables import ROOT, SIP_REALM, Policy, Settings, host_port

__all__ = [
    "ROOT",
    "SIP_REALM",
    "Policy",
    "Settings",
    "SettingsError",
    "arranged",
    "host_port",
    "load_settings",
    "read_settings",
]
