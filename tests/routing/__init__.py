"""Stories of places, streets and units."""
