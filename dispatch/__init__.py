"""The control room: what is known (board), what happened (journal), what is decided, and what is to be done."""
