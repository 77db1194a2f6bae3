"""Who should go, and why. Pure."""
