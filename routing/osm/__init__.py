"""A city's files from an OpenStreetMap extract (docs/osm.md): objects → tags, streets, turns, areas, names → folder."""
