"""Streets and boats, and how long they take. Pure."""
