"""The wire between the switch and the control room, and both its ends."""
