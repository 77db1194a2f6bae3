"""A period dispatched again. Pure."""
