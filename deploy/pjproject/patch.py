"""One small change to pjproject, applied by content so that it follows upstream's line numbers.

`urn:service:sos` in a request line: the parser does not skip the space that follows a URI of a foreign scheme, and
drops the INVITE without a reply.
"""

import re
import sys
from pathlib import Path


def patch_urn(root: Path) -> None:
    path = root / "pjsip/src/pjsip/sip_parser.c"
    text = path.read_text()
    body_start = text.rindex("static void* int_parse_other_uri")
    if "siaga" in text[body_start : body_start + 2000]:
        return
    body = text[body_start:]
    changed = re.sub(
        r"(scanner->skip_ws = skip_ws;\n)",
        r"\1    pj_scan_skip_whitespace(scanner); /* siaga: the space before SIP/2.0 */\n",
        body,
        count=1,
    )
    if changed == body:
        sys.exit(f"{path}: int_parse_other_uri no longer restores skip_ws; look at that function")
    path.write_text(text[:body_start] + changed)


if __name__ == "__main__":
    patch_urn(Path(sys.argv[1]))
    print("patched")
