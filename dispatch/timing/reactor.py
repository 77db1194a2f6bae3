"""Twisted's reactor, by all that we ask of it: no one of its interfaces has the time, threads and sockets together."""

from __future__ import annotations

from twisted.internet.interfaces import (
    IReactorCore,
    IReactorFromThreads,
    IReactorProcess,
    IReactorTCP,
    IReactorTime,
)


class IReactor(IReactorCore, IReactorTime, IReactorFromThreads, IReactorTCP, IReactorProcess):
    pass
