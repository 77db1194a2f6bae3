"""HTTP requests to what others named, a camera or a location server: only at addresses that it may have, checked after
name resolution."""

from __future__ import annotations

import base64
import ipaddress
import socket
from collections.abc import Callable
from typing import cast
from urllib.parse import unquote, urljoin, urlsplit

from twisted.internet import defer, endpoints, protocol, ssl, threads
from twisted.internet.interfaces import IProtocol, IProtocolFactory, IStreamClientEndpoint, ITransport
from twisted.python.failure import Failure
from twisted.web.client import URI, Agent, HTTPConnectionPool, ResponseDone
from twisted.web.http import PotentialDataLoss
from twisted.web.http_headers import Headers
from twisted.web.iweb import IAgentEndpointFactory, IResponse
from zope.interface import implementer

from dispatch.fetching.reasons import NotFetched
from dispatch.timing.reactor import IReactor

# Addresses at which clouds tell a machine its own secrets, outside the ranges refused below.
_METADATA = ("100.100.100.200", "fd00:ec2::254", "168.63.129.16", "192.0.0.192")


def allowed(address: str, allow: tuple[str, ...]) -> bool:
    """Whether what is asked may live at IP `address`: public or private, but not this machine, link-local
    (with cloud metadata), multicast or unspecified, unless a network of `allow` (CIDR) holds it."""
    ip = ipaddress.ip_address(address.split("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if any(ip in net for net in map(ipaddress.ip_network, allow) if net.version == ip.version):
        return True
    unfit = ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_unspecified
    return not (unfit or str(ip) in _METADATA or (ip.is_reserved and ip.version == 4))


async def checked_address(url: str, schemes: tuple[str, ...], allow: tuple[str, ...]) -> str:
    """The IP address (text) for the host of `url`. Raises NotFetched. All its addresses must be allowed,
    and the caller connects to the one returned, so a name can not change between check and use."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 80
    except ValueError:
        raise NotFetched("address") from None
    if parts.scheme not in schemes or not host or not url.isprintable() or any(c in url for c in "'\\ "):
        raise NotFetched("address")
    try:
        found = await threads.deferToThread(socket.getaddrinfo, host, port, 0, socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched("name") from None
    addresses = [str(row[4][0]) for row in found]
    if not addresses or not all(allowed(a, allow) for a in addresses):
        raise NotFetched("not-allowed")
    return addresses[0]


@implementer(IStreamClientEndpoint)
class _Quiet:
    """A snapshot a second would otherwise write two lines a second, with the camera's address, into the log."""

    def __init__(self, endpoint: IStreamClientEndpoint) -> None:
        self._endpoint = endpoint

    def connect(self, protocolFactory: IProtocolFactory) -> defer.Deferred[IProtocol]:
        cast(protocol.Factory, protocolFactory).noisy = False
        return self._endpoint.connect(protocolFactory)


@implementer(IAgentEndpointFactory)
class Pinned:
    """Connects to the address that was checked, while TLS still proves the name."""

    def __init__(self, reactor: IReactor, address: str) -> None:
        self._reactor, self._address = reactor, address

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint:
        plain: IStreamClientEndpoint = endpoints.HostnameEndpoint(self._reactor, self._address, uri.port, timeout=4)
        if uri.scheme == b"https":
            plain = endpoints.wrapClientTLS(ssl.optionsForClientTLS(uri.host.decode("ascii")), plain)
        return _Quiet(plain)


class Body(protocol.Protocol):
    """Hands each piece to `on_bytes`; `done` fires at a clean end, fails at a torn one or when `on_bytes` does."""

    transport: ITransport

    def __init__(self, on_bytes: Callable[[bytes], object]) -> None:
        self._on_bytes = on_bytes
        self.done: defer.Deferred[None] = defer.Deferred()

    def dataReceived(self, data: bytes) -> None:
        try:
            self._on_bytes(data)
        except NotFetched as wrong:
            self._finish(wrong)
            self.transport.loseConnection()

    def connectionLost(self, reason: Failure = protocol.connectionDone) -> None:
        clean = reason.check(ResponseDone, PotentialDataLoss)
        self._finish(None if clean else NotFetched("ended"))

    def _finish(self, error: Exception | None) -> None:
        if not self.done.called:
            self.done.callback(None) if error is None else self.done.errback(error)


class DiscardBody(protocol.Protocol):
    """Ends a connection whose body nobody wants."""

    transport: ITransport

    def connectionMade(self) -> None:
        self.transport.loseConnection()


class Fetch:
    """One HTTP GET at a time, each address checked, up to three redirects, credentials as basic access."""

    def __init__(self, reactor: IReactor, allow: tuple[str, ...]) -> None:
        self._reactor, self._allow = reactor, allow
        self._asked: defer.Deferred[IResponse] | None = None
        self._body: Body | None = None

    async def stream(self, url: str, on_bytes: Callable[[bytes], object]) -> str:
        """Sends the body of `url` to `on_bytes`, and gives the final URL at its end. Raises NotFetched (also when
        `on_bytes` raises it) or what Twisted's client says of the network."""
        home = urlsplit(url)
        for _ in range(4):
            address = await checked_address(url, ("http", "https"), self._allow)
            parts = urlsplit(url)
            headers = Headers({"User-Agent": ["siaga112"]})
            # Credentials go to the host they were given for, never to one that it redirects to.
            if home.username and (parts.hostname, parts.port) == (home.hostname, home.port):
                pair = f"{unquote(home.username)}:{unquote(home.password or '')}"
                headers.addRawHeader("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
            clean = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
            pool = HTTPConnectionPool(self._reactor, persistent=False)
            agent = Agent.usingEndpointFactory(self._reactor, Pinned(self._reactor, address), pool)
            self._asked = asked = agent.request(b"GET", clean.encode(), headers)
            answer = await asked
            self._asked = None
            if answer.code == 200:
                self._body = body = Body(on_bytes)
                answer.deliverBody(body)
                await body.done
                self._body = None
                return url
            answer.deliverBody(DiscardBody())
            if answer.code in (401, 403):
                raise NotFetched("login")
            if answer.code not in (301, 302, 303, 307, 308):
                raise NotFetched("http", code=answer.code)
            url = urljoin(clean, answer.headers.getRawHeaders("location", [""])[0])
        raise NotFetched("redirects")

    async def whole(self, url: str, limit: int) -> tuple[bytes, str]:
        """(body, final URL) of `url`; NotFetched for more than `limit` bytes."""
        got = bytearray()

        def keep(data: bytes) -> None:
            got.extend(data)
            if len(got) > limit:
                raise NotFetched("too-big", limit=limit)

        final = await self.stream(url, keep)
        return bytes(got), final

    def stop(self) -> None:
        """Ends the request that is under way, if any; it may then fail or never end."""
        if self._asked is not None:
            self._asked.cancel()
        elif self._body is not None and self._body.connected:
            self._body.transport.loseConnection()
