"""Additional data of a call (RFC 7852): who brings it, by what service and device, for which subscriber. Pure.

A block comes by value (a body part), by reference (Call-Info with an http address), or in a PIDF-LO's `provided-by`.
It is kept as the names and texts it has, in its order: people read it, and no rule hangs on it.
"""

from __future__ import annotations

from itertools import islice

from dispatch.calldata import Block
from telephony.messages.xmlbody import Element, MalformedBody, name_of, read_xml, text_of

__all__ = ["MalformedBody", "PREFIX", "kind_of", "provided_by", "read_block"]
PREFIX = "emergencycalldata."
MAX_FIELDS = 60
MAX_NODES = 600
_MAX_TEXT = 400
_KNOWN = ("ProviderInfo", "ServiceInfo", "DeviceInfo", "SubscriberInfo", "Comment", "Control", "VEDS", "eCall.MSD")
_KINDS = {kind.lower(): kind for kind in _KNOWN}


def kind_of(word: str) -> str:
    """The block that a content type, a Call-Info purpose or an element names; "" for none of RFC 7852's.

    purpose = EmergencyCallData.ProviderInfo; type = application/EmergencyCallData.ProviderInfo+xml
    """
    word = word.strip().strip('"').removeprefix("application/")
    if not word.lower().startswith(PREFIX):
        return ""
    name = word[len(PREFIX) :].split("+")[0][:60]
    return _KINDS.get(name.lower(), name)


def read_block(body: bytes, kind: str = "") -> Block:
    """One block; `kind` is what its content type says, without it the root's name counts. Raises MalformedBody."""
    root = read_xml(body, kind or "additional data")
    return _block(root, kind)


def provided_by(geopriv: Element) -> list[Block]:
    """The blocks in a PIDF-LO's `provided-by`, by value and by reference (RFC 7852, section 6)."""
    found: list[Block] = []
    for node in islice(geopriv.iter(), MAX_NODES):
        name = name_of(node)
        if name == "EmergencyCallDataReference":
            if reference := node.get("ref", "")[:500]:
                found.append(Block(kind=kind_of(node.get("purpose", "")) or "ProviderInfo", reference=reference))
        elif name != "EmergencyCallDataValue" and kind_of(name):
            found.append(_block(node, ""))
    return found[:20]


def _block(root: Element, kind: str) -> Block:
    fields: dict[str, str] = {}
    private = root.get("privacyRequested")
    if private:
        fields["privacyRequested"] = private.strip()[:10]
    for node in islice(root.iter(), MAX_NODES):
        said = text_of(node) if isinstance(node.tag, str) else ""
        if not said:
            continue
        name = _name(node, root)
        if not name:
            continue
        text = " ".join(said.split())[:_MAX_TEXT]
        if name in fields:
            fields[name] = f"{fields[name]}; {text}"[: 2 * _MAX_TEXT]
        elif len(fields) < MAX_FIELDS:
            fields[name] = text
    return Block(kind=kind or kind_of(name_of(root)) or name_of(root)[:60], fields=fields)


def _name(node: Element, root: Element) -> str:
    """What people should read before the text: the property of a vCard (RFC 6351) for what stands in one, else the
    element, with the kind of identifier where it has one; "" for a vCard's parameters."""
    path: list[str] = []
    up: Element | None = node
    while up is not None and up is not root:
        path.append(name_of(up))
        up = up.getparent()
    if "parameters" in path:
        return ""
    if "vcard" in path:
        at = path.index("vcard")
        return (path[at - 1] if at else "vcard").upper()[:40]
    name = name_of(node)[:60]
    kind = node.get("TypeOfDeviceID") or node.get("type") or ""
    return f"{name} ({kind[:20]})" if kind else name
