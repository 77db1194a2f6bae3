"""Pages: the room's, and the one on a caller's telephone."""
