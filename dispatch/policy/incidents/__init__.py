"""Policy for incidents, units, and who is told of them. Pure."""
