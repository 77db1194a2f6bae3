"""The base map of a city: its files become vector tiles (MVT 2.1) in one PMTiles archive."""
