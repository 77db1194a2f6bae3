"""A TCP proxy between a browser and the room that can be frozen: connections stay open and nothing passes, as in a
machine that hangs or a network that swallows. Nothing is cut, so no end notices by its connection."""

from __future__ import annotations

import selectors
import socket
import threading


class FreezableProxy:
    """Listens on `port`. `opened`: connections that browsers made so far; `open_now()`: those that are open."""

    def __init__(self, target: int) -> None:
        self._target, self.opened, self._frozen = target, 0, False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._peers: dict[socket.socket, socket.socket] = {}
        self._fresh: list[socket.socket] = []
        self._ending = False
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listening, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def freeze(self) -> None:
        self._frozen = True

    def thaw(self) -> None:
        self._frozen = False

    def open_now(self) -> int:
        """Connections that a browser has not given up; asked while it is frozen, too."""
        return sum(not _closed(one) for one in [*self._fresh, *self._browsers])

    _browsers: set[socket.socket] = set()

    def close(self) -> None:
        self._ending = True
        self._thread.join(5)
        for one in [self._listening, *self._fresh, *self._peers]:
            one.close()

    def _run(self) -> None:
        self._browsers = set()
        while not self._ending:
            ready = self._selector.select(0.05)
            for key, _ in ready:
                if key.fileobj is self._listening:
                    self.opened += 1
                    self._fresh.append(self._listening.accept()[0])
            if self._frozen:
                threading.Event().wait(0.02)
                continue
            while self._fresh:
                self._join(self._fresh.pop(0))
            for key, _ in ready:
                if key.fileobj is not self._listening:
                    self._pass_on(key.fileobj)

    def _join(self, browser: socket.socket) -> None:
        room = socket.create_connection(("127.0.0.1", self._target))
        self._peers |= {browser: room, room: browser}
        self._browsers.add(browser)
        for one in (browser, room):
            self._selector.register(one, selectors.EVENT_READ)

    def _pass_on(self, one: socket.socket) -> None:
        other = self._peers.get(one)
        if other is None:
            return
        try:
            data = one.recv(65536)
            if data:
                other.sendall(data)
                return
        except OSError:
            pass
        for end in (one, other):
            self._selector.unregister(end)
            self._peers.pop(end, None)
            self._browsers.discard(end)
            end.close()


def _closed(one: socket.socket) -> bool:
    try:
        return one.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
