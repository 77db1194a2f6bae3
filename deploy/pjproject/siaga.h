/* What our own parts of the library share: addresses, trunks, and who may be heard on a port for sound.
 *
 * networks.c and sound_guard.c are compiled into pjmedia, siaga_*.c into pjsua-lib.
 */
#ifndef SIAGA_H
#define SIAGA_H

#include <pj/sock.h>

/* -- networks.c */
#define SIAGA_NO_TRUNK (-1)
#define SIAGA_WIDEST (96 + 20)  /* bits of the widest network that is one trunk: /20, of IPv6 /56 */
#define SIAGA_WIDEST_V6 56

/* An address as 16 bytes: IPv4 as IPv6 writes it (::ffff:a.b.c.d). */
void siaga_key_of(const pj_sockaddr *from, unsigned char key[16]);
int siaga_key_of_text(const char *text, unsigned char key[16]);
void siaga_text_of(const unsigned char key[16], char *text, int size);
int siaga_same_host(const pj_sockaddr *a, const pj_sockaddr *b);
int siaga_is_trunk(const unsigned char key[16]);
/* The trunk that this address belongs to, SIAGA_NO_TRUNK when it is in no network that is narrow enough to be one. */
int siaga_trunk_of(const pj_sockaddr *from);
int siaga_same_trunk(int trunk, const pj_sockaddr *from);

/* -- sound_guard.c */
enum siaga_rank { SIAGA_STRANGER, SIAGA_TRUNK, SIAGA_HOST, SIAGA_NAMED };

/* One port: `named` by the session description, `at`: who is heard and spoken to, `last` at this time. */
struct siaga_ear {
    pj_sockaddr named, at;
    int rank;
    double last;
};

/* Both ports of one stream. `source`: where its signalling came from, and the trunk that it belongs to. */
struct siaga_guard {
    struct siaga_ear rtp, rtcp;
    pj_sockaddr source, stray;
    int trunk;
    double since;
    unsigned heard, strays;     /* packets of sound that were let in, and whatever was not */
};

/* The other end of a stream is named, at first or anew. */
void siaga_guard_named(struct siaga_guard *guard, const pj_sockaddr *rtp, const pj_sockaddr *rtcp);
/* Whether this packet is let in. `speak_to` becomes its source when we have to send there from now on. */
int siaga_guard_lets_in(struct siaga_guard *guard, struct siaga_ear *ear, const pj_sockaddr *from, const void *packet,
                        long size, pj_sockaddr *speak_to);

/* That of a transport over UDP, NULL of any other (transport_udp.c). */
struct pjmedia_transport;
struct siaga_guard *siaga_guard_of(struct pjmedia_transport *transport);

/* Off until the switch's gate opens: the demo's own callers are looked after by nobody. */
extern int siaga_guards;

#endif
