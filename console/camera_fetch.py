"""Reaches cameras over the network only at addresses that a camera may have, checked after name resolution."""

from __future__ import annotations

import base64
import ipaddress
import socket
from urllib.parse import unquote, urljoin, urlsplit

from twisted.internet import defer, endpoints, protocol, ssl, threads
from twisted.web.client import Agent, HTTPConnectionPool
from twisted.web.http_headers import Headers
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer


class Refused(Exception):
    """The camera can not be used as it is; the text is safe to show (no address, no password)."""


def allowed(address: str, allow: tuple[str, ...]) -> bool:
    """Whether a camera may live at IP `address`: public or private, but not this machine, link-local
    (with cloud metadata), multicast or unspecified, unless a network of `allow` (CIDR) holds it."""
    ip = ipaddress.ip_address(address.split("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if any(ip in net for net in map(ipaddress.ip_network, allow) if net.version == ip.version):
        return True
    metadata = str(ip) in ("100.100.100.200", "fd00:ec2::254", "168.63.129.16", "192.0.0.192")
    unfit = ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_unspecified
    return not (unfit or metadata or (ip.is_reserved and ip.version == 4))


@defer.inlineCallbacks
def checked_address(url: str, schemes: tuple[str, ...], allow: tuple[str, ...]):
    """Deferred IP address (text) for the host of `url`; fails with Refused. All its addresses must be allowed,
    and the caller connects to the one returned, so a name can not change between check and use."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 80
    except ValueError:
        raise Refused("the camera's address can not be read; correct it in the camera registry") from None
    if parts.scheme not in schemes or not host or any(c in url for c in "\r\n'\\ \x00"):
        raise Refused(f"the camera's address must begin with {' or '.join(schemes)}, without spaces or quotes")
    try:
        found = yield threads.deferToThread(socket.getaddrinfo, host, port, 0, socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused("the camera's host name is not known; check the name service") from None
    addresses = [row[4][0] for row in found]
    if not addresses or not all(allowed(a, allow) for a in addresses):
        raise Refused("the camera's address is not permitted; list its network in the setting camera_allow")
    return addresses[0]


@implementer(IAgentEndpointFactory)
class _Pinned:
    """Connects to the address that was checked, while TLS still proves the name."""

    def __init__(self, reactor, address: str) -> None:
        self._reactor, self._address = reactor, address

    def endpointForURI(self, uri):
        plain = endpoints.HostnameEndpoint(self._reactor, self._address, uri.port, timeout=4)
        if uri.scheme == b"https":
            return endpoints.wrapClientTLS(ssl.optionsForClientTLS(uri.host.decode("ascii")), plain)
        return plain


class _Body(protocol.Protocol):
    def __init__(self, on_bytes, done) -> None:
        self._on_bytes, self.done = on_bytes, done

    def dataReceived(self, data: bytes) -> None:
        self._on_bytes(data)

    def connectionLost(self, reason=protocol.connectionDone) -> None:
        if not self.done.called:
            self.done.callback(None)


def _abort(answer) -> None:
    """Ends the connection of `answer`; Twisted's client offers no public way but reading to the end."""
    transport = answer._transport
    if transport is not None:  # the real one hides behind a producer proxy
        transport.loseConnection()


class Fetch:
    """One HTTP GET at a time, each address checked, up to three redirects, credentials as basic access."""

    def __init__(self, reactor, allow: tuple[str, ...]) -> None:
        self._reactor, self._allow, self._answer = reactor, allow, None

    @defer.inlineCallbacks
    def stream(self, url: str, on_bytes):
        """Sends the body of `url` to `on_bytes`; the Deferred fires with the final URL at its end."""
        home = urlsplit(url)
        for _ in range(4):
            address = yield checked_address(url, ("http", "https"), self._allow)
            parts = urlsplit(url)
            headers = Headers({"User-Agent": ["siaga112"]})
            # Credentials go to the host they were given for, never to one that it redirects to.
            if home.username and parts.hostname == home.hostname:
                pair = f"{unquote(home.username)}:{unquote(home.password or '')}"
                headers.addRawHeader("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
            clean = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
            agent = Agent.usingEndpointFactory(
                self._reactor, _Pinned(self._reactor, address), HTTPConnectionPool(self._reactor, persistent=False)
            )
            answer = yield agent.request(b"GET", clean.encode(), headers)
            if answer.code in (301, 302, 303, 307, 308):
                url = urljoin(clean, answer.headers.getRawHeaders("location", [""])[0])
                _abort(answer)
                continue
            if answer.code != 200:
                _abort(answer)
                hint = "; check its user and password" if answer.code in (401, 403) else ""
                raise Refused(f"the camera answers HTTP {answer.code}{hint}")
            done = defer.Deferred()
            self._answer = answer
            answer.deliverBody(_Body(on_bytes, done))
            yield done
            self._answer = None
            return url
        raise Refused("the camera redirects more than three times")

    @defer.inlineCallbacks
    def whole(self, url: str, limit: int):
        """The whole body of `url`, at most `limit` bytes, else Refused."""
        got = bytearray()

        def keep(data: bytes) -> None:
            got.extend(data)
            if len(got) > limit:
                self.stop()

        final = yield self.stream(url, keep)
        if len(got) > limit:
            raise Refused(f"the camera sends more than {limit} bytes where one picture or segment is expected")
        return bytes(got), final

    def stop(self) -> None:
        """Ends the body that is arriving, if any."""
        if self._answer is not None:
            _abort(self._answer)
            self._answer = None
