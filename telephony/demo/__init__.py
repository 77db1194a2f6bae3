"""The other ends of the demo: a caller, an agency."""
