"""What goes to other centres and comes from them."""
