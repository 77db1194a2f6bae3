"""Things asked for over HTTP at addresses that others named: only where this machine may be led."""
