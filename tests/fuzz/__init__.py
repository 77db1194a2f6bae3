"""Bytes that nobody meant, for everything that reads bytes from outside. `python -m tests.fuzz sip --seconds 60`."""
