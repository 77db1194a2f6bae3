"""Changes to pjproject for who is heard within a call, and for what ends one, applied by content as in patch.py.

1. Sound and text (RTP, RTCP) are let in, and followed to another port, as sound_guard.c says; the library follows any
   sender after ten packets, and at once while it has heard nobody.
2. A session refresh that fails, or does not come, ends no call (session_refresh.c). Neither does 481 or 408 to anything
   else that we ask within a call (RFC 3261, 12.2.1.2), nor an ACK that never comes: the call is in doubt, and
   telephony/lines/dead_calls.py decides by its sound.
3. A session interval that is too small (RFC 4028, 422) refuses nobody: such a call is refreshed by nobody.
"""

import shutil
from pathlib import Path

from lenient import edit

HEARD = r"""
        /* siaga: who is not to be heard is not, and only who is heard is spoken to (sound_guard.c) */
        if (bytes_read > 0 && siaga_guards && !siaga_lets_in(udp, %(port)s, %(packet)s, bytes_read))
            %(else)s
"""

LETS_IN = r"""
/* siaga: the ports of the transport `udp` and their guard */
static pj_bool_t siaga_lets_in(struct transport_udp *udp, pj_bool_t is_rtp, const void *packet, pj_ssize_t size)
{
    struct siaga_ear *ear = is_rtp ? &udp->guard.rtp : &udp->guard.rtcp;
    pj_sockaddr speak_to;
    int in;

    speak_to.addr.sa_family = 0;
    pj_grp_lock_acquire(udp->base.grp_lock);
    in = siaga_guard_lets_in(&udp->guard, ear, is_rtp ? &udp->rtp_src_addr : &udp->rtcp_src_addr, packet, size,
                             &speak_to);
    if (speak_to.addr.sa_family) {
        pj_sockaddr_cp(is_rtp ? &udp->rem_rtp_addr : &udp->rem_rtcp_addr, &speak_to);
        if (is_rtp && udp->use_rtcp_mux) {
            pj_sockaddr_cp(&udp->rem_rtcp_addr, &speak_to);
        } else if (is_rtp && udp->guard.rtcp.rank == SIAGA_STRANGER) { /* a guess, until RTCP comes */
            pj_sockaddr_cp(&udp->rem_rtcp_addr, &speak_to);
            pj_sockaddr_set_port(&udp->rem_rtcp_addr, (pj_uint16_t)(pj_sockaddr_get_port(&speak_to) + 1));
        }
    }
    pj_grp_lock_release(udp->base.grp_lock);
    return in;
}

struct siaga_guard *siaga_guard_of(pjmedia_transport *transport)
{
    return transport && transport->op == &transport_udp_op ? &((struct transport_udp*)transport)->guard : NULL;
}

"""

FAILED = r"""
/* siaga: something that we asked within a call that is up was answered 481, or not at all */
static pj_bool_t siaga_failed_in_call(pjsip_inv_session *inv, pjsip_event *e)
{
    pjsip_transaction *tsx = e->body.tsx_state.tsx;

    if (inv->state != PJSIP_INV_STATE_CONNECTING && inv->state != PJSIP_INV_STATE_CONFIRMED)
        return PJ_FALSE;
    if (tsx->status_code != PJSIP_SC_CALL_TSX_DOES_NOT_EXIST && tsx->status_code != PJSIP_SC_REQUEST_TIMEOUT)
        return PJ_FALSE;
    if (tsx->method.id != PJSIP_CANCEL_METHOD && e->body.tsx_state.prev_state < PJSIP_TSX_STATE_COMPLETED)
        siaga_doubt(inv);
    return PJ_TRUE;
}

/* siaga: an answer of ours counts as acknowledged */
void siaga_inv_confirm(pjsip_inv_session *inv)
{
    pjsip_event event;

    if (inv->state != PJSIP_INV_STATE_CONNECTING || inv->invite_tsx || inv->pending_bye)
        return;
    PJSIP_EVENT_INIT_USER(event, NULL, NULL, NULL, NULL);
    inv_set_state(inv, PJSIP_INV_STATE_CONFIRMED, &event);
}

"""

SECURE = """static pj_bool_t inv_check_secure_dlg(pjsip_inv_session *inv,
                                      pjsip_event *e);
"""

UDP = "pjmedia/src/pjmedia/transport_udp.c"
INV = "pjsip/src/pjsip-ua/sip_inv.c"
TIMER = "pjsip/src/pjsip-ua/sip_timer.c"
MEDIA = "pjsip/src/pjsua-lib/pjsua_media.c"

# file, what stands there once, what shall stand there
EDITS = [
    (UDP, "#include <pj/string.h>\n", "#include <pj/string.h>\n#include <siaga.h>\n"),
    (
        UDP,
        "    char                rtcp_pkt[RTCP_LEN];/**< Incoming RTCP packet buffer */\n};",
        "    char                rtcp_pkt[RTCP_LEN];/**< Incoming RTCP packet buffer */\n"
        "    struct siaga_guard  guard; /* siaga: who is heard on these ports */\n};",
    ),
    (UDP, "/* Call RTP cb. */\nstatic void", LETS_IN.lstrip("\n") + "/* Call RTP cb. */\nstatic void"),
    (
        UDP,
        "        //if (!discard && udp->attached && cb)\n",
        (HEARD % {"port": "PJ_TRUE", "packet": "udp->rtp_pkt", "else": "discard = PJ_TRUE;"}).lstrip("\n")
        + "        //if (!discard && udp->attached && cb)\n",
    ),
    (
        UDP,
        "        param.src_addr = &udp->rtp_src_addr;\n",
        "        param.src_addr = siaga_guards ? NULL : &udp->rtp_src_addr; /* siaga: nobody else follows it */\n",
    ),
    (
        UDP,
        "    do {\n        call_rtcp_cb(udp, bytes_read);\n",
        "    do {\n"
        + (HEARD % {"port": "PJ_FALSE", "packet": "udp->rtcp_pkt", "else": ";"}).lstrip("\n")
        + "        else\n            call_rtcp_cb(udp, bytes_read);\n",
    ),
    (
        UDP,
        "        if (bytes_read>0 &&\n            (udp->options",
        "        if (bytes_read>0 && !siaga_guards &&\n            (udp->options",
    ),
    (
        UDP,
        "    /* Save the callbacks */\n    udp->rtp_cb = rtp_cb;\n",
        "    /* siaga: who is named now, and who was heard there before */\n"
        "    if (siaga_guards) {\n"
        "        siaga_guard_named(&udp->guard, &udp->rem_rtp_addr, &udp->rem_rtcp_addr);\n"
        "        pj_sockaddr_cp(&udp->rem_rtp_addr, &udp->guard.rtp.at);\n"
        "        pj_sockaddr_cp(&udp->rem_rtcp_addr, &udp->guard.rtcp.at);\n"
        "    }\n\n"
        "    /* Save the callbacks */\n    udp->rtp_cb = rtp_cb;\n",
    ),
    (
        MEDIA,
        "    if (pjsua_get_state() != PJSUA_STATE_RUNNING)\n        return PJ_EBUSY;\n\n"
        '    PJ_LOG(4,(THIS_FILE, "Call %d: updating media..", call_id));\n',
        "    if (pjsua_get_state() != PJSUA_STATE_RUNNING)\n        return PJ_EBUSY;\n\n"
        "    siaga_guard_call(call);\n"
        '    PJ_LOG(4,(THIS_FILE, "Call %d: updating media..", call_id));\n',
    ),
    (
        MEDIA,
        "pj_status_t pjsua_media_channel_update(pjsua_call_id call_id,\n",
        "void siaga_guard_call(pjsua_call *call); /* siaga */\n\n"
        "pj_status_t pjsua_media_channel_update(pjsua_call_id call_id,\n",
    ),
    # -- session_refresh.c
    (
        TIMER,
        "    pj_int32_t                   last_422_cseq; /**< Last 422 resp CSeq.    */\n};\n",
        "    pj_int32_t                   last_422_cseq; /**< Last 422 resp CSeq.    */\n"
        "    pj_int32_t                   siaga_cseq;    /* of the refresh under way, or 0 */\n"
        "    pj_bool_t                    siaga_no_update;/* re-INVITE did better */\n};\n\n"
        "/* siaga: whether a call is in doubt is told here */\n"
        "void (*siaga_on_doubt)(pjsip_inv_session *inv, pj_bool_t doubted);\n"
        "void siaga_doubt(pjsip_inv_session *inv);\n"
        "static void siaga_again(pjsip_inv_session *inv, unsigned milliseconds);\n"
        "static void siaga_ran_out(pjsip_inv_session *inv);\n"
        "static void siaga_refreshed(pjsip_inv_session *inv);\n",
    ),
    (
        TIMER,
        "        /* Terminate the session */\n"
        "        status = pjsip_inv_end_session(inv, PJSIP_SC_REQUEST_TIMEOUT, \n"
        "                                       &reason, &tdata);\n",
        "        siaga_ran_out(inv); /* siaga: the session, not the call */\n"
        "        PJ_UNUSED_ARG(reason);\n"
        "        status = PJ_SUCCESS;\n",
    ),
    (
        TIMER,
        "    /* Unlock dialog. */\n    pjsip_dlg_dec_lock(inv->dlg);\n\n    /* Send message, if any */\n",
        "    if (as_refresher && entry_id != REFRESHER_EXPIRE_TIMER_ID && status != PJ_SUCCESS)\n"
        "        siaga_again(inv, 10000); /* siaga: it could not even be made */\n\n"
        "    /* Unlock dialog. */\n    pjsip_dlg_dec_lock(inv->dlg);\n\n    /* Send message, if any */\n",
    ),
    (
        TIMER,
        "    inv->timer->use_update =\n            (pjsip_dlg_remote_has_cap",
        "    siaga_refreshed(inv);\n    inv->timer->use_update = !inv->timer->siaga_no_update &&\n"
        "            (pjsip_dlg_remote_has_cap",
    ),
    (
        TIMER,
        '                       "without Min-SE header!"));\n\n            pjsip_timer_end_session(inv);\n',
        '                       "without Min-SE header!")); /* siaga: it fails like others */\n\n',
    ),
    (
        TIMER,
        "        if (inv->timer->timer.id == 0 && inv->timer->use_update &&\n"
        "            inv->timer->with_sdp == PJ_FALSE)\n        {\n"
        "            inv->timer->with_sdp = PJ_TRUE;\n"
        "            timer_cb(NULL, &inv->timer->timer);\n        }\n",
        "        /* siaga: siaga_refresh_step does what follows */\n",
    ),
    (
        TIMER,
        "    if (se_hdr && se_hdr->sess_expires < min_se) {\n"
        "        if (st_code)\n            *st_code = PJSIP_SC_SESSION_TIMER_TOO_SMALL;\n"
        "        return PJSIP_ERRNO_FROM_SIP_STATUS(PJSIP_SC_SESSION_TIMER_TOO_SMALL);\n    }\n",
        "    if (se_hdr && se_hdr->sess_expires < min_se)\n"
        "        se_hdr = NULL; /* siaga: nobody is refused for it; such a session is not timed */\n",
    ),
    # -- what ends a call, and what does not
    (
        INV,
        SECURE,
        SECURE + "\n"
        "/* siaga: session_refresh.c */\n"
        "extern void siaga_doubt(pjsip_inv_session *inv);\n"
        "extern void siaga_refresh_step(pjsip_inv_session *inv, pjsip_transaction *tsx, pjsip_event *e);\n"
        "static pj_bool_t siaga_failed_in_call(pjsip_inv_session *inv, pjsip_event *e);\n"
        "void siaga_inv_confirm(pjsip_inv_session *inv);\n",
    ),
    (
        INV,
        "/*\n * Handle incoming response to UAC UPDATE request.\n */\n",
        FAILED.lstrip("\n") + "/*\n * Handle incoming response to UAC UPDATE request.\n */\n",
    ),
    (
        INV,
        "    /* Handle 481/408 response. */\n    if (inv->state",
        "    /* siaga: it ends no call; what it offered is taken back below */\n"
        "    if (siaga_failed_in_call(inv, e)) {\n        handled = PJ_TRUE;\n    }\n\n"
        "    /* Handle 481/408 response. */\n    else if (inv->state",
    ),
    (
        INV,
        "    pj_assert(tsx->role == PJSIP_UAC_ROLE);\n\n    /* Note that 481",
        "    pj_assert(tsx->role == PJSIP_UAC_ROLE);\n\n"
        "    if (siaga_failed_in_call(inv, e))\n"
        "        return PJ_FALSE; /* siaga: who asked takes its offer back */\n\n"
        "    /* Note that 481",
    ),
    (
        INV,
        "        status = pjsip_timer_handle_refresh_error(inv, e);\n",
        "        status = PJ_SUCCESS; /* siaga: siaga_refresh_step */\n",
    ),
    (
        INV,
        "            /* Process 502/503 error for session timer refresh */\n"
        "            if (tsx->status_code == 503 || tsx->status_code == 502) {\n"
        "                pjsip_timer_handle_refresh_error(inv, e);\n            }\n",
        "            /* siaga: siaga_refresh_step does what follows */\n",
    ),
    (
        INV,
        "    /* Clear invite transaction when tsx is terminated. \n",
        "    siaga_refresh_step(inv, tsx, e);\n\n    /* Clear invite transaction when tsx is terminated. \n",
    ),
    (
        INV,
        "        /* Ignore if we don't have INVITE in progress */\n        if (!inv->invite_tsx) {\n",
        "        /* Ignore if we don't have INVITE in progress */\n        if (!inv->invite_tsx) {\n"
        "            siaga_inv_confirm(inv); /* siaga: a late one is one */\n",
    ),
    (
        INV,
        "            inv->state == PJSIP_INV_STATE_CONNECTING &&\n"
        "            inv->cause != PJSIP_SC_REQUEST_TIMEOUT &&",
        "            inv->state == PJSIP_INV_STATE_CONNECTING &&\n"
        "            inv->invite_tsx && /* siaga: nobody waits for an ACK any more */\n"
        "            inv->cause != PJSIP_SC_REQUEST_TIMEOUT &&",
    ),
    (
        INV,
        "                    inv_set_cause(inv, tsx->status_code, &tsx->status_text);\n"
        "                    inv_set_state(inv, PJSIP_INV_STATE_DISCONNECTED, e);\n                } else {\n",
        "                    inv_set_cause(inv, tsx->status_code, &tsx->status_text);\n"
        "                    inv_set_state(inv, PJSIP_INV_STATE_DISCONNECTED, e);\n"
        "                } else if (!inv->pending_bye) {\n"
        "                    siaga_doubt(inv); /* siaga: no ACK came; the vigil looks whether there is sound */\n"
        "                } else {\n",
    ),
]


def apply(root: Path) -> None:
    here = Path(__file__).parent
    shutil.copy(here / "siaga.h", root / "pjlib/include/siaga.h")
    shutil.copy(here / "session_refresh.c", (root / TIMER).parent / "session_refresh.c")
    for source in ("networks", "sound_guard"):
        shutil.copy(here / f"{source}.c", (root / UDP).parent / f"siaga_{source}.c")
    edit(root, EDITS)
    timer = root / TIMER
    text = timer.read_text()
    if "session_refresh.c" not in text:
        timer.write_text(text + '\n#include "session_refresh.c" /* siaga */\n')
    objects = "transport_udp.o siaga_networks.o siaga_sound_guard.o"
    edit(root, [("pjmedia/build/Makefile", "transport_udp.o", objects)])
