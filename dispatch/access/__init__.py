"""Who may come in, and where that right ends."""
