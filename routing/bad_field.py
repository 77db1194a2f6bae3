"""What msgspec finds wrong with a body from outside, as a text: which field, and what was expected there. Pure.

msgspec has its findings as English sentences only (msgspec 0.21, `_core.c`):

    Expected `int`, got `str` - at `$.limit`              Object missing required field `call` - at `$.units[0]`
    Expected `str` of length <= 80 - at `$.call`          Object contains unknown field `cal` - at `$`
    Expected `float` >= -90.0 - at `$.lat`                Invalid value 'Foo' - at `$.command`
    Invalid RFC3339 encoded date - at `$.from`            Number out of range - at `$.lat`
    Expected `str` matching regex '^(a|b)$' - at `$.x`    JSON is malformed: invalid character (byte 5)

The path is left out where it is the whole body. What is not known here is shown as it came.
"""

from __future__ import annotations

import re

from routing.text import Text, text

_AT = re.compile(r"^(.*?)(?: - at (?:`key` in )?`\$?\.?([^`]*)`)?$", re.S)
_TYPES = frozenset({"int", "float", "str", "bool", "null", "object", "array"})
_NUMBERS = {">=": "at-least", "<=": "at-most", ">": "above", "<": "below"}
_WORDS = re.compile(r"\^\(([\w|]+)\)\$")


def bad_body(wrong: Exception) -> Text:
    """`wrong`: msgspec's own error, or one of UnicodeDecodeError and RecursionError, which it raises as well."""
    said = " ".join(str(wrong).split())
    if isinstance(wrong, UnicodeDecodeError) or "utf-8" in said.lower():
        return text("problem.no-utf8")
    if isinstance(wrong, RecursionError):
        return text("problem.too-deep")
    if "truncated" in said:
        return text("problem.cut-off")
    if found := re.fullmatch(r"JSON is malformed: .*\(byte (\d+)\)", said):
        return text("problem.no-json", byte=int(found[1]))
    found = _AT.fullmatch(said)
    finding, path = found.groups("") if found else (said, "")
    if found := re.fullmatch(r"Object missing required field `(\w+)`", finding):
        return text("problem.field-missing", field=_below(path, found[1]))
    if found := re.fullmatch(r"Object contains unknown field `(.+)`", finding):
        return text("problem.field-unknown", field=_below(path, found[1][:60]))
    if not path:
        return text("problem.bad-body", expected=_expected(finding))
    return text("problem.bad-field", field=path, expected=_expected(finding))


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _expected(finding: str) -> Text:
    if found := re.fullmatch(r"Expected `([\w| ]+)`(?:, got `(\w+)`)?", finding):
        types = tuple(_type(one) for one in found[1].split(" | "))
        if found[2]:
            return text("expected.type-not", types=types, given=_type(found[2]))
        return text("expected.type", types=types)
    if found := re.fullmatch(r"Expected `\w+` ([<>]=?) (-?[\d.e+]+)", finding):
        return text(f"expected.{_NUMBERS[found[1]]}", limit=_number(found[2]))
    if found := re.fullmatch(r"Expected `(\w+)` of (?:at least |at most )?length (?:([<>]=) )?(\d+).*", finding):
        kind = "items" if found[1] == "array" else "letters"
        which = {">=": "least", "<=": "most"}.get(found[2] or "", "just")
        return text(f"expected.{kind}-{which}", n=int(found[3]))
    if found := re.fullmatch(r"Expected `str` matching regex (['\"])(.*)\1", finding):
        words = _WORDS.fullmatch(found[2])
        given = tuple(word for word in words[1].split("|") if word) if words else ()
        return text("expected.one-of", words=given) if given else text("expected.pattern", pattern=found[2])
    if found := re.fullmatch(r"Invalid (?:enum )?value (.*)", finding):
        return text("expected.known", given=found[1].strip("'\"")[:60])
    if finding == "Invalid RFC3339 encoded date":
        return text("expected.day")
    if "out of range" in finding:
        return text("expected.smaller")
    return text("expected.other", detail=finding[:200])


def _type(name: str) -> Text | str:
    return text(f"type.{name}") if name in _TYPES else name


def _number(written: str) -> int | float:
    return float(written) if set(written) & set(".e") else int(written)
