"""What a message says: bytes in, facts out. Pure."""
