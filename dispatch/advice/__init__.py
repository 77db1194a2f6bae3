"""What the world says to a decision."""
