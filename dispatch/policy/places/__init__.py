"""Policy for where a caller is. Pure."""
