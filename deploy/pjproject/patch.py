"""Small changes to pjproject, applied by content so that they follow upstream's line numbers.

1. `urn:service:sos` in a request line: the parser does not skip the space that follows a URI of a foreign scheme, and
   drops the INVITE without a reply. And in `To: urn:service:sos;tag=…` without brackets it takes the tag for a part
   of the URI, so that nothing of the caller's that follows belongs to the call.
2. Messages may be long, so each one sent kept 65 kB for as long as its transaction lives, and each one received had
   65 kB cleared: a gigabyte at 400 calls/s. Buffers are now as large as their message.
3. Our own siaga_*.c are compiled with the library.
"""

import re
import shutil
import sys
from pathlib import Path

import guarding
import intake
import lenient


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
    changed, cut = re.subn(
        r"( +pj_scan_get\(scanner, &pc->pjsip_OTHER_URI_CONTENT, &uri->content\);\n)",
        r"""\1    if (!parse_params) { /* siaga: in From and To, what follows a ; is the header's */
        char *end = pj_memchr(uri->content.ptr, ';', uri->content.slen);
        if (end) {
            scanner->curptr = end;
            uri->content.slen = end - uri->content.ptr;
        }
    }
""",
        changed,
        count=1,
    )
    if changed == body or not cut:
        sys.exit(f"{path}: int_parse_other_uri no longer reads as it did; look at that function")
    path.write_text(text[:body_start] + changed)


def patch_buffers(root: Path) -> None:
    path = root / "pjsip/src/pjsip/sip_transport.c"
    text = path.read_text()
    if "siaga" not in text:
        start = text.rindex("PJ_DEF(pj_status_t) pjsip_tx_data_encode(")
        head, body = text[:start], text[start:]
        body, sizes = re.subn(r"(?<=[ +])PJSIP_MAX_PKT_LEN", "SIAGA_USUAL_LEN", body, count=2)
        body, tries = re.subn(
            r"        if \(size < 0\) \{\n",
            """        for (pj_size_t room = PJSIP_MAX_PKT_LEN; size < 0 && room <= 32 * PJSIP_MAX_PKT_LEN; room *= 4) {
            /* siaga: a message longer than most */
            tdata->buf.start = tdata->buf.cur = (char*)pj_pool_alloc(tdata->pool, room);
            tdata->buf.end = tdata->buf.start + room;
            size = pjsip_msg_print(tdata->msg, tdata->buf.start, room);
        }
        if (size < 0) {
""",
            body,
            count=1,
        )
        if sizes != 2 or not tries:
            sys.exit(f"{path}: pjsip_tx_data_encode no longer prints as it did; look at that function")
        path.write_text(head + "#define SIAGA_USUAL_LEN 3000 /* siaga */\n" + body)
    path = root / "pjsip/src/pjsip/sip_transport_udp.c"
    text = path.read_text()
    if "siaga" in text:
        return
    text, made = re.subn(
        r"    rdata = PJ_POOL_ZALLOC_T\(pool, pjsip_rx_data\);\n",
        """    /* siaga: all but the packet itself is cleared */
    rdata = PJ_POOL_ALLOC_T(pool, pjsip_rx_data);
    pj_bzero(rdata, offsetof(pjsip_rx_data, pkt_info.packet) + 1);
    pj_bzero(&rdata->pkt_info.zero, sizeof *rdata - offsetof(pjsip_rx_data, pkt_info.zero));
""",
        text,
        count=1,
    )
    text, ended = re.subn(
        r"( +)rdata->pkt_info\.len = bytes_read;\n",
        r"\g<0>\1if (bytes_read < (pj_ssize_t)sizeof(rdata->pkt_info.packet))\n"
        r"\1    rdata->pkt_info.packet[bytes_read] = 0; /* siaga */\n",
        text,
        count=1,
    )
    if not made or not ended:
        sys.exit(f"{path}: received packets are no longer cleared as they were; look at init_rdata and its callers")
    path.write_text("#include <stddef.h>\n" + text)


def add_sources(root: Path) -> None:
    here = Path(__file__).parent
    path = root / "pjsip/build/Makefile"
    text = path.read_text()
    for source in sorted(here.glob("siaga_*.c")):
        shutil.copy(source, root / "pjsip/src/pjsua-lib" / source.name)
        if f"{source.stem}.o" not in text:
            text, found = re.subn(r"\bpjsua_dump\.o\b", f"pjsua_dump.o {source.stem}.o", text, count=1)
            if not found:
                sys.exit(f"{path}: pjsua_dump.o is no longer in the list of objects; add {source.stem}.o to it")
    path.write_text(text)


if __name__ == "__main__":
    patch_urn(Path(sys.argv[1]))
    patch_buffers(Path(sys.argv[1]))
    lenient.apply(Path(sys.argv[1]))
    guarding.apply(Path(sys.argv[1]))
    intake.apply(Path(sys.argv[1]))
    add_sources(Path(sys.argv[1]))
    print("patched")
