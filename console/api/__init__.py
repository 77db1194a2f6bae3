"""The API, a file a subject."""
