"""Where units are: what trackers send, which fixes are believed, who is told."""
