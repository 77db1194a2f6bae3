"""What runs: the program `siaga` and the room's services."""
