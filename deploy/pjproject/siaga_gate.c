/* The gate: who may call, decided before a call costs anything.
 *
 * A pjsip module that stands behind the transaction layer (which absorbs repeated messages) and before dialogs, call
 * objects and Python. It sees every request that opens something new. A refused INVITE is answered statelessly.
 *
 * Theory of operation. Capacity is a rate (calls/s) and a number of calls up.
 *  - The rate follows the backlog: how long INVITEs waited in the kernel's queue before they were read. A backlog that
 *    stands for 0.6 s is overload: the rate becomes a part of what was served (multiplicative decrease), and
 *    rises again while there is no backlog (RFC 6357, 7339). An INVITE that waited very long is refused at once, so
 *    that the queue is short again before the rate has found its place.
 *  - It is shared max-min fair: each source that calls now has the same share, kept in its token bucket, and is not
 *    refused within it. What others leave over is anybody's.
 *  - The last `reserved` calls are for sources that have few up.
 * Call-takers' lines (user "browser" from this machine, users "pos-...") have a bucket of their own.
 *
 * Everything runs on the one thread that polls; nothing is locked. Times are seconds. Python (telephony/lines/gate.py)
 * knows the structs by their order: change both.
 */
#include <siaga.h>
#include <pjsua-lib/pjsua.h>
#include <pjsua-lib/pjsua_internal.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#define SOURCES 1024            /* a power of two; the table never grows */
#define PROBES 16
#define RECENT 65536            /* INVITEs whose fate is remembered, so that repeated ones share it */
#define WAYS 4                  /* places that one of them may have */
#define PHONES 256              /* accounts of call-takers' phones outside the trunks, by a hash of their address */
#define WINDOW 0.2              /* the control looks at the backlog so often */
#define BACKLOG 0.06            /* INVITEs that wait so long make a backlog; a caller notices nothing of it */
#define STANDS 3                /* windows that a backlog lasts to be an overload */
#define TOO_OLD 0.2             /* what waited so long in an overload is refused at once */
#define SETTLES 1.0             /* a backlog goes on for a while after the rate was lowered */
#define LEAST_RATE 50.0         /* more than a city's worst minute: a machine that stalls refuses nobody there */
#define NO_LIMIT 1e9
#define CALLS_NOW 3.0           /* a source that sent nothing for so long has no share */
#define RECEIVE_BUFFER (4 << 20)

enum fate {
    PASSED, STRANGER, FULL, SOURCE_FULL, RESERVED, SOURCE_RATE, OVERLOAD, UNACKED, LINES, OTHERS, FOREIGN, FATES
};

struct siaga_rules {
    double max_calls, max_calls_per_source, reserved_calls, calls_per_second_per_source;
};

struct siaga_row {              /* one source's account since it was last read */
    char address[48];
    double admitted, refused[FATES];
};

struct siaga_state {
    double rate, lag, calls, sources, admitted, refused[FATES];
};

struct bucket { double tokens, at; };

struct source {
    unsigned char key[16];
    int used, up, unacked;
    double seen;
    struct bucket share, fixed, lines, others;
    double asked, asks;         /* INVITEs in this window, and in a window on average */
    double admitted, refused[FATES];
};

static struct siaga_rules rules;
static struct source sources[SOURCES], strangers;
static struct { pj_uint64_t key; double at; int fate; } recent[RECENT];
static struct bucket spare, stranger_answers, stranger_lines, phones[PHONES];
static double limit = NO_LIMIT, served, least_wait, least_late, window_began, drained_at, lowered_at, lag;
static double window_admitted, window_slept, asks_all, admitted_all, refused_all[FATES];
static int window_held, backlogs, calls_up, callers_now;
static pjsip_transport *widened;
static const struct { const char *method; int code; } outside[] = {
    /* Requests outside a dialog that we have no use for. RFC 3261 8.2.1, 6665 7.2, 3903 6, 6086 4.2.2, 3311 5.2 */
    {"REGISTER", 405}, {"SUBSCRIBE", 489}, {"PUBLISH", 489}, {"NOTIFY", 481}, {"UPDATE", 481}, {"INFO", 481},
    {"PRACK", 481}, {"BYE", 481}, {"REFER", 603},
};

extern pj_bool_t siaga_info(pjsip_rx_data *rdata, pj_bool_t repeated);
extern int siaga_route_fits(pjsip_dialog *dialog, pjsip_rx_data *rdata);
extern int siaga_only_acknowledges(pjsip_dialog *dialog, pjsip_rx_data *rdata);

static double now_seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

/* Fills up at `rate` to at most `most`, and says whether there is one to take. */
static int has_token(struct bucket *b, double rate, double most, double now)
{
    double more = b->at > 0 ? (now - b->at) * rate : most;
    b->tokens = b->tokens + more > most ? most : b->tokens + more;
    b->at = now;
    return b->tokens >= 1;
}

static int take(struct bucket *b, double rate, double most, double now)
{
    int has = has_token(b, rate, most, now);
    if (has) b->tokens -= 1;
    return has;
}

/* -- sources */
static int is_loopback(const unsigned char key[16])
{
    static const unsigned char v6[16] = {[15] = 1}, v4[13] = {[10] = 0xff, [11] = 0xff, [12] = 127};
    return pj_memcmp(key, v6, 16) == 0 || pj_memcmp(key, v4, 13) == 0;
}

static unsigned hash_of(const unsigned char key[16])
{
    unsigned hash = 2166136261u, n;
    for (n = 0; n < 16; n++) hash = (hash ^ key[n]) * 16777619u;
    return hash;
}

/* Over TLS the certificate says who it is: without one of the trunks' CA there is no connection. */
static int is_known(pjsip_rx_data *rdata, const unsigned char key[16])
{
    return (rdata->tp_info.transport->flag & PJSIP_TRANSPORT_SECURE) || siaga_is_trunk(key);
}

/* Whether it may send what strangers may not: a trunk, or a program on this machine. */
int siaga_gate_knows(pjsip_rx_data *rdata)
{
    unsigned char key[16];
    siaga_key_of(&rdata->pkt_info.src_addr, key);
    return is_loopback(key) || is_known(rdata, key);
}

/* The source's account; the one that was quiet longest and has no calls makes room for a new one. */
static struct source *source_of(const unsigned char key[16])
{
    unsigned hash = hash_of(key), n;
    struct source *oldest = NULL;
    for (n = 0; n < PROBES; n++) {
        struct source *s = &sources[(hash + n) % SOURCES];
        if (s->used && pj_memcmp(s->key, key, 16) == 0) return s;
        if (!s->used || (!s->up && (!oldest || (oldest->used && s->seen < oldest->seen)))) oldest = s;
        if (!s->used) break;
    }
    if (!oldest) return NULL;
    pj_bzero(oldest, sizeof *oldest);
    pj_memcpy(oldest->key, key, 16);
    oldest->used = 1;
    return oldest;
}

/* -- what was decided on the same INVITE a moment ago */
static pj_uint64_t identity(pjsip_rx_data *rdata)
{
    const pj_str_t parts[2] = {rdata->msg_info.cid->id, rdata->msg_info.from->tag};
    pj_uint64_t hash = 14695981039346656037ull ^ (pj_uint32_t)rdata->msg_info.cseq->cseq;
    pj_ssize_t n;
    int p;
    for (p = 0; p < 2; p++)
        for (n = 0; n < parts[p].slen; n++) hash = (hash ^ (unsigned char)parts[p].ptr[n]) * 1099511628211ull;
    return hash;
}

static int remembered(pj_uint64_t id, double now)
{
    unsigned at = id % (RECENT / WAYS) * WAYS, n;
    for (n = at; n < at + WAYS; n++)
        if (recent[n].key == id && now - recent[n].at < 32) return recent[n].fate;
    return -1;
}

static void remember(pj_uint64_t id, int fate, double now)
{
    unsigned at = id % (RECENT / WAYS) * WAYS, oldest = at, n;
    for (n = at + 1; n < at + WAYS; n++)
        if (recent[n].at < recent[oldest].at) oldest = n;
    recent[oldest].key = id;
    recent[oldest].at = now;
    recent[oldest].fate = fate;
}

/* -- the rate */
/* Seconds that the message now read had waited in the kernel: SIOCGSTAMP is when the last one read had arrived. */
static double waited(pjsip_transport *transport)
{
    struct timeval arrived;
    double wait;
    int fd;

    if (transport->key.type != PJSIP_TRANSPORT_UDP && transport->key.type != PJSIP_TRANSPORT_UDP6) return -1;
    fd = (int)pjsip_udp_transport_get_socket(transport);
    if (transport != widened) {  /* room for a burst; the forced one needs a privilege, the other a sysctl */
        int size = RECEIVE_BUFFER;
        widened = transport;
        if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0)
            setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    }
    if (ioctl(fd, SIOCGSTAMP, &arrived) != 0) return -1;
    wait = now_seconds(CLOCK_REALTIME) - arrived.tv_sec - arrived.tv_usec / 1e6;
    return wait < 0 || wait > 30 ? -1 : wait;
}

static void control(double now)
{
    double rate = window_admitted / (now - window_began), asleep = window_slept / (now - window_began);
    unsigned n;

    served = rate > served ? rate : 0.8 * served + 0.2 * rate;
    /* Over TCP nobody knows how long a message waited: then it is how long there was always more to read. */
    lag = least_wait < NO_LIMIT ? least_wait : least_late < NO_LIMIT ? least_late : 0;
    backlogs = lag > BACKLOG ? backlogs + 1 : 0;
    /* A stall of the whole machine makes a backlog too, but a shorter one. */
    if (backlogs >= STANDS && now - lowered_at > SETTLES) {
        double lower = 0.85 * (limit < served ? limit : served);
        if (limit < NO_LIMIT && lower < 0.7 * limit) lower = 0.7 * limit;
        limit = lower > LEAST_RATE ? lower : LEAST_RATE;
        lowered_at = now;
    } else if (limit < NO_LIMIT && lag <= BACKLOG) {
        /* The more of the time the reactor sleeps, the further away is what it could serve. */
        limit *= !window_held || asleep > 0.3 ? 1.2 : asleep > 0.1 ? 1.06 : 1.02;
        if (limit > 20000) limit = NO_LIMIT;
    }
    callers_now = asks_all = 0;
    for (n = 0; n < SOURCES; n++) {
        struct source *s = &sources[n];
        if (!s->used || now - s->seen >= CALLS_NOW) continue;
        s->asks = 0.6 * s->asks + 0.4 * s->asked;
        s->asked = 0;
        asks_all += s->asks;
        callers_now++;
    }
    window_began = now;
    window_admitted = window_held = window_slept = 0;
    least_wait = least_late = NO_LIMIT;
}

/* Python calls it at the end of each turn. `drained`: nothing was left to read, and the next turn is in `planned`
 * seconds. */
void siaga_gate_turn(int drained, double planned)
{
    double now = now_seconds(CLOCK_MONOTONIC);
    double late = drained_at ? now - drained_at - planned : 0;

    if (late < least_late) least_late = late > 0 ? late : 0;
    if (drained) drained_at = now, window_slept += planned;
    if (now - window_began >= WINDOW) control(now);
}

/* -- deciding */
static int decide(struct source *s, double wait, double now)
{
    double share = callers_now > 1 ? limit / callers_now : limit;
    int within;

    s->asked++;

    if (calls_up >= rules.max_calls) return FULL;
    if (s->up >= rules.max_calls_per_source) return SOURCE_FULL;
    if (calls_up >= rules.max_calls - rules.reserved_calls && s->up >= rules.reserved_calls / 2) return RESERVED;
    if (s->unacked > 20 && s->unacked > rules.max_calls / 10) return UNACKED;
    if (rules.calls_per_second_per_source > 0 &&
        !take(&s->fixed, rules.calls_per_second_per_source, rules.calls_per_second_per_source, now))
        return SOURCE_RATE;
    if (limit >= NO_LIMIT) return PASSED;
    /* To read on is better for all, before their senders repeat what waits. Not the fault of who calls little. */
    if (wait > TOO_OLD && s->asks * callers_now * 2 >= asks_all) {
        window_held = 1;
        return OVERLOAD;
    }
    within = take(&s->share, share, share * 0.25 > 4 ? share * 0.25 : 4, now);
    if (!has_token(&spare, limit, limit * 0.1 > 4 ? limit * 0.1 : 4, now) && !within) {
        window_held = 1;
        return OVERLOAD;
    }
    if (spare.tokens > -limit) spare.tokens -= 1;
    return PASSED;
}

static void count(struct source *s, int fate)
{
    if (fate == PASSED) {
        s->admitted++, admitted_all++, window_admitted++;
    } else {
        s->refused[fate]++, refused_all[fate]++;
    }
}

/* Answers, mostly no, and keeps nothing of it. */
static pj_bool_t reply(pjsip_rx_data *rdata, int code, int retry_after)
{
    static const pj_str_t name = {"Retry-After", 11}, seconds[] = {{"1", 1}, {"5", 1}};
    pjsip_hdr list;

    pj_list_init(&list);
    if (retry_after)
        pj_list_push_back(&list, pjsip_generic_string_hdr_create(rdata->tp_info.pool, &name, &seconds[retry_after > 1]));
    if (code == 405) {
        const pjsip_hdr *allow = pjsip_endpt_get_capability(pjsua_var.endpt, PJSIP_H_ALLOW, NULL);
        if (allow) pj_list_push_back(&list, pjsip_hdr_clone(rdata->tp_info.pool, allow));
    }
    pjsip_endpt_respond_stateless(pjsua_var.endpt, rdata, code, NULL, &list, NULL);
    return PJ_TRUE;
}

/* Strangers are told so, but we are nobody's amplifier: beyond a rate they hear nothing. */
static pj_bool_t turn_away(pjsip_rx_data *rdata, double now)
{
    siaga_key_of(&rdata->pkt_info.src_addr, strangers.key);
    count(&strangers, STRANGER);
    if (rdata->msg_info.msg->line.req.method.id != PJSIP_ACK_METHOD && take(&stranger_answers, 100, 100, now))
        return reply(rdata, 403, 0);
    return PJ_TRUE;
}

/* The call that it belongs to: one that is up, or one that it cancels. */
static pjsip_dialog *call_of(pjsip_rx_data *rdata)
{
    pjsip_transaction *tsx;
    pj_str_t key;

    if (rdata->msg_info.msg->line.req.method.id != PJSIP_CANCEL_METHOD)
        return pjsip_ua_find_dialog(&rdata->msg_info.cid->id, &rdata->msg_info.to->tag, &rdata->msg_info.from->tag,
                                    PJ_FALSE);
    if (pjsip_tsx_create_key(rdata->tp_info.pool, &key, PJSIP_ROLE_UAS, pjsip_get_invite_method(), rdata) != PJ_SUCCESS)
        return NULL;
    tsx = pjsip_tsx_layer_find_tsx(&key, PJ_FALSE);
    return tsx ? pjsip_tsx_get_dlg(tsx) : NULL;
}

/* What belongs to somebody's call and came from elsewhere (siaga_dialog.c). */
void siaga_gate_foreign(const pj_sockaddr *from)
{
    unsigned char key[16];
    struct source *s;

    siaga_key_of(from, key);
    s = siaga_is_trunk(key) ? source_of(key) : NULL;
    if (!s) {
        s = &strangers;
        pj_memcpy(s->key, key, 16);
    }
    count(s, FOREIGN);
}

static pj_bool_t within(pjsip_rx_data *rdata, const unsigned char key[16], double now)
{
    pjsip_dialog *call = call_of(rdata);
    int is_ack = rdata->msg_info.msg->line.req.method.id == PJSIP_ACK_METHOD;

    if (call && !siaga_route_fits(call, rdata) && !(is_ack && siaga_only_acknowledges(call, rdata))) {
        siaga_gate_foreign(&rdata->pkt_info.src_addr);
        return is_ack || !take(&stranger_answers, 100, 100, now) || reply(rdata, 403, 0);
    }
    if (is_ack) return PJ_FALSE;
    /* Whether the call is there (RFC 3261, 11): the library says 500, and some hang up for that. */
    if (call && rdata->msg_info.msg->line.req.method.id == PJSIP_OPTIONS_METHOD) return reply(rdata, 200, 0);
    if (pj_stricmp2(&rdata->msg_info.msg->line.req.method.name, "INFO") == 0 &&
        siaga_info(rdata, remembered(identity(rdata), now) == PASSED)) {
        remember(identity(rdata), PASSED, now);
        return PJ_TRUE;
    }
    /* What belongs to nothing is answered 481 by the library, strangers' only so often. */
    return !call && !is_known(rdata, key) && !take(&stranger_answers, 100, 100, now);
}

/* A call-taker's phone; strangers share a rate, in which one address has a small part. */
static int line_may(struct source *s, double now)
{
    if (s) return take(&s->lines, 5, 20, now);
    return take(&phones[hash_of(strangers.key) % PHONES], 2, 8, now) && take(&stranger_lines, 20, 60, now);
}

static pj_bool_t invited(pjsip_rx_data *rdata, struct source *s, pj_str_t user, int local, double now)
{
    pj_uint64_t id = identity(rdata);
    double wait = waited(rdata->tp_info.transport);
    int fate = remembered(id, now);

    if (wait >= 0 && wait < least_wait) least_wait = wait;
    if (pj_stricmp2(&user, "browser") == 0) return local ? PJ_FALSE : turn_away(rdata, now);
    if (user.slen > 4 && pj_ansi_strnicmp(user.ptr, "pos-", 4) == 0) {
        if (!s) siaga_key_of(&rdata->pkt_info.src_addr, strangers.key);
        if (line_may(s, now)) return PJ_FALSE;
        count(s ? s : &strangers, LINES);
        return reply(rdata, 503, 1);
    }
    if (!s) return turn_away(rdata, now);
    if (fate < 0) {
        s->seen = now;
        if (!callers_now) callers_now = 1;
        fate = decide(s, wait, now);
        count(s, fate);
        remember(id, fate, now);
    }
    if (fate == PASSED) return PJ_FALSE;
    return reply(rdata, 503, fate == OVERLOAD || fate == SOURCE_RATE ? 1 : 5);
}

static pj_bool_t on_request(pjsip_rx_data *rdata)
{
    const pjsip_request_line *line = &rdata->msg_info.msg->line.req;
    double now = now_seconds(CLOCK_MONOTONIC);
    unsigned char key[16];
    pj_str_t user = {NULL, 0};
    struct source *s;
    int known, n;

    siaga_key_of(&rdata->pkt_info.src_addr, key);
    if (line->method.id == PJSIP_ACK_METHOD) {
        /* The ACK to an answer of ours without a state: it repeats the tag, which was made of its branch. */
        if (pj_strcmp(&rdata->msg_info.to->tag, &rdata->msg_info.via->branch_param) == 0) return PJ_TRUE;
        return within(rdata, key, now);
    }
    if (rdata->msg_info.to->tag.slen || line->method.id == PJSIP_CANCEL_METHOD) return within(rdata, key, now);
    known = is_known(rdata, key);
    s = known ? source_of(key) : NULL;
    if (known && !s) s = &strangers;  /* the table is full of sources that have calls up: one account for the rest */
    if (PJSIP_URI_SCHEME_IS_SIP(line->uri) || PJSIP_URI_SCHEME_IS_SIPS(line->uri))
        user = ((pjsip_sip_uri *)pjsip_uri_get_uri(line->uri))->user;
    if (line->method.id == PJSIP_INVITE_METHOD) return invited(rdata, s, user, is_loopback(key), now);
    if (!s) return turn_away(rdata, now);
    if (!take(&s->others, 100, 200, now)) {
        count(s, OTHERS);
        return reply(rdata, 503, 1);
    }
    if (line->method.id == PJSIP_OPTIONS_METHOD || pj_stricmp2(&line->method.name, "MESSAGE") == 0) return PJ_FALSE;
    for (n = 0; n < (int)PJ_ARRAY_SIZE(outside); n++)
        if (pj_stricmp2(&line->method.name, outside[n].method) == 0) return reply(rdata, outside[n].code, 0);
    return reply(rdata, 405, 0);
}

static pjsip_module gate = {
    NULL, NULL, {"mod-siaga-gate", 14}, -1, PJSIP_MOD_PRIORITY_TSX_LAYER + 4,
    NULL, NULL, NULL, NULL, &on_request, NULL, NULL, NULL, NULL,
};

/* -- what Python calls */
int siaga_gate_open(const struct siaga_rules *wanted)
{
    rules = *wanted;
    window_began = now_seconds(CLOCK_MONOTONIC);
    least_wait = least_late = NO_LIMIT;
    return pjsip_endpt_register_module(pjsua_var.endpt, &gate);
}

/* A call of this source begins (1) or ends (-1). */
void siaga_gate_up(const char *address, int change)
{
    unsigned char key[16];
    struct source *s = siaga_key_of_text(address, key) ? source_of(key) : NULL;
    calls_up += change;
    if (s) s->up = s->up + change < 0 ? 0 : s->up + change;
}

/* Answers to this source that are overdue for an ACK. */
void siaga_gate_unacked(const char *address, int number)
{
    unsigned char key[16];
    struct source *s = siaga_key_of_text(address, key) ? source_of(key) : NULL;
    if (s) s->unacked = number;
}

static int row_of(struct source *s, struct siaga_row *row)
{
    double refused = 0;
    int n;

    for (n = 0; n < FATES; n++) refused += s->refused[n];
    if (!refused) return 0;
    siaga_text_of(s->key, row->address, sizeof row->address);
    row->admitted = s->admitted;
    pj_memcpy(row->refused, s->refused, sizeof s->refused);
    s->admitted = 0;
    pj_bzero(s->refused, sizeof s->refused);
    return 1;
}

/* Fills in the sources that were refused something since the last time, strangers (by the last one's address) first.
 * Returns how many rows. */
int siaga_gate_refused(struct siaga_row *rows, int most)
{
    int n, made = most > 0 ? row_of(&strangers, rows) : 0;
    for (n = 0; n < SOURCES && made < most; n++)
        if (sources[n].used) made += row_of(&sources[n], &rows[made]);
    return made;
}

void siaga_gate_state(struct siaga_state *state)
{
    state->rate = limit, state->lag = lag, state->calls = calls_up, state->sources = callers_now;
    state->admitted = admitted_all;
    pj_memcpy(state->refused, refused_all, sizeof refused_all);
}
