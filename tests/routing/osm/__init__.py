"""Imports from OpenStreetMap, from small extracts that the tests draw themselves."""
