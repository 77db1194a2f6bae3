"""The live feed, and the board as each reader sees it."""
