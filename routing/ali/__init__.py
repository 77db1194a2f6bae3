"""Where a call comes from, by tables: automatic location identification."""
