"""Small changes to pjproject, applied by content so that they follow upstream's line numbers.

1. `urn:service:sos` in a request line: the parser does not skip the space that follows a URI of a foreign scheme, and
   drops the INVITE without a reply. And in `To: urn:service:sos;tag=…` without brackets it takes the tag for a part
   of the URI, so that nothing of the caller's that follows belongs to the call.
2. A session description is looked for in `multipart/mixed` and `multipart/alternative` only, and not in a multipart
   within a multipart: such a call is refused with 415. Emergency calls bring `multipart/related` and nested bodies.
3. A host name in a session description is looked up while every other call waits. The address that the message came
   from takes its place.
4. Messages may be 65 kB, so each one sent kept 65 kB for as long as its transaction lives, and each one received had
   65 kB cleared: a gigabyte at 400 calls/s. Buffers are now as large as their message.
5. Our own siaga_*.c are compiled with the library.
"""

import re
import shutil
import sys
from pathlib import Path

import guarding
import lenient

NESTED = r"""
/* siaga: any multipart is looked into, and parts that are multiparts themselves, three levels deep. */
static pjsip_multipart_part *siaga_find_part(pj_pool_t *pool, const pjsip_msg_body *body,
                                             const pjsip_media_type *type, int depth)
{
    pjsip_multipart_part *found = pjsip_multipart_find_part(body, type, NULL);
    pjsip_multipart_part *part = found ? NULL : pjsip_multipart_get_first_part(body);

    for (; part && !found && depth > 0; part = pjsip_multipart_get_next_part(body, part)) {
        pjsip_msg_body *inner;

        if (!part->body || !part->body->len || pj_stricmp2(&part->body->content_type.type, "multipart") != 0)
            continue;
        inner = pjsip_multipart_parse(pool, (char*)part->body->data, part->body->len,
                                      &part->body->content_type, 0);
        if (inner)
            found = siaga_find_part(pool, inner, type, depth - 1);
    }
    return found;
}

"""


HOSTS = r"""
/* siaga: c= and a=rtcp: (RFC 8866, 5.7; RFC 3605) with a name instead of an address. */
static pj_bool_t siaga_is_address(const pj_str_t *host)
{
    pj_in6_addr parsed;
    return host->slen > 0 && host->slen < PJ_INET6_ADDRSTRLEN &&
           (pj_inet_pton(pj_AF_INET(), host, &parsed) == PJ_SUCCESS ||
            pj_inet_pton(pj_AF_INET6(), host, &parsed) == PJ_SUCCESS);
}

static void siaga_settle_host(pjsip_rx_data *rdata, pjmedia_sdp_conn *conn)
{
    if (!conn || siaga_is_address(&conn->addr))
        return;
    pj_strdup2(rdata->tp_info.pool, &conn->addr, rdata->pkt_info.src_name);
    conn->addr_type = pj_str(pj_strchr(&conn->addr, ':') ? "IP6" : "IP4");
}

static void siaga_settle_hosts(pjsip_rx_data *rdata, pjmedia_sdp_session *sdp)
{
    unsigned n, m;

    siaga_settle_host(rdata, sdp->conn);
    for (n = 0; n < sdp->media_count; n++) {
        pjmedia_sdp_media *media = sdp->media[n];

        siaga_settle_host(rdata, media->conn);
        for (m = media->attr_count; m-- > 0;) {
            pj_str_t *value = &media->attr[m]->value, host;
            char *last = value->ptr + value->slen;

            if (pj_strcmp2(&media->attr[m]->name, "rtcp") != 0)
                continue;
            while (last > value->ptr && last[-1] != ' ')
                --last;
            host.ptr = last;
            host.slen = value->ptr + value->slen - last;
            if (last > value->ptr && !siaga_is_address(&host))
                pjmedia_sdp_attr_remove(&media->attr_count, media->attr, media->attr[m]);
        }
    }
}

"""


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


def patch_multipart(root: Path) -> None:
    path = root / "pjsip/src/pjsip-ua/sip_inv.c"
    text = path.read_text()
    if "siaga" in text:
        return
    start = text.find("PJ_DEF(pjsip_sdp_info*) pjsip_get_sdp_info(")
    head, body = text[:start], text[start:]
    body, conditions = re.subn(
        r"else if \(pjsip_media_type_cmp\(&multipart_mixed, msg_type, PJ_FALSE\) == 0 \|\|\s+"
        r"pjsip_media_type_cmp\(&multipart_alternative, msg_type, PJ_FALSE\) == 0\)",
        'else if (pj_stricmp2(&msg_type->type, "multipart") == 0)',
        body,
        count=1,
    )
    body, searches = re.subn(
        r"pjsip_multipart_find_part\(body, &search_type, NULL\)",
        "siaga_find_part(pool, body, &search_type, 3)",
        body,
        count=1,
    )
    if start < 0 or not conditions or not searches:
        sys.exit(f"{path}: pjsip_get_sdp_info no longer looks for its part as it did; look at that function")
    body, offers = re.subn(
        r"(search_media_type\);\n)(\s+rdata->endpt_info\.mod_data\[mod_inv\.mod\.id\] = sdp_info;)",
        r"\1    if (sdp_info && sdp_info->sdp)\n        siaga_settle_hosts(rdata, sdp_info->sdp);\n\2",
        body,
        count=1,
    )
    if not offers:
        sys.exit(f"{path}: pjsip_rdata_get_sdp_info2 no longer keeps its result as it did; look at that function")
    path.write_text(head + NESTED.lstrip("\n") + HOSTS + body)


def patch_buffers(root: Path) -> None:
    path = root / "pjsip/src/pjsip/sip_transport.c"
    text = path.read_text()
    if "siaga" not in text:
        start = text.rindex("PJ_DEF(pj_status_t) pjsip_tx_data_encode(")
        head, body = text[:start], text[start:]
        body, sizes = re.subn(r"(?<=[ +])PJSIP_MAX_PKT_LEN", "SIAGA_USUAL_LEN", body, count=2)
        body, tries = re.subn(
            r"        if \(size < 0\) \{\n",
            """        if (size < 0) { /* siaga: a message longer than most */
            tdata->buf.start = tdata->buf.cur = (char*)pj_pool_alloc(tdata->pool, PJSIP_MAX_PKT_LEN);
            tdata->buf.end = tdata->buf.start + PJSIP_MAX_PKT_LEN;
            size = pjsip_msg_print(tdata->msg, tdata->buf.start, PJSIP_MAX_PKT_LEN);
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
    patch_multipart(Path(sys.argv[1]))
    patch_buffers(Path(sys.argv[1]))
    lenient.apply(Path(sys.argv[1]))
    guarding.apply(Path(sys.argv[1]))
    add_sources(Path(sys.argv[1]))
    print("patched")
