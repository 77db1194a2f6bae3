"""Legs, conversations, standing orders: what the switch does. Pure."""
