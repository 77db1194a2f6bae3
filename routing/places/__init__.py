"""From names to places, and back. Pure."""
