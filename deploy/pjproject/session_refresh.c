/* What follows when a session refresh of ours fails, or none of theirs comes (RFC 4028). Read into sip_timer.c, whose
 * timer it serves.
 *
 * A caller is not hung up on because a question about the session was not liked.
 *    491                     again after the time of RFC 3261, 14.1
 *    any with Retry-After    again after that
 *    else, to UPDATE         re-INVITE at once, and from then on
 *    else, to re-INVITE      again every ten seconds
 * When the session runs out for all that, or theirs does, the call stays, in doubt: it is watched by its sound
 * (telephony/lines/dead_calls.py), until a refresh succeeds.
 */
#include <pj/rand.h>

#define SIAGA_AGAIN 10000       /* milliseconds to the next try */
#define SIAGA_LONGEST 32000     /* that Retry-After may ask for */
#define SIAGA_ANSWER_WITHIN 20000 /* after 100 Trying: theirs must wait for ours, and nobody is rung */

void siaga_doubt(pjsip_inv_session *inv)
{
    if (siaga_on_doubt) (*siaga_on_doubt)(inv, PJ_TRUE);
}

static void siaga_refreshed(pjsip_inv_session *inv)
{
    if (siaga_on_doubt) (*siaga_on_doubt)(inv, PJ_FALSE);
}

static void siaga_again(pjsip_inv_session *inv, unsigned milliseconds)
{
    pj_time_val delay = {0, 0};

    if (inv->timer->timer.id != 0) pjsip_endpt_cancel_timer(inv->dlg->endpt, &inv->timer->timer);
    inv->timer->timer.id = 1;
    delay.msec = milliseconds;
    pj_time_val_normalize(&delay);
    pjsip_endpt_schedule_timer(inv->dlg->endpt, &inv->timer->timer, &delay);
}

/* The session has run out: nobody asks any more, and nobody is hung up on. */
static void siaga_ran_out(pjsip_inv_session *inv)
{
    stop_timer(inv);
    inv->timer->active = PJ_FALSE;
    siaga_doubt(inv);
}

static unsigned siaga_pause_after(pjsip_inv_session *inv, pjsip_transaction *tsx, pjsip_event *e)
{
    pjsip_retry_after_hdr *header = NULL;

    if (tsx->status_code == 491)
        return inv->role == PJSIP_ROLE_UAC ? 2100 + pj_rand() % 191 * 10 : pj_rand() % 201 * 10;
    if (e->body.tsx_state.type == PJSIP_EVENT_RX_MSG)
        header = (pjsip_retry_after_hdr *)pjsip_msg_find_hdr(e->body.tsx_state.src.rdata->msg_info.msg,
                                                             PJSIP_H_RETRY_AFTER, NULL);
    if (header)
        return header->ivalue < 1 ? 1000 : header->ivalue > SIAGA_LONGEST / 1000 ? SIAGA_LONGEST : header->ivalue * 1000;
    if (!inv->timer->use_update) return SIAGA_AGAIN;
    inv->timer->siaga_no_update = PJ_TRUE;
    inv->timer->use_update = PJ_FALSE;
    inv->timer->with_sdp = PJ_TRUE;
    return 10;
}

/* Every step of every transaction in a call comes by here, after the call itself has seen it. */
void siaga_refresh_step(pjsip_inv_session *inv, pjsip_transaction *tsx, pjsip_event *e)
{
    pjsip_timer *timer = inv->timer;

    if (!timer || tsx->role != PJSIP_ROLE_UAC || inv->state >= PJSIP_INV_STATE_DISCONNECTED) return;
    if (tsx->state == PJSIP_TSX_STATE_CALLING && timer->refresh_tdata && tsx->last_tx == timer->refresh_tdata) {
        timer->siaga_cseq = tsx->cseq;
        return;
    }
    if (!timer->siaga_cseq || tsx->cseq != timer->siaga_cseq ||
        (tsx->method.id != PJSIP_INVITE_METHOD && pjsip_method_cmp(&tsx->method, &pjsip_update_method) != 0))
        return;
    if (tsx->method.id == PJSIP_INVITE_METHOD && tsx->state == PJSIP_TSX_STATE_PROCEEDING)
        pjsip_tsx_set_timeout(tsx, SIAGA_ANSWER_WITHIN);
    if (tsx->status_code < 200) return;
    timer->siaga_cseq = 0;
    timer->refresh_tdata = NULL;
    /* Without the timer that says when the session runs out, it has run out or is not ours to refresh. */
    if (tsx->status_code >= 300 && timer->active && timer->expire_timer.id != 0)
        siaga_again(inv, siaga_pause_after(inv, tsx, e));
}
