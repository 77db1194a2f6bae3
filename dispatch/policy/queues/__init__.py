"""Policy for who waits, who is asked, and in which order. Pure."""
