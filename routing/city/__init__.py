"""What a city's files say, and reading them."""
