"""Policy for calls, and for the positions that answer them. Pure."""
