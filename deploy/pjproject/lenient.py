"""Changes to pjproject for calls that are not quite as the standards want them, applied by content as in patch.py.

What is wrong with them is no reason to leave a caller alone:
1. A header that cannot be read (credentials of an unknown scheme, a number out of range) has the whole message dropped
   without a reply. A request, or an answer, is kept as long as the headers that a dialog stands on could be read.
2. An INVITE without a Contact that can be called is refused with 400. The address it came from stands in for it.
3. A Contact with an IPv6 address on a trunk of IPv4, or of a transport nobody knows, is answered 500. The way the
   message came decides what our own Contact says.
4. A session description without a name (`s=`) is refused with 400.
5. Bytes behind the body, in a datagram, are taken for a part of it. Content-Length says where it ends
   (RFC 3261, 18.3).
"""

import sys
from pathlib import Path

HURT = r"""
/* siaga: whether what could not be read in this message leaves nothing to answer to. */
static pj_bool_t siaga_hurt(const pjsip_rx_data *rdata)
{
    static const char *needed[] = { "Via", "v", "From", "f", "To", "t", "Call-ID", "i", "CSeq", "Content-Length", "l",
                                    "Record-Route", "Request Line", "Status Line", "" };
    const pjsip_parser_err_report *err = rdata->msg_info.parse_err.next;

    if (pj_list_empty(&rdata->msg_info.parse_err))
        return PJ_FALSE;
    for (; err != &rdata->msg_info.parse_err; err = err->next) {
        unsigned n;

        for (n = 0; n < PJ_ARRAY_SIZE(needed); ++n) {
            if (pj_stricmp2(&err->hname, needed[n]) == 0)
                return PJ_TRUE;
        }
    }
    return PJ_FALSE;
}

/* siaga: where an INVITE came from stands in for a Contact that we could call. */
static void siaga_fill_in_contact(pjsip_rx_data *rdata)
{
    pjsip_msg *msg = rdata->msg_info.msg;
    pj_pool_t *pool = rdata->tp_info.pool;
    pjsip_contact_hdr *contact;
    pjsip_sip_uri *from;
    pjsip_hdr *hdr;

    if (msg->type != PJSIP_REQUEST_MSG || msg->line.req.method.id != PJSIP_INVITE_METHOD)
        return;
    for (hdr = msg->hdr.next; hdr != &msg->hdr; hdr = hdr->next) {
        pjsip_uri *uri = hdr->type == PJSIP_H_CONTACT ? ((pjsip_contact_hdr*)hdr)->uri : NULL;

        if (uri && (PJSIP_URI_SCHEME_IS_SIP(uri) || PJSIP_URI_SCHEME_IS_SIPS(uri)))
            return;
    }
    from = pjsip_sip_uri_create(pool, PJ_FALSE);
    pj_strdup2(pool, &from->host, rdata->pkt_info.src_name);
    from->port = rdata->pkt_info.src_port;
    if (PJSIP_TRANSPORT_IS_RELIABLE(rdata->tp_info.transport))
        pj_strdup2(pool, &from->transport_param, rdata->tp_info.transport->type_name);
    contact = pjsip_contact_hdr_create(pool);
    contact->uri = (pjsip_uri*)from;
    pjsip_msg_insert_first_hdr(msg, (pjsip_hdr*)contact);
}

"""

SETTLE = r"""
        /* siaga: what follows the body in a datagram is no part of it */
        if (msg->body && rdata->msg_info.clen && !PJSIP_TRANSPORT_IS_RELIABLE(tr) &&
            msg->body->print_body == &pjsip_print_text_body && rdata->msg_info.clen->len >= 0 &&
            (unsigned)rdata->msg_info.clen->len < msg->body->len)
        {
            msg->body->len = (unsigned)rdata->msg_info.clen->len;
        }
        siaga_fill_in_contact(rdata);

"""

# file, what stands there once, what shall stand there
EDITS = [
    (
        "pjsip/src/pjsip/sip_transport.c",
        "PJ_DEF(pj_ssize_t) pjsip_tpmgr_receive_packet(",
        HURT.lstrip("\n") + "PJ_DEF(pj_ssize_t) pjsip_tpmgr_receive_packet(",
    ),
    (
        "pjsip/src/pjsip/sip_transport.c",
        "if (msg==NULL || !pj_list_empty(&rdata->msg_info.parse_err)) {",
        "if (msg==NULL || siaga_hurt(rdata)) {",
    ),
    (
        "pjsip/src/pjsip/sip_transport.c",
        "        /* Perform basic header checking. */\n",
        SETTLE.lstrip("\n") + "        /* Perform basic header checking. */\n",
    ),
    # A bad header that is the last one is passed over as others are, and the body behind it is read.
    (
        "pjsip/src/pjsip/sip_parser.c",
        "parse_headers:\n        /* Parse headers. */\n        do {\n",
        "parse_headers:\n        /* Parse headers. siaga: it may be the end of them, after a bad one */\n"
        "        while (!pj_scan_is_eof(scanner) && !IS_NEWLINE(*scanner->curptr)) {\n",
    ),
    (
        "pjsip/src/pjsip/sip_parser.c",
        "            /* Parse until EOF or an empty line is found. */\n"
        "        } while (!pj_scan_is_eof(scanner) && !IS_NEWLINE(*scanner->curptr));\n"
        "        \n        parsing_headers = PJ_FALSE;\n",
        "        } /* siaga */\n\n        parsing_headers = PJ_FALSE;\n",
    ),
    (
        "pjsip/src/pjsip/sip_parser.c",
        "            if (!pj_scan_is_eof(scanner) && !IS_NEWLINE(*scanner->curptr)) {\n"
        "                goto retry_parse;",
        "            if (!pj_scan_is_eof(scanner)) { /* siaga */\n                goto retry_parse;",
    ),
    (
        "pjsip/src/pjsua-lib/pjsua_acc.c",
        "        return PJSIP_EUNSUPTRANSPORT;\n\n"
        "    /* If destination URI specifies IPv6 or account is configured to use IPv6\n     * or the transport",
        "        tp_type = rdata->tp_info.transport->key.type; /* siaga: one that nobody knows */\n\n"
        "    /* If destination URI specifies IPv6 or account is configured to use IPv6\n     * or the transport",
    ),
    (
        "pjsip/src/pjsua-lib/pjsua_acc.c",
        "    if (pj_strchr(&sip_uri->host, ':') ||\n        pjsua_sip_acc_is_using_ipv6(acc_id) ||",
        "    if (/* siaga: our address is of the kind that the message came by */\n"
        "        pjsua_sip_acc_is_using_ipv6(acc_id) ||",
    ),
    (
        "pjsip/src/pjsua-lib/pjsua_acc.c",
        "    /* Get local address suitable to send response from */\n"
        "    pjsip_tpmgr_fla2_param_default(&tfla2_prm);\n"
        "    tfla2_prm.tp_type = tp_type;\n"
        "    tfla2_prm.tp_sel = &tp_sel;\n"
        "    tfla2_prm.dst_host = sip_uri->host;\n",
        "    /* Get local address suitable to send response from */\n"
        "    pjsip_tpmgr_fla2_param_default(&tfla2_prm);\n"
        "    tfla2_prm.tp_type = tp_type;\n"
        "    tfla2_prm.tp_sel = &tp_sel;\n"
        "    tfla2_prm.dst_host = pj_str(rdata->pkt_info.src_name); /* siaga: not the name in its Contact */\n",
    ),
    (
        "pjmedia/src/pjmedia/sdp.c",
        "    CHECK( sdp->name.slen != 0, PJMEDIA_SDP_EINNAME);",
        "    /* siaga: a session without a name is a session */",
    ),
]


def edit(root: Path, edits: list[tuple[str, str, str]]) -> None:
    """Makes changes of the form (file, what stands there once, what shall stand there)."""
    for name, there, wanted in edits:
        path = root / name
        text = path.read_text()
        if wanted in text:
            continue
        if text.count(there) != 1:
            sys.exit(
                f"{path}: expected once, found {text.count(there)} times: {there.strip()[:80]!r}; look at that place"
            )
        path.write_text(text.replace(there, wanted))


def apply(root: Path) -> None:
    edit(root, EDITS)
