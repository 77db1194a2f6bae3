"""The journal: kept, read, folded again and proved."""
