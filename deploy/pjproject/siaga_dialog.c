/* Whose requests, answers and sound belong to a call: those of its route.
 *
 * A call's route is where its INVITE came from or, of one that we dialled, where the answers come from; the other
 * networks of the same trunk (networks.c); whom the call says we speak to (its Contact, or the first of its Route); and
 * over TLS, whoever has a certificate of the trunks. Call-ID and tags prove nothing: they can be read on the way. What
 * belongs to a call and comes from elsewhere is refused and counted (siaga_gate.c), and leaves the call as it is.
 *
 * And which calls are in doubt (session_refresh.c). Everything runs on the one thread that polls.
 */
#include <siaga.h>
#include <pjsua-lib/pjsua.h>
#include <pjsua-lib/pjsua_internal.h>

extern void (*siaga_on_doubt)(pjsip_inv_session *inv, pj_bool_t doubted);
extern void siaga_inv_confirm(pjsip_inv_session *inv);
extern void siaga_gate_foreign(const pj_sockaddr *from);

struct route {
    pj_sockaddr source;
    int trunk, secure, doubted;
};

struct siaga_strays {           /* Python knows it by its order (telephony/lines/strays.py) */
    long heard, strays;
    char stray[48], named[48];
};

static pj_bool_t on_response(pjsip_rx_data *rdata);

static pjsip_module routes = {
    NULL, NULL, {"mod-siaga-routes", 16}, -1, PJSIP_MOD_PRIORITY_TSX_LAYER - 4,
    NULL, NULL, NULL, NULL, NULL, &on_response, NULL, NULL, NULL,
};
static void (*told_incoming)(pjsua_acc_id account, pjsua_call_id call, pjsip_rx_data *rdata);

static struct route *route_of(pjsip_dialog *dialog)
{
    struct route *route = dialog->mod_data[routes.id];

    if (!route) {
        route = dialog->mod_data[routes.id] = PJ_POOL_ZALLOC_T(dialog->pool, struct route);
        route->trunk = SIAGA_NO_TRUNK;
    }
    return route;
}

static void learn(pjsip_dialog *dialog, pjsip_rx_data *rdata)
{
    struct route *route = route_of(dialog);

    if (route->source.addr.sa_family) return;
    pj_sockaddr_cp(&route->source, &rdata->pkt_info.src_addr);
    route->trunk = siaga_trunk_of(&route->source);
    route->secure = (rdata->tp_info.transport->flag & PJSIP_TRANSPORT_SECURE) != 0;
}

static int is_at(const pjsip_uri *uri, const pj_sockaddr *from)
{
    unsigned char key[16], other[16];
    char text[64];
    const pj_str_t *host;

    if (!uri || (!PJSIP_URI_SCHEME_IS_SIP(uri) && !PJSIP_URI_SCHEME_IS_SIPS(uri))) return 0;
    host = &((pjsip_sip_uri *)pjsip_uri_get_uri((void *)uri))->host;
    if (host->slen <= 0 || host->slen >= (pj_ssize_t)sizeof text) return 0;
    pj_memcpy(text, host->ptr, host->slen);
    text[host->slen] = 0;
    if (!siaga_key_of_text(text, key)) return 0;
    siaga_key_of(from, other);
    return pj_memcmp(key, other, 16) == 0;
}

/* Whether a request that belongs to this call comes by its route. */
int siaga_route_fits(pjsip_dialog *dialog, pjsip_rx_data *rdata)
{
    const pj_sockaddr *from = &rdata->pkt_info.src_addr;
    struct route *route = route_of(dialog);

    return siaga_same_host(&route->source, from) || siaga_same_trunk(route->trunk, from) ||
           (route->secure && (rdata->tp_info.transport->flag & PJSIP_TRANSPORT_SECURE)) ||
           is_at(dialog->target, from) ||
           (!pj_list_empty(&dialog->route_set) && is_at(dialog->route_set.next->name_addr.uri, from));
}

/* Whether this ACK only says that our answer was heard: then it may come from anywhere, as from a telephone whose proxy
 * does not stay in the way and whose Contact is a name. It carries no answer to an offer, nor should it. */
int siaga_only_acknowledges(pjsip_dialog *dialog, pjsip_rx_data *rdata)
{
    pjsip_inv_session *inv = pjsip_dlg_get_inv_session(dialog);
    pj_int32_t number = rdata->msg_info.cseq->cseq;

    if (!inv || rdata->msg_info.msg->body) return 0;
    if (!inv->invite_tsx) return number == dialog->remote.cseq;
    return inv->invite_tsx->role == PJSIP_ROLE_UAS && number == inv->invite_tsx->cseq &&
           (!inv->neg || pjmedia_sdp_neg_get_state(inv->neg) != PJMEDIA_SDP_NEG_STATE_LOCAL_OFFER);
}

/* Answers come from where the request went, or from its trunk. */
static pj_bool_t on_response(pjsip_rx_data *rdata)
{
    const pj_sockaddr *from = &rdata->pkt_info.src_addr;
    pjsip_transaction *tsx;
    pjsip_dialog *dialog;
    pj_str_t key;
    int is_there;

    if (pjsip_tsx_create_key(rdata->tp_info.pool, &key, PJSIP_ROLE_UAC, &rdata->msg_info.cseq->method, rdata) !=
        PJ_SUCCESS)
        return PJ_FALSE;
    tsx = pjsip_tsx_layer_find_tsx(&key, PJ_FALSE);
    if (!tsx) return PJ_FALSE;
    dialog = pjsip_tsx_get_dlg(tsx);
    if (PJSIP_TRANSPORT_IS_RELIABLE(rdata->tp_info.transport) && tsx->transport == rdata->tp_info.transport)
        is_there = 1;
    else
        is_there = !tsx->addr_len || siaga_same_host(&tsx->addr, from) ||
                   siaga_same_trunk(siaga_trunk_of(&tsx->addr), from) || (dialog && siaga_route_fits(dialog, rdata));
    if (!is_there) {
        siaga_gate_foreign(from);
        return PJ_TRUE;
    }
    if (dialog && tsx->method.id == PJSIP_INVITE_METHOD) learn(dialog, rdata);
    return PJ_FALSE;
}

static void incoming(pjsua_acc_id account, pjsua_call_id call, pjsip_rx_data *rdata)
{
    pjsip_inv_session *inv = pjsua_var.calls[call].inv;

    if (inv) learn(inv->dlg, rdata);
    (*told_incoming)(account, call, rdata);
}

static void doubt(pjsip_inv_session *inv, pj_bool_t doubted)
{
    route_of(inv->dlg)->doubted = doubted;
}

/* Before the sound of a call begins or changes (pjsua_media_channel_update): who may be heard besides whom it names. */
void siaga_guard_call(pjsua_call *call)
{
    struct route *route = call->inv ? route_of(call->inv->dlg) : NULL;
    unsigned n;

    for (n = 0; route && n < call->med_prov_cnt; n++) {
        struct siaga_guard *guard = siaga_guard_of(call->media_prov[n].tp_orig);
        if (!guard) continue;
        pj_sockaddr_cp(&guard->source, &route->source);
        guard->trunk = route->trunk;
    }
}

static pjsua_call *call_of(int id)
{
    pjsua_call *call = id >= 0 && id < (int)pjsua_var.ua_cfg.max_calls ? &pjsua_var.calls[id] : NULL;
    return call && call->inv ? call : NULL;
}

/* -- what Python calls */
int siaga_routes_open(void)
{
    siaga_guards = 1;
    siaga_on_doubt = &doubt;
    told_incoming = pjsua_var.ua_cfg.cb.on_incoming_call;
    pjsua_var.ua_cfg.cb.on_incoming_call = &incoming;
    return pjsip_endpt_register_module(pjsua_var.endpt, &routes);
}

/* Whether a refresh of this call failed, or what else says that it may be over, and nothing said otherwise since. */
int siaga_doubted(int id)
{
    pjsua_call *call = call_of(id);
    return call ? route_of(call->inv->dlg)->doubted : 0;
}

/* An answer of ours that was never acknowledged, on a call whose sound says that it was heard. */
void siaga_acknowledged(int id)
{
    pjsua_call *call = call_of(id);

    if (!call) return;
    pjsip_dlg_inc_lock(call->inv->dlg);
    siaga_inv_confirm(call->inv);
    pjsip_dlg_dec_lock(call->inv->dlg);
}

static void text_of(const pj_sockaddr *address, char *text, int size)
{
    unsigned char key[16];

    text[0] = 0;
    if (!address->addr.sa_family) return;
    siaga_key_of(address, key);
    siaga_text_of(key, text, size);
}

/* What came to the ports of this call's sound and text. 0: no such call. */
int siaga_strays_of(int id, struct siaga_strays *row)
{
    pjsua_call *call = call_of(id);
    unsigned n;

    pj_bzero(row, sizeof *row);
    for (n = 0; call && n < call->med_cnt; n++) {
        struct siaga_guard *guard = siaga_guard_of(call->media[n].tp_orig);
        if (!guard) continue;
        row->heard += guard->heard;
        row->strays += guard->strays;
        if (guard->strays) text_of(&guard->stray, row->stray, sizeof row->stray);
        text_of(&guard->rtp.named, row->named, sizeof row->named);
    }
    return call != NULL;
}
