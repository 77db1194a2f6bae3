"""The demo's cameras, neighbouring centre and crews."""
