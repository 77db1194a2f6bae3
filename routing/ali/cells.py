"""The radio cell that a call came in by, out of P-Access-Network-Info and Cellular-Network-Info. Pure.

access-net-spec   = access-type *(SEMI access-info)                              (RFC 7315, section 5.4)
cgi-3gpp          = MCC MNC LAC CI            LAC, CI 4 hexadecimal digits       (3GPP TS 24.229, 7.2A.4)
utran-cell-id-3gpp= MCC MNC LAC or TAC, cell  UTRAN 4 + 7, E-UTRAN 4 + 7, NR 6 + 9 hexadecimal digits
ecgi, ncgi        = MCC MNC cell              E-UTRAN 7, NR 9; without a tracking area
Cellular-Network-Info (7.2.15) has the same and cell-info-age in seconds: the last cell of a phone that calls by Wi-Fi.
"""

from __future__ import annotations

import re

import msgspec

_MAX_VALUE = 2000
_MAX_CELLS = 10
_TWO_DIGIT_MNC = ("510",)
"""Indonesia; also where senders fill the MNC up to three digits with a nought."""
_TECHNOLOGY = (("NR", "nr"), ("E-UTRAN", "lte"), ("UTRAN", "umts"), ("GERAN", "gsm"))
# Technology -> hexadecimal digits of the area and of the cell in it
_WIDTHS = {"gsm": (4, 4), "umts": (4, 7), "lte": (4, 7), "nr": (6, 9)}


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """`technology`: gsm, umts, lte or nr. `mcc`, `mnc`: digits. `area`: LAC or TAC, `cell`: CI, ECI or NCI; -1 where
    not told. `age`: seconds since the phone was seen there, 0 for now. `vouched`: the network says so, not the phone
    ("network-provided")."""

    technology: str = ""
    mcc: str = ""
    mnc: str = ""
    area: int = -1
    cell: int = -1
    age: float = 0.0
    vouched: bool = False

    @property
    def key(self) -> str:
        """How a table of cell sites names it: MCC-MNC-area-cell in decimal digits, `*` for an area not told."""
        return f"{self.mcc}-{self.mnc}-{'*' if self.area < 0 else self.area}-{'*' if self.cell < 0 else self.cell}"


def read_cells(values: list[str] | tuple[str, ...]) -> list[Cell]:
    """The cells in these header values, the one to go by first: the newest, of equally new ones what the network
    says, of those the one added last. What is no cell (Wi-Fi, DSL) or not readable is passed over."""
    found = [cell for value in values for one in _split(value[:_MAX_VALUE]) if (cell := _read(one)) is not None]
    found = found[:_MAX_CELLS]
    order = sorted(range(len(found)), key=lambda i: (found[i].age, not found[i].vouched, -i))
    return [found[i] for i in order]


def make_cell(technology: str, mcc: str, mnc: str, area: int = -1, cell: int = -1) -> Cell | None:
    """A cell told in fields of its own, as in AML; None when there is no network in it."""
    if not re.fullmatch(r"[0-9]{3}", mcc) or not re.fullmatch(r"[0-9]{1,3}", mnc):
        return None
    return Cell(technology=technology, mcc=mcc, mnc=_mnc(mcc, mnc.zfill(2)), area=area, cell=cell)


def _split(value: str) -> list[str]:
    # A comma parts two access networks, unless it stands in a quoted string.
    return re.findall(r'(?:"[^"]*"|[^",])+', value)[:_MAX_CELLS]


def _read(value: str) -> Cell | None:
    kind, *rest = [part.strip() for part in value.split(";")]
    given: dict[str, str] = {}
    for part in rest:
        name, _, value = part.partition("=")
        given.setdefault(name.strip().lower(), value.strip().strip('"'))
    technology = next((ours for theirs, ours in _TECHNOLOGY if f"3GPP-{theirs}" in kind.upper()), "")
    place = None
    if text := given.get("utran-cell-id-3gpp"):
        place = _parted(text, technology or "lte")
    elif text := given.get("cgi-3gpp"):
        technology = technology or "gsm"
        place = _parted(text, "gsm")
    elif text := given.get("ecgi", given.get("ncgi")):
        technology = "nr" if "ncgi" in given else "lte"
        place = _parted(text, technology, area=False)
    if place is None:
        return None
    try:
        age = min(max(float(given.get("cell-info-age", "0") or 0), 0.0), 1e9)
    except ValueError:
        age = 0.0
    vouched = "network-provided" in given or "np" in given
    return Cell(
        technology=technology or "lte", mcc=place.mcc, mnc=place.mnc, area=place.area, cell=place.cell, age=age,
        vouched=vouched,
    )  # fmt: skip


class _Parted(msgspec.Struct, frozen=True):
    """The fields of a Cell that its identifier gives."""

    mcc: str
    mnc: str
    area: int
    cell: int


def _parted(text: str, technology: str, area: bool = True) -> _Parted | None:
    """MCC, MNC and the numbers after it, of a string without separators; dashes and dots between them are allowed."""
    text = re.sub(r"[\s\-.:]", "", text)
    wide, narrow = _WIDTHS[technology]
    wide = wide if area else 0
    if not re.fullmatch(r"[0-9]{5}[0-9A-Fa-f]{4,20}", text):
        return None
    mcc, digits = text[:3], 2
    # The length tells how long the MNC is; where it fits neither, the country does.
    if len(text) == 6 + wide + narrow and re.fullmatch(r"[0-9]{3}", text[3:6]):
        digits = 3
    elif len(text) != 5 + wide + narrow and mcc not in _TWO_DIGIT_MNC and mcc[0] in "37" and text[5].isdigit():
        digits = 3  # North and South America
    after = text[3 + digits :]
    if len(after) <= wide:
        return None
    area_code = int(after[:wide], 16) if wide else -1
    return _Parted(mcc, _mnc(mcc, text[3 : 3 + digits]), area_code, int(after[wide:], 16))


def _mnc(mcc: str, mnc: str) -> str:
    return mnc[1:] if mcc in _TWO_DIGIT_MNC and len(mnc) == 3 and mnc[0] == "0" else mnc
