/* The intake: what comes in before pjsip reads it. Where the messages of a stream begin and end, what becomes of those
 * that pjsip cannot read, and which lines of a session description it gets to see.
 *
 * What a message says is read by Python (telephony/messages/mending.py, telephony/messages/description.py) through
 * `struct siaga_readers`; here are bytes only. deploy/pjproject/intake.py puts the doors into pjsip that lead here.
 *
 * Theory of operation. A stream (TCP, TLS) is cut into messages by Content-Length (RFC 3261, 18.3):
 *
 *   HEAD       waits for the empty line that ends the headers
 *   BODY       waits for as many bytes as Content-Length says
 *   LOOSE      no Content-Length, or none to believe: the body ends before the next request or status line, or when
 *              the line has been quiet for a moment
 *   PASS       the rest of a message that is not kept, by its Content-Length; ends early where what was just read
 *              begins with a request or status line, because then the length was a lie; without a length it ends
 *              before the next such line
 *   PASS_HEAD  headers without an end; to their empty line
 *
 * A message may have SIAGA_MOST bytes. A longer one is answered (413, 513) and passed over without being kept. A stream
 * that stops within a body is heard out for STALL seconds, then what has come is the message: its sender counted
 * wrongly, and waits. Buffers grow with what has come, never with what was promised; all together are bounded, those of
 * strangers apart, and a message that takes longer than SLOW seconds is given up (answered 408, passed over).
 *
 * Everything runs on the one thread that polls; nothing is locked. Times are seconds.
 */
#include <pjsua-lib/pjsua.h>
#include <pjsua-lib/pjsua_internal.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define SIAGA_MOST (1 << 20)        /* bytes of a message; telephony/messages/sip.py and deploy/kamailio say the same */
#define STRANGERS_MOST (1 << 16)    /* who is no trunk has nothing to send that is longer, nor who counts nothing */
#define KEPT_MOST (64u << 20)       /* bytes of all messages that are not complete */
#define KEPT_STRANGERS (8u << 20)
#define STALL 2.0                   /* a stream that stops within a message for so long has no more of it */
#define QUIET 0.4                   /* ends a body of unknown length */
#define SLOW 32.0                   /* a message that is not complete after so long is given up */
#define LINE_MOST 8000              /* a request line is not longer */
#define ANSWER_MOST 66000
#define DESCRIPTION_MOST 32000
#define STRANGERS_RATE 100          /* unreadable messages of strangers a second that are looked at */

struct siaga_readers {  /* each fills `out` with at most `room` bytes and returns how many, 0 for nothing */
    long (*mend)(const char *text, long len, const char *source, char *out, long room);
    long (*refuse)(int code, const char *text, long len, char *out, long room);
    long (*describe)(const char *text, long len, const char *source, char *out, long room);  /* -1: cannot say */
    long (*complete)(const char *sdp, long len, const char *lines, long lines_len, char *out, long room);
};

enum at { HEAD, BODY, LOOSE, PASS, PASS_HEAD };

struct stream {
    pjsip_rx_data *rdata;
    enum at at;
    char *text;                     /* what has come of the message, if it is not complete */
    pj_size_t used, room, seen;     /* `seen`: so much of it has no end of the headers */
    pj_size_t whole, head;          /* BODY: bytes of the message; BODY, LOOSE: of its headers */
    pj_uint64_t left, told;         /* PASS: bytes to pass over; PASS_HEAD: Content-Length so far */
    double began, heard;
    int known, waits;
    pj_timer_entry timer;
    char line[80];                  /* PASS_HEAD: how the line begins */
    unsigned line_len;
};

#define UNKNOWN (~(pj_uint64_t)0)

extern void (*siaga_take)(pjsip_rx_data *, pj_size_t);
extern void (*siaga_forget)(pjsip_rx_data *);
extern pj_size_t (*siaga_mend)(pjsip_rx_data *, const char *, pj_size_t, char **);
extern void (*siaga_refuse)(pjsip_rx_data *, const char *, pj_size_t, int);
extern pj_ssize_t (*siaga_describe)(pjsip_rx_data *, char **);
extern pj_ssize_t (*siaga_complete)(pj_pool_t *, const char *, pj_size_t, const pj_str_t *, char **);
extern int siaga_gate_knows(pjsip_rx_data *rdata);

static struct siaga_readers readers;
static pj_size_t kept[2];           /* bytes, of strangers and of those we know */
static char answer[ANSWER_MOST];

static double now_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

/* -- lines */
static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', end - at);
    return newline ? newline + 1 : end;
}

/* Request-Line = Method SP Request-URI SP SIP-Version CRLF; Status-Line = SIP-Version SP 3DIGIT SP …  (RFC 3261, 25.1)
 * 1: the line is one, 0: it is none, -1: it has not come to its end. */
static int is_start(const char *at, const char *end)
{
    const char *stop = memchr(at, '\n', end - at < LINE_MOST ? end - at : LINE_MOST), *p = at;

    if (!stop) return end - at < LINE_MOST ? -1 : 0;
    if (stop - at > 8 && strncasecmp(at, "SIP/", 4) == 0) return isdigit((unsigned char)at[4]) != 0;
    while (p < stop && (isalnum((unsigned char)*p) || (*p && strchr("-.!%*_+`'~", *p)))) ++p;
    if (p == at || (*p != ' ' && *p != '\t')) return 0;
    for (; stop - p > 6; ++p)
        if (strncasecmp(p, " SIP/", 5) == 0 && isdigit((unsigned char)p[5])) return 1;
    return 0;
}

/* The same where bytes of a body might stand: only the methods that there are. */
static int is_known_start(const char *at, const char *end)
{
    static const char *words[] = {
        "INVITE ", "ACK ", "BYE ", "CANCEL ", "OPTIONS ", "MESSAGE ", "INFO ", "UPDATE ", "PRACK ", "REGISTER ",
        "SUBSCRIBE ", "NOTIFY ", "PUBLISH ", "REFER ", "SIP/2.0 ",
    };
    unsigned n;

    for (n = 0; n < PJ_ARRAY_SIZE(words); n++) {
        pj_size_t len = strlen(words[n]);
        if ((pj_size_t)(end - at) > len && memcmp(at, words[n], len) == 0) return is_start(at, end) == 1;
    }
    return 0;
}

/* The first line from `at` on that begins a message, else NULL. */
static const char *next_start(const char *at, const char *end)
{
    for (; at < end; at = line_end(at, end))
        if (is_known_start(at, end)) return at;
    return NULL;
}

/* Behind the empty line that ends the headers, else 0. */
static pj_size_t end_of_head(const char *text, pj_size_t len, pj_size_t from)
{
    const char *at = text + from, *end = text + len;

    while ((at = memchr(at, '\n', end - at)) != NULL) {
        ++at;
        if (at < end && *at == '\n') return at + 1 - text;
        if (at + 1 < end && at[0] == '\r' && at[1] == '\n') return at + 2 - text;
    }
    return 0;
}

/* Content-Length = ( "Content-Length" / "l" ) HCOLON 1*DIGIT  (RFC 3261, 25.1): the number, UNKNOWN where there is
 * none; cut at 2^50. Returns whether the line is one at all. */
static int length_of(const char *line, const char *end, pj_uint64_t *value)
{
    const char *p = line;
    pj_uint64_t number = 0;
    int digits = 0;

    if (end - p > 14 && strncasecmp(p, "content-length", 14) == 0) p += 14;
    else if (end - p > 1 && (*p == 'l' || *p == 'L')) p += 1;
    else return 0;
    while (p < end && (*p == ' ' || *p == '\t')) ++p;
    if (p == end || *p != ':') return 0;
    for (++p; p < end && (*p == ' ' || *p == '\t'); ++p);
    for (; p < end && isdigit((unsigned char)*p); ++p, ++digits)
        if (number < (pj_uint64_t)1 << 50) number = number * 10 + (*p - '0');
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')) ++p;
    *value = digits && p == end ? number : UNKNOWN;
    return 1;
}

static int has_name(const char *line, const char *end, const char *name, char compact)
{
    pj_size_t len = strlen(name);
    const char *p = line;

    if ((pj_size_t)(end - line) > len && strncasecmp(line, name, len) == 0) p += len;
    else if (end - line > 1 && tolower((unsigned char)*line) == compact) p += 1;
    else return 0;
    while (p < end && (*p == ' ' || *p == '\t')) ++p;
    return p < end && *p == ':';
}

/* What the headers say of the body's length: UNKNOWN if they do not, or say two things. Without a Content-Type there
 * is none (20.15). */
static pj_uint64_t body_length(const char *text, pj_size_t head)
{
    const char *at, *end = text + head, *next;
    pj_uint64_t told = UNKNOWN, value;
    int said = 0, typed = 0;

    for (at = text; at < end; at = next) {
        next = line_end(at, end);
        typed |= has_name(at, next, "content-type", 'c');
        if (!length_of(at, next, &value)) continue;
        if (said && value != told) return UNKNOWN;
        said = 1, told = value;
    }
    return !said && !typed ? 0 : told;
}

/* -- answers */
/* Of strangers only so many a second. */
static int may_look(pjsip_rx_data *rdata)
{
    static time_t second;
    static int looked;
    time_t now = (time_t)now_seconds();

    if (siaga_gate_knows(rdata)) return 1;
    if (now != second) second = now, looked = 0;
    return ++looked <= STRANGERS_RATE;
}

/* A response to a request that is not understood, the way it came. */
static void refuse(pjsip_rx_data *rdata, const char *text, pj_size_t len, int code)
{
    pjsip_transport *transport = rdata->tp_info.transport;
    pjsip_tpselector chosen;
    long made;

    if (!may_look(rdata)) return;
    made = (*readers.refuse)(code, text, len < STRANGERS_MOST ? (long)len : STRANGERS_MOST, answer, sizeof answer);
    if (made <= 0) return;
    pj_bzero(&chosen, sizeof chosen);
    chosen.type = PJSIP_TPSELECTOR_TRANSPORT;
    chosen.u.transport = transport;
    pjsip_tpmgr_send_raw(transport->tpmgr, transport->key.type, &chosen, NULL, answer, made,
                         &rdata->pkt_info.src_addr, rdata->pkt_info.src_addr_len, NULL, NULL);
}

static pj_size_t mend(pjsip_rx_data *rdata, const char *text, pj_size_t len, char **mended)
{
    long room = (long)len + 4000, made;

    if (!may_look(rdata)) return 0;
    *mended = pj_pool_alloc(rdata->tp_info.pool, room + 1);
    made = (*readers.mend)(text, (long)len, rdata->pkt_info.src_name, *mended, room);
    if (made <= 0) return 0;
    (*mended)[made] = 0;
    return made;
}

/* -- buffers */
static pj_size_t most(const struct stream *s)
{
    return s->known ? SIAGA_MOST : STRANGERS_MOST;
}

static void let_go(struct stream *s)
{
    kept[s->known] -= s->room;
    free(s->text);
    s->text = NULL;
    s->used = s->room = s->seen = 0;
}

static int make_room(struct stream *s, pj_size_t wanted)
{
    pj_size_t room = s->room ? s->room : 4096;
    char *text;

    while (room < wanted) room *= 2;
    if (room == s->room) return 1;
    if (kept[s->known] - s->room + room > (s->known ? KEPT_MOST : KEPT_STRANGERS)) return 0;
    text = realloc(s->text, room);
    if (!text) return 0;
    kept[s->known] += room - s->room;
    s->text = text;
    s->room = room;
    return 1;
}

/* -- messages */
static void deliver(struct stream *s, char *text, pj_size_t len)
{
    pjsip_rx_data *rdata = s->rdata;
    char after = text[len];

    rdata->pkt_info.siaga_whole = text;
    rdata->pkt_info.len = len;
    rdata->pkt_info.zero = 0;
    pj_gettimeofday(&rdata->pkt_info.timestamp);
    pjsip_tpmgr_receive_packet(rdata->tp_info.transport->tpmgr, rdata);
    rdata->pkt_info.siaga_whole = NULL;
    text[len] = after;
    pj_pool_reset(rdata->tp_info.pool);
    s->at = HEAD;
    s->began = s->heard;
}

static void pass(struct stream *s, pj_uint64_t left)
{
    s->left = left;
    s->at = left ? PASS : HEAD;
    s->began = s->heard;
}

/* Headers that are passed over; their bytes are gone. Returns how many of `len` belong to them. */
static pj_size_t pass_head(struct stream *s, const char *text, pj_size_t len)
{
    pj_size_t n;

    for (n = 0; n < len; n++) {
        pj_uint64_t value;

        if (text[n] != '\n') {
            if (s->line_len < sizeof s->line) s->line[s->line_len++] = text[n];
            continue;
        }
        if (s->line_len == 0 || (s->line_len == 1 && s->line[0] == '\r')) {
            pass(s, s->told);
            return n + 1;
        }
        if (length_of(s->line, s->line + s->line_len, &value)) s->told = value;
        s->line_len = 0;
    }
    return len;
}

/* The message in hand is answered, and what comes of it is passed over. */
static void give_up(struct stream *s, const char *text, pj_size_t len, int code)
{
    refuse(s->rdata, text, len, code);
    if (s->at == BODY) {
        pass(s, s->whole > len ? s->whole - len : 0);
    } else if (s->at == LOOSE) {
        pass(s, UNKNOWN);
    } else {
        s->at = PASS_HEAD;
        s->told = s->line_len = 0;
        pass_head(s, text, len);
    }
}

/* The headers are complete: what kind of message it is. Returns how many bytes of it to pass over at once. */
static pj_size_t headed(struct stream *s, const char *text, pj_size_t len, pj_size_t head)
{
    pj_uint64_t told = body_length(text, head);

    s->head = head;
    if (head > most(s) || (told != UNKNOWN && told > most(s) - head)) {
        pj_size_t here = told == UNKNOWN ? head : told > len - head ? len : head + (pj_size_t)told;

        refuse(s->rdata, text, head, head > most(s) ? 513 : 413);
        pass(s, told == UNKNOWN ? told : head + told - here);
        return here;
    }
    s->at = told == UNKNOWN ? LOOSE : BODY;
    s->whole = told == UNKNOWN ? 0 : head + told;
    return 0;
}

/* Where the body in hand ends, or 0 when that has not come. A sender who counts too few is seen by what follows and
 * begins no message: it is part of the body. One who counts too many, by a message that begins within the last line. */
static pj_size_t end_of_body(struct stream *s, const char *text, pj_size_t len)
{
    const char *end = text + len, *start, *line;

    if (s->at == LOOSE) {
        start = next_start(text + s->head, end);
        return start ? start - text : 0;
    }
    if (len < s->whole) return 0;
    if (len == s->whole || is_known_start(text + s->whole, end)) return s->whole;
    for (line = text + s->whole; line > text + s->head && line[-1] != '\n'; --line);
    if (line < text + s->whole && is_known_start(line, end)) return line - text;
    if (strchr("\r\n", text[s->whole]) || is_start(text + s->whole, end) != 0) return s->whole;
    start = next_start(text + s->head, end);
    return start ? start - text : len;
}

/* Takes the messages out of what is there; returns how many bytes are done with. */
static pj_size_t work(struct stream *s, char *text, pj_size_t len)
{
    pj_size_t done = 0;

    while (done < len) {
        char *at = text + done;
        pj_size_t rest = len - done, end;

        if (s->at == PASS) {
            if (s->left == UNKNOWN || done == 0) {
                const char *start = next_start(at, s->left == UNKNOWN ? text + len : line_end(at, text + len));
                if (start) { s->at = HEAD; done = start - text; continue; }
            }
            end = s->left < rest ? (pj_size_t)s->left : rest;
            if (s->left != UNKNOWN) s->left -= end;
            if (!s->left) s->at = HEAD;
            done += end;
        } else if (s->at == PASS_HEAD) {
            done += pass_head(s, at, rest);
        } else if (s->at == HEAD) {
            if (*at == '\r' || *at == '\n') { done++; continue; }
            end = end_of_head(at, rest, s->seen);
            if (!end) {
                s->seen = rest > 3 ? rest - 3 : 0;
                if (rest <= most(s)) break;
                give_up(s, at, rest, 513);
                return len;
            }
            s->seen = 0;
            if (is_start(at, at + end) == 0) {  /* what is left of something else */
                const char *start = next_start(at, at + end);
                if (start) { done = start - text; continue; }
            }
            done += headed(s, at, rest, end);
        } else {
            end = end_of_body(s, at, rest);
            if (!end && s->at == LOOSE && rest > STRANGERS_MOST) {
                give_up(s, at, rest, 413);
                return len;
            }
            if (!end) break;
            deliver(s, at, end);
            done += end;
        }
    }
    return done;
}

/* What is not done with is kept for later. */
static void keep(struct stream *s, char *text, pj_size_t len)
{
    if (len == 0) {
        let_go(s);
    } else if (text >= s->text && text < s->text + s->room) {
        memmove(s->text, text, len);
        s->used = len;
    } else if (make_room(s, len + 1)) {
        memcpy(s->text, text, len);
        s->used = len;
    } else {
        give_up(s, text, len, 503);
        let_go(s);
    }
}

static void go_on(struct stream *s, char *text, pj_size_t len)
{
    double seconds;
    pj_time_val delay;
    pj_size_t done;

    if (s->waits) pjsip_endpt_cancel_timer(pjsua_var.endpt, &s->timer);
    done = work(s, text, len);
    keep(s, text + done, len - done);
    seconds = s->at == LOOSE ? QUIET : STALL;
    delay.sec = (long)seconds;
    delay.msec = (long)(seconds * 1000) % 1000;
    s->waits = s->used && pjsip_endpt_schedule_timer(pjsua_var.endpt, &s->timer, &delay) == PJ_SUCCESS;
}

/* The stream has been quiet for a while, and what came is no complete message. */
static void on_quiet(pj_timer_heap_t *heap, pj_timer_entry *entry)
{
    struct stream *s = entry->user_data;
    pjsip_transport *transport = s->rdata->tp_info.transport;
    pj_size_t len = s->used, cut = len;
    pj_uint64_t left = 0;

    PJ_UNUSED_ARG(heap);
    s->waits = 0;
    if (transport->is_shutdown || transport->is_destroying) return;
    pjsip_transport_add_ref(transport);
    if (s->at == BODY) {
        const char *start = next_start(s->text + s->head, s->text + len);
        if (start) cut = start - s->text;
        else left = s->whole - len;
    } else if (s->at == HEAD && (memchr(s->text, ' ', len) || memchr(s->text, '\n', len))) {
        cut = 0;
    }
    if (cut && s->at != HEAD) {
        deliver(s, s->text, cut);
        if (left) pass(s, left);
    } else if (!cut && now_seconds() - s->began > SLOW) {
        give_up(s, s->text, cut = len, 408);
    }
    go_on(s, s->text + cut, len - cut);
    pjsip_transport_dec_ref(transport);
}

/* `size` bytes have come, in the packet of `rdata`; all of them are taken. */
static void take(pjsip_rx_data *rdata, pj_size_t size)
{
    struct stream *s = rdata->tp_info.tp_data;
    char *text = rdata->pkt_info.packet;

    if (!s) {
        s = rdata->tp_info.tp_data = calloc(1, sizeof *s);
        if (!s) return;
        s->rdata = rdata;
        s->known = siaga_gate_knows(rdata) != 0;
        pj_timer_entry_init(&s->timer, 0, s, &on_quiet);
    }
    s->heard = now_seconds();
    if (!s->used) {
        s->began = s->heard;
    } else if (s->heard - s->began > SLOW || !make_room(s, s->used + size + 1)) {
        give_up(s, s->text, s->used, s->heard - s->began > SLOW ? 408 : 503);
        let_go(s);
    } else {
        memcpy(s->text + s->used, text, size);
        text = s->text;
        size = s->used += size;
    }
    go_on(s, text, size);
}

/* The connection is gone. */
static void forget(pjsip_rx_data *rdata)
{
    struct stream *s = rdata->tp_info.tp_data;

    if (!s) return;
    rdata->tp_info.tp_data = NULL;
    if (s->waits) pjsip_endpt_cancel_timer(pjsua_var.endpt, &s->timer);
    let_go(s);
    free(s);
}

/* -- session descriptions */
static pj_ssize_t describe(pjsip_rx_data *rdata, char **sdp)
{
    static char out[DESCRIPTION_MOST];
    long made;

    if (!rdata->msg_info.msg->body) return 0;
    made = (*readers.describe)(rdata->msg_info.msg_buf, rdata->msg_info.len, rdata->pkt_info.src_name, out, sizeof out);
    if (made > 0) {
        *sdp = pj_pool_alloc(rdata->tp_info.pool, made + 1);
        pj_memcpy(*sdp, out, made);
        (*sdp)[made] = 0;
    }
    return made;
}

static pj_ssize_t complete(pj_pool_t *pool, const char *sdp, pj_size_t len, const pj_str_t *lines, char **whole)
{
    static char out[DESCRIPTION_MOST];
    long made = (*readers.complete)(sdp, (long)len, lines->ptr, (long)lines->slen, out, sizeof out);

    if (made > 0) {
        *whole = pj_pool_alloc(pool, made);
        pj_memcpy(*whole, out, made);
    }
    return made;
}

/* Opens the doors. Call it after the library's init, and before it listens. */
void siaga_intake_open(const struct siaga_readers *wanted)
{
    readers = *wanted;
    siaga_take = &take;
    siaga_forget = &forget;
    siaga_mend = &mend;
    siaga_refuse = &refuse;
    siaga_describe = &describe;
    siaga_complete = &complete;
    pjsip_cfg()->endpt.disable_secure_dlg_check = PJ_TRUE;  /* sips: over a line in the clear is a call all the same */
}
