"""A steady sense of time, and what is looked after again and again."""
