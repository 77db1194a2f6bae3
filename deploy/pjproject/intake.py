"""Changes to pjproject for what comes in, applied by content as in patch.py. They open doors for siaga_intake.c.

1. Messages of a stream: pjsip drops one that is larger than its buffer, or whose Content-Length cannot be read, without
   an answer, and what follows on that connection with it. Where they begin and end is decided by us.
2. A message that pjsip cannot read is mended and read again; if that does not help, it is answered 400.
3. A session description is read by us first, and what pjmedia gets is the lines that we can speak on; the answer is
   completed with a refusal of the others. One without any such line is refused with 488, never with 400 or 415.
4. Whatever a call requires of us that we do not know (RFC 3261, 8.2.2.3) is no reason to leave a caller alone, nor is
   one who replaces a call (RFC 3891): it is a call of its own.
5. What is too long for the usual buffers when it is sent gets a longer one, up to the length of what can come in.
6. Nothing that a caller sent is printed.
7. A transaction is known by its branch alone, so that of two callers whose telephones give the same one (a bare
   "z9hG4bK", a counter) the second gets no answer. It is known by branch and Call-ID.
"""

import re
import sys
from pathlib import Path

from lenient import edit

DOORS = r"""
/* siaga: the doors to siaga_intake.c; without it they stay shut. */
#include <pjsip/sip_ua_layer.h>
void (*siaga_take)(pjsip_rx_data *rdata, pj_size_t size);
void (*siaga_forget)(pjsip_rx_data *rdata);
pj_size_t (*siaga_mend)(pjsip_rx_data *rdata, const char *text, pj_size_t len, char **mended);
void (*siaga_refuse)(pjsip_rx_data *rdata, const char *text, pj_size_t len, int code);
pj_ssize_t (*siaga_describe)(pjsip_rx_data *rdata, char **sdp);
pj_ssize_t (*siaga_complete)(pj_pool_t *pool, const char *sdp, pj_size_t len, const pj_str_t *lines, char **whole);

static pj_bool_t siaga_lacks(const pjsip_rx_data *rdata)
{
    return rdata->msg_info.cid == NULL || rdata->msg_info.cid->id.slen == 0 || rdata->msg_info.from == NULL ||
           rdata->msg_info.to == NULL || rdata->msg_info.via == NULL || rdata->msg_info.cseq == NULL;
}

/* siaga: what follows the headers is a body, of whatever kind, also without a Content-Type that can be read. */
static void siaga_fill_in_body(pjsip_rx_data *rdata, char *text, pj_size_t len)
{
    pjsip_msg *msg = rdata->msg_info.msg;
    const pj_str_t empty = { "\n\r\n", 3 };
    pj_str_t whole;
    char *at, *end = text + len;

    const pjsip_method *method = rdata->msg_info.cseq ? &rdata->msg_info.cseq->method : NULL;

    if (msg->body || !method || (method->id != PJSIP_INVITE_METHOD && method->id != PJSIP_ACK_METHOD &&
                                 pj_stricmp2(&method->name, "UPDATE") != 0))
        return;
    whole.ptr = text;
    whole.slen = len;
    at = pj_strstr(&whole, &empty);
    while (at && at < end && (*at == '\r' || *at == '\n' || *at == ' '))
        ++at;
    if (!at || at == end)
        return;
    msg->body = PJ_POOL_ZALLOC_T(rdata->tp_info.pool, pjsip_msg_body);
    pjsip_media_type_init2(&msg->body->content_type, "application", "octet-stream");
    msg->body->data = at;
    msg->body->len = (unsigned)(end - at);
    msg->body->print_body = &pjsip_print_text_body;
    msg->body->clone_data = &pjsip_clone_text_data;
}

"""

MEND = r"""
        /* siaga: what could not be read is mended and read again */
        if (siaga_mend && (msg == NULL || siaga_hurt(rdata) || siaga_lacks(rdata))) {
            char *mended;
            pj_size_t len = (*siaga_mend)(rdata, current_pkt, msg_fragment_size, &mended);

            if (len) {
                pj_bzero(&rdata->msg_info, sizeof(rdata->msg_info));
                pj_list_init(&rdata->msg_info.parse_err);
                rdata->msg_info.msg_buf = current_pkt;
                rdata->msg_info.len = (int)msg_fragment_size;
                rdata->msg_info.msg = msg = pjsip_parse_rdata(mended, len, rdata);
                if (msg && msg->type == PJSIP_REQUEST_MSG && rdata->msg_info.to && rdata->msg_info.to->tag.slen &&
                    msg->line.req.method.id == PJSIP_INVITE_METHOD && rdata->msg_info.cid && rdata->msg_info.from &&
                    !pjsip_ua_find_dialog(&rdata->msg_info.cid->id, &rdata->msg_info.to->tag,
                                          &rdata->msg_info.from->tag, PJ_FALSE))
                {
                    rdata->msg_info.to->tag.slen = 0; /* a call that begins, whatever its To says */
                }
            }
            if (siaga_refuse && (msg == NULL || siaga_hurt(rdata) || siaga_lacks(rdata)))
                (*siaga_refuse)(rdata, current_pkt, msg_fragment_size, 400);
        }
        if (siaga_describe && msg)
            siaga_fill_in_body(rdata, current_pkt, msg_fragment_size);

"""

READ = r"""        if (siaga_take) {
            (*siaga_take)(rdata, size);
            *remainder = 0;
            return PJ_TRUE;
        }

"""

DESCRIBE = r"""
/* siaga: the doors to siaga_intake.c for session descriptions. */
extern pj_ssize_t (*siaga_describe)(pjsip_rx_data *rdata, char **sdp);
extern pj_ssize_t (*siaga_complete)(pj_pool_t *pool, const char *sdp, pj_size_t len, const pj_str_t *lines,
                                    char **whole);

/* siaga: what the message describes, in lines that we can speak on. NULL: siaga_intake.c is not there, or fails. */
static pjsip_rdata_sdp_info *siaga_described(pjsip_rx_data *rdata)
{
    pjsip_rdata_sdp_info *info;
    char *sdp = NULL;
    pj_ssize_t len = siaga_describe ? (*siaga_describe)(rdata, &sdp) : -1;

    if (len < 0)
        return NULL;
    info = PJ_POOL_ZALLOC_T(rdata->tp_info.pool, pjsip_rdata_sdp_info);
    if (len == 0)
        return info;
    info->body.ptr = sdp;
    info->body.slen = len;
    if (len < 10) { /* no line of it */
        info->sdp_err = PJMEDIA_SDPNEG_ENOMEDIA;
        return info;
    }
    info->sdp_err = pjmedia_sdp_parse(rdata->tp_info.pool, sdp, len, &info->sdp);
    if (info->sdp_err == PJ_SUCCESS)
        info->sdp_err = pjmedia_sdp_validate2(info->sdp, PJ_FALSE);
    return info->sdp_err == PJ_SUCCESS ? info : NULL;
}

/* siaga: what of the other side's lines our descriptions have to repeat, so that their number and order is the same
 * (RFC 3264, 6 and 8). */
static const pj_str_t *siaga_their_lines(pjsip_inv_session *inv)
{
    const pjmedia_sdp_session *theirs = NULL;
    pjmedia_sdp_neg_state state = inv->neg ? pjmedia_sdp_neg_get_state(inv->neg) : PJMEDIA_SDP_NEG_STATE_NULL;
    pjmedia_sdp_attr *lines;

    if (state == PJMEDIA_SDP_NEG_STATE_NULL)
        return NULL;
    if (state == PJMEDIA_SDP_NEG_STATE_REMOTE_OFFER || state == PJMEDIA_SDP_NEG_STATE_WAIT_NEGO)
        pjmedia_sdp_neg_get_neg_remote(inv->neg, &theirs);
    else
        pjmedia_sdp_neg_get_active_remote(inv->neg, &theirs);
    lines = theirs ? pjmedia_sdp_attr_find2(theirs->attr_count, theirs->attr, "X-siaga-lines", NULL) : NULL;
    return lines ? &lines->value : NULL;
}

void siaga_make_whole(pjsip_inv_session *inv, pj_pool_t *pool, pjsip_msg_body *body)
{
    const pj_str_t *lines = siaga_complete ? siaga_their_lines(inv) : NULL;
    char printed[8000], *whole;
    pj_ssize_t len;

    if (!lines || !body || body->print_body != &print_sdp)
        return;
    len = pjmedia_sdp_print((const pjmedia_sdp_session*)body->data, printed, sizeof printed);
    len = len > 0 ? (*siaga_complete)(pool, printed, len, lines, &whole) : 0;
    if (len <= 0)
        return;
    body->data = whole;
    body->len = (unsigned)len;
    body->print_body = &pjsip_print_text_body;
    body->clone_data = &pjsip_clone_text_data;
}

static pjsip_msg_body *create_sdp_body(pj_pool_t *pool, const pjmedia_sdp_session *c_sdp);

static pjsip_msg_body *siaga_sdp_body(pjsip_inv_session *inv, pj_pool_t *pool, const pjmedia_sdp_session *sdp)
{
    pjsip_msg_body *body = create_sdp_body(pool, sdp);
    siaga_make_whole(inv, pool, body);
    return body;
}

"""

TRANSPORT = "pjsip/src/pjsip/sip_transport.c"
INV = "pjsip/src/pjsip-ua/sip_inv.c"
CALL = "pjsip/src/pjsua-lib/pjsua_call.c"

# file, what stands there once, what shall stand there
EDITS = [
    (
        "pjsip/include/pjsip/sip_transport.h",
        "        /** The IP source port number. */\n        int                      src_port;\n",
        "        /** The IP source port number. */\n        int                      src_port;\n\n"
        "        char                    *siaga_whole;   /* a message of a stream, when it is not in packet */\n",
    ),
    # 1
    (
        TRANSPORT,
        "    current_pkt = rdata->pkt_info.packet;\n",
        "    current_pkt = rdata->pkt_info.siaga_whole ? rdata->pkt_info.siaga_whole : rdata->pkt_info.packet;\n",
    ),
    (
        TRANSPORT,
        "        if ((tr->flag & PJSIP_TRANSPORT_DATAGRAM) == 0) {\n            pj_status_t msg_status;\n",
        "        if ((tr->flag & PJSIP_TRANSPORT_DATAGRAM) == 0 && !rdata->pkt_info.siaga_whole) {\n"
        "            pj_status_t msg_status;\n",
    ),
    (
        TRANSPORT,
        "    dst->msg_info.msg_buf = dst->pkt_info.packet +\n"
        "                            (src->msg_info.msg_buf - src->pkt_info.packet);\n",
        "    /* siaga: wherever it is */\n"
        "    dst->pkt_info.siaga_whole = NULL;\n"
        "    dst->msg_info.msg_buf = (char*)pj_pool_alloc(pool, src->msg_info.len + 1);\n"
        "    pj_memcpy(dst->msg_info.msg_buf, src->msg_info.msg_buf, src->msg_info.len);\n"
        "    dst->msg_info.msg_buf[src->msg_info.len] = '\\0';\n",
    ),
    (
        TRANSPORT,
        "    /* pkt_info can be memcopied */\n    pj_memcpy(&dst->pkt_info, &src->pkt_info, sizeof(src->pkt_info));\n",
        "    /* siaga: all but the packet */\n"
        "    dst->pkt_info.timestamp = src->pkt_info.timestamp;\n"
        "    pj_memcpy(&dst->pkt_info.zero, &src->pkt_info.zero,\n"
        "              sizeof(src->pkt_info) - ((char*)&src->pkt_info.zero - (char*)&src->pkt_info));\n",
    ),
    (
        "pjsip/src/pjsip/sip_transport_tcp.c",
        "        /* Report to transport manager.\n         * The transport manager will tell us how many bytes",
        READ.lstrip("\n")
        + "        /* Report to transport manager.\n         * The transport manager will tell us how many bytes",
    ),
    (
        "pjsip/src/pjsip/sip_transport_tls.c",
        "        /* Report to transport manager.\n         * The transport manager will tell us how many bytes",
        READ.lstrip("\n")
        + "        /* Report to transport manager.\n         * The transport manager will tell us how many bytes",
    ),
    # 2
    (
        TRANSPORT,
        "        /* Check for parsing syntax error */\n",
        MEND.lstrip("\n") + "        /* Check for parsing syntax error */\n",
    ),
    # 3
    (
        INV,
        "    if (rdata->endpt_info.mod_data[mod_inv.mod.id]) {\n"
        "        return (pjsip_rdata_sdp_info *)rdata->endpt_info.mod_data[mod_inv.mod.id];\n    }\n",
        "    if (rdata->endpt_info.mod_data[mod_inv.mod.id]) {\n"
        "        return (pjsip_rdata_sdp_info *)rdata->endpt_info.mod_data[mod_inv.mod.id];\n    }\n"
        "    sdp_info = search_media_type ? NULL : siaga_described(rdata);\n"
        "    if (sdp_info) {\n"
        "        rdata->endpt_info.mod_data[mod_inv.mod.id] = sdp_info;\n"
        "        return sdp_info;\n    }\n",
    ),
    (
        "pjmedia/src/pjmedia/sdp_neg.c",
        "    PJ_ASSERT_RETURN(neg->active_remote_sdp, PJMEDIA_SDPNEG_ENOACTIVE);\n",
        "    if (!neg->active_remote_sdp) /* siaga: it may be asked */\n        return PJMEDIA_SDPNEG_ENOACTIVE;\n",
    ),
    (
        INV,
        "        pjsip_create_sdp_body(tdata->pool, sdp_copy, &tdata->msg->body);",
        "        pjsip_create_sdp_body(tdata->pool, sdp_copy, &tdata->msg->body);\n"
        "        siaga_make_whole(inv, tdata->pool, tdata->msg->body);",
    ),
    (
        INV,
        "                                         (status == PJMEDIA_SDP_EINSDP)?415:488,",
        "                                         488, /* siaga */",
    ),
    (
        CALL,
        "                ret_st_code = PJSIP_SC_BAD_REQUEST;\n\n"
        "                pjsip_endpt_respond(pjsua_var.endpt, NULL, rdata, ret_st_code,\n"
        "                                    &st_reason, &hdr_list, NULL, NULL);",
        "                ret_st_code = PJSIP_SC_NOT_ACCEPTABLE_HERE; /* siaga */\n\n"
        "                pjsip_endpt_respond(pjsua_var.endpt, NULL, rdata, ret_st_code,\n"
        "                                    &st_reason, &hdr_list, NULL, NULL);",
    ),
    # 4
    (
        INV,
        "        /* Check if there are required tags that we don't support */\n        if (unsupp_cnt) {\n",
        "        /* siaga: what we do not know is passed over */\n        if (0 && unsupp_cnt) {\n",
    ),
    (
        CALL,
        "    status = pjsip_replaces_verify_request(rdata, &replaced_dlg, PJ_FALSE,\n"
        "                                           &response);\n",
        "    status = PJ_SUCCESS; /* siaga: it is a call of its own */\n",
    ),
    (
        "pjsip/src/pjsip-ua/sip_timer.c",
        "                tdata->msg->body = body;\n",
        "                tdata->msg->body = body;\n                siaga_make_whole(inv, tdata->pool, body);\n",
    ),
    # 7
    (
        "pjsip/src/pjsip/sip_transaction.c",
        "        /* Create transaction key. */\n        return create_tsx_key_3261(pool, key, role, method, branch);\n",
        "        pj_str_t both; /* siaga: of this call */\n\n"
        "        if (role != PJSIP_ROLE_UAS)\n"
        "            return create_tsx_key_3261(pool, key, role, method, branch);\n"
        "        both.ptr = (char*)pj_pool_alloc(pool, branch->slen + rdata->msg_info.cid->id.slen);\n"
        "        pj_strcpy(&both, branch);\n"
        "        pj_strcat(&both, &rdata->msg_info.cid->id);\n"
        "        return create_tsx_key_3261(pool, key, role, method, &both);\n",
    ),
    # 6
    (
        "pjsip/src/pjsip/sip_endpoint.c",
        '                  "Error processing packet from %s:%d: %s %s [code %d]:\\n"\n'
        '                  "%.*s\\n"\n'
        '                  "-- end of packet.",\n',
        '                  "Error processing packet from %s:%d: %s %s [code %d], %d bytes", /* siaga */\n',
    ),
    (
        "pjsip/src/pjsip/sip_endpoint.c",
        "                  status,\n"
        "                  (int)rdata->msg_info.len,     \n"
        "                  rdata->msg_info.msg_buf));\n",
        "                  status,\n                  (int)rdata->msg_info.len));\n",
    ),
    (
        "pjsip/src/pjsip/sip_parser.c",
        "        PJ_LOG(1, (THIS_FILE, \"Error parsing '%.*s': %s\",\n"
        "                   (int)str->slen, str->ptr, s));\n",
        '        PJ_LOG(4, (THIS_FILE, "Error parsing a number: %s", s)); /* siaga */\n',
    ),
]


def apply(root: Path) -> None:
    """After lenient.py, whose text it builds on."""
    edit(root, EDITS)
    for name, release in (("tcp", "release(tcp"), ("tls", "secure_release(&tls")):
        path = f"pjsip/src/pjsip/sip_transport_{name}.c"
        tells = f"    {name}->rdata.tp_info.tp_data = {name};"
        ends = f"    if ({name}->rdata.tp_info.pool) {{\n        pj_pool_{release}"
        changes = [
            (path, tells, f"    {name}->rdata.tp_info.tp_data = NULL; /* siaga */"),
            (path, ends, f"    if (siaga_forget) (*siaga_forget)(&{name}->rdata);\n{ends}"),
        ]
        edit(root, changes)
        _before(
            root / path,
            "static pj_bool_t on_data_read(",
            "/* siaga */\nextern void (*siaga_take)(pjsip_rx_data *rdata, pj_size_t size);\n"
            "extern void (*siaga_forget)(pjsip_rx_data *rdata);\n\n",
        )
    _before(
        root / "pjsip/src/pjsip-ua/sip_timer.c",
        "/* Timer callback. When the timer is fired",
        "/* siaga */\nextern void siaga_make_whole(pjsip_inv_session *inv, pj_pool_t *pool, pjsip_msg_body *body);\n\n",
    )
    _before(root / TRANSPORT, "/* siaga: whether what could not be read", DOORS.lstrip("\n"))
    _before(root / INV, "PJ_DEF(pjsip_sdp_info*) pjsip_get_sdp_info(", DESCRIBE)
    path = root / INV
    text = path.read_text()
    made, found = re.subn(r"msg->body = create_sdp_body\(", "msg->body = siaga_sdp_body(inv, ", text)
    if not found and "siaga_sdp_body(inv, " not in text:
        sys.exit(f"{path}: create_sdp_body is no longer called; look where bodies of our own are made")
    path.write_text(made)


def _before(path: Path, place: str, added: str) -> None:
    """`added` in front of the first time that `place` stands there."""
    text = path.read_text()
    if added in text:
        return
    if place not in text:
        sys.exit(f"{path}: {place!r} is no longer there; look at that place")
    path.write_text(text.replace(place, added + place, 1))
