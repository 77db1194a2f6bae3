"""Everything that touches pjsua2, sound and sockets."""
