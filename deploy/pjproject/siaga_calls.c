/* What the switch needs of a call beyond pjsua2: INFO, signs of life, questions, and an end that waits for nobody.
 *
 * telephony/lines/pjlib.py calls these by name. Everything runs on the one thread that polls.
 */
#include <siaga.h>
#include <pjsua-lib/pjsua.h>
#include <pjsua-lib/pjsua_internal.h>

static void (*told_info)(int call, const char *message, int length);
static void (*told_answer)(long question, int code);

static pjsua_call *call_of(int id)
{
    pjsua_call *call;
    if (id < 0 || id >= (int)pjsua_var.ua_cfg.max_calls) return NULL;
    call = &pjsua_var.calls[id];
    return call->inv ? call : NULL;
}

/* `info` hears the whole message of every INFO within a call; `answer` the code of every answer to a question. */
void siaga_calls_open(void (*info)(int, const char *, int), void (*answer)(long, int))
{
    told_info = info;
    told_answer = answer;
}

/* Callbacks that pjsua2 would hand to Python with copies of whole messages, and that nobody listens to: a third of
 * what a call costs. Call it after the library's init. */
void siaga_calls_quiet(void)
{
    pjsua_callback *cb = &pjsua_var.ua_cfg.cb;
    cb->on_call_tsx_state = NULL;
    cb->on_call_sdp_created = NULL;
    cb->on_stream_precreate = NULL;
    cb->on_stream_created2 = NULL;
    cb->on_stream_destroyed = NULL;
    cb->on_call_media_transport_state = NULL;
    cb->on_create_media_transport = NULL;
    cb->on_acc_find_for_incoming = NULL;
    cb->on_acc_send_request = NULL;
    cb->on_call_redirected = NULL;
}

/* INFO within a call (RFC 6086): answered here, because the library answers 500. Stateless: the transaction layer
 * has no part in it, so the gate says when one is repeated. PJ_FALSE: no such call, the library says 481. */
pj_bool_t siaga_info(pjsip_rx_data *rdata, pj_bool_t repeated)
{
    pjsip_dialog *dialog = pjsip_ua_find_dialog(&rdata->msg_info.cid->id, &rdata->msg_info.to->tag,
                                                &rdata->msg_info.from->tag, PJ_FALSE);
    pjsua_call *call = dialog ? (pjsua_call *)dialog->mod_data[pjsua_var.mod.id] : NULL;

    if (!call || !call->inv || call->inv->dlg != dialog) return PJ_FALSE;
    pjsip_endpt_respond_stateless(pjsua_var.endpt, rdata, 200, NULL, NULL, NULL);
    if (!repeated && told_info) (*told_info)(call->index, rdata->msg_info.msg_buf, rdata->msg_info.len);
    return PJ_TRUE;
}

/* Grows with every RTP packet and every RTCP report that came in on this call; -1: no such call, no sound, no text. */
long siaga_heard(int id)
{
    pjsua_call *call = call_of(id);
    long heard = -1;
    unsigned n;

    for (n = 0; call && n < call->med_cnt; n++) {
        pjsua_call_media *media = &call->media[n];
        struct siaga_guard *guard = media->type == PJMEDIA_TYPE_TEXT ? siaga_guard_of(media->tp_orig) : NULL;
        pjmedia_rtcp_stat stat;

        if (guard)
            heard = (heard < 0 ? 0 : heard) + guard->heard;
        else if (media->type == PJMEDIA_TYPE_AUDIO && media->strm.a.stream &&
                 pjmedia_stream_get_stat(media->strm.a.stream, &stat) == PJ_SUCCESS)
            heard = (heard < 0 ? 0 : heard) + stat.rx.pkt + stat.tx.update_cnt;
    }
    return heard;
}

static void answered(void *token, pjsip_event *event)
{
    pjsip_transaction *tsx = event->body.tsx_state.tsx;
    if (told_answer) (*told_answer)((long)token, tsx->status_code);
}

/* Asks the other end of a call with OPTIONS (RFC 3261, 11) whether it is there. 408 is told after 32 s only. */
int siaga_ask_call(int id, long question)
{
    static const pjsip_method options = {PJSIP_OPTIONS_METHOD, {"OPTIONS", 7}};
    pjsua_call *call = call_of(id);
    pjsip_tx_data *tdata;
    pj_status_t status;

    if (!call) return PJ_ENOTFOUND;
    pjsip_dlg_inc_lock(call->inv->dlg);
    status = pjsip_dlg_create_request(call->inv->dlg, &options, -1, &tdata);
    if (status == PJ_SUCCESS) ++call->inv->dlg->local.cseq;  /* the library counts only what it sends itself */
    pjsip_dlg_dec_lock(call->inv->dlg);
    return status == PJ_SUCCESS
        ? pjsip_endpt_send_request(pjsua_var.endpt, tdata, -1, (void *)question, &answered) : status;
}

/* The same to an address outside of any call: a trunk. */
int siaga_ask(const char *uri, const char *from, long question)
{
    static const pjsip_method options = {PJSIP_OPTIONS_METHOD, {"OPTIONS", 7}};
    pj_str_t target = pj_str((char *)uri), self = pj_str((char *)from);
    pjsip_tx_data *tdata;
    pj_status_t status = pjsip_endpt_create_request(pjsua_var.endpt, &options, &target, &self, &target, &self, NULL,
                                                    -1, NULL, &tdata);
    return status == PJ_SUCCESS
        ? pjsip_endpt_send_request(pjsua_var.endpt, tdata, -1, (void *)question, &answered) : status;
}

/* Ends a call whose other end does not answer any more: BYE is sent, and its answer not waited for. */
int siaga_drop(int id, int code)
{
    pjsua_call *call = call_of(id);
    pjsip_inv_session *inv = call ? call->inv : NULL;
    pjsip_tx_data *tdata;

    if (!inv) return PJ_ENOTFOUND;
    pjsip_dlg_inc_lock(inv->dlg);
    if (inv->state >= PJSIP_INV_STATE_CONNECTING && inv->state < PJSIP_INV_STATE_DISCONNECTED &&
        pjsip_dlg_create_request(inv->dlg, &pjsip_bye_method, -1, &tdata) == PJ_SUCCESS)
        pjsip_endpt_send_request(pjsua_var.endpt, tdata, -1, NULL, NULL);
    pjsip_inv_terminate(inv, code, PJ_TRUE);
    pjsip_dlg_dec_lock(inv->dlg);
    return PJ_SUCCESS;
}
