"""XML from strangers: no declarations, no entities, no network, bounded; wrong character sets survive. Pure."""

from __future__ import annotations

import re

from lxml import etree

Element = etree._Element
"""lxml has no public name for it."""
MAX_BYTES = 64_000


class MalformedBody(ValueError):
    """Not a document that can be used; the text says why."""


def read_xml(body: bytes, what: str) -> Element:
    """The root element of the document called `what` in errors. Raises MalformedBody.

    When the bytes are not in the character set that the document names, they are read as UTF-8 with marks for what
    is not: a name with a wrong letter is of more use than no place.
    """
    if len(body) > MAX_BYTES:
        raise MalformedBody(f"{what} of {len(body)} bytes; at most {MAX_BYTES} are read")
    try:
        root = _parsed(body.strip(), what)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        if isinstance(wrong, MalformedBody):
            raise
        text = body.decode("utf-8", "replace").strip().lstrip("\ufeff")
        text = re.sub(r"^<\?xml[^>]{0,200}\?>", "", text)
        try:
            root = _parsed(text.encode(), what)
        except (etree.XMLSyntaxError, ValueError):
            raise MalformedBody(f"{what} is not XML: {wrong}"[:300]) from None
    if root.getroottree().docinfo.doctype:
        raise MalformedBody(f"{what} with a DTD; declarations are not accepted")
    return root


def _parsed(data: bytes, what: str) -> Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise MalformedBody(f"{what} with a DTD; declarations are not accepted")
    # A parser keeps the names it has met: one for each document, so that strangers cannot fill the memory.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def name_of(node: Element) -> str:
    """The name without its namespace; "" for comments and instructions."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def text_of(node: Element) -> str:
    """Its own characters. A comment or an instruction among them does not end the value: `0.9<!-- -->184` is one number
    (XML 1.0, 2.5 and 2.6). "" where another element stands among them."""
    if any(isinstance(child.tag, str) for child in node):
        return ""
    return ((node.text or "") + "".join(child.tail or "" for child in node)).strip()
