/* Who is heard on a port for sound, and who is spoken to. RTP names no sender that can be believed, so the address does.
 *
 * Theory of operation. A packet has the rank of the address that it comes from:
 *    NAMED    address and port that the session description names (after an accepted re-INVITE the new ones)
 *    HOST     that address with another port, or the address that the signalling came from: a caller behind NAT, whose
 *             description names a private address or a port that the NAT has changed
 *    TRUNK    another network of the same trunk: a media gateway beside the server that signals
 *    STRANGER anybody else: never let in, counted
 * The first that comes is heard, and spoken to. While it sends, only a higher rank takes its place: the port may move
 * once, before the right one has spoken. When it has sent nothing for GONE seconds, all begins anew: a NAT that changed
 * the port, a server that bridges from another port than it rang from, a gateway that took over for one that failed send
 * no re-INVITE. The higher rank still takes its place back at once. A gateway of the trunk is let in after half a
 * second, when nobody nearer has spoken till then. What is no RTP (DTLS, which proves itself) is let in and moves
 * nothing.
 *
 * transport_udp.c asks here for each packet, on the threads of the media and with the transport's lock held. Browsers'
 * sound does not come this way: ICE and DTLS bind it.
 */
#include <siaga.h>
#include <pj/string.h>
#include <time.h>

#define NEARER_FIRST 0.5  /* seconds that nearer addresses have before a gateway of the trunk is let in */
#define GONE 2.0          /* seconds without sound after which its sender may have moved */
#define GONE_REPORTS 15.0 /* the same of RTCP, which comes every five seconds or so (RFC 3550, 6.2) */

int siaga_guards;

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void name(struct siaga_ear *ear, const pj_sockaddr *named)
{
    /* The same place again (a new codec, resumed after a hold): who was heard is spoken to on, and may have moved. */
    if (!ear->named.addr.sa_family || pj_sockaddr_cmp(&ear->named, named) != 0)
        pj_sockaddr_cp(&ear->at, named);
    pj_sockaddr_cp(&ear->named, named);
    ear->rank = SIAGA_STRANGER;
}

void siaga_guard_named(struct siaga_guard *guard, const pj_sockaddr *rtp, const pj_sockaddr *rtcp)
{
    name(&guard->rtp, rtp);
    name(&guard->rtcp, rtcp);
    guard->since = seconds();
}

static int rank_of(const struct siaga_guard *guard, const struct siaga_ear *ear, const pj_sockaddr *from)
{
    if (pj_sockaddr_cmp(from, &ear->named) == 0) return SIAGA_NAMED;
    if (siaga_same_host(from, &ear->named) || siaga_same_host(from, &guard->rtp.named) ||
        siaga_same_host(from, &guard->source))
        return SIAGA_HOST;
    return siaga_same_trunk(guard->trunk, from) ? SIAGA_TRUNK : SIAGA_STRANGER;
}

int siaga_guard_lets_in(struct siaga_guard *guard, struct siaga_ear *ear, const pj_sockaddr *from, const void *packet,
                        long size, pj_sockaddr *speak_to)
{
    int rank, is_rtp = size >= 8 && (*(const unsigned char *)packet >> 6) == 2;
    double now = seconds();

    if (ear->rank != SIAGA_STRANGER && pj_sockaddr_cmp(from, &ear->at) == 0) {
        guard->heard += ear == &guard->rtp;
        if (is_rtp) ear->last = now;
        return 1;
    }
    if (now - ear->last > (ear == &guard->rtp ? GONE : GONE_REPORTS)) ear->rank = SIAGA_STRANGER;
    rank = rank_of(guard, ear, from);
    if (rank == SIAGA_TRUNK && pj_sockaddr_cmp(from, &ear->at) != 0 && now - guard->since < NEARER_FIRST)
        return 0;
    if (rank == SIAGA_STRANGER || (is_rtp && rank <= ear->rank)) {
        guard->strays++;
        pj_sockaddr_cp(&guard->stray, from);
        return 0;
    }
    if (!is_rtp) return 1;
    guard->heard += ear == &guard->rtp;
    ear->rank = rank;
    ear->last = now;
    if (pj_sockaddr_cmp(from, &ear->at) != 0) {
        pj_sockaddr_cp(&ear->at, from);
        pj_sockaddr_cp(speak_to, from);
    }
    return 1;
}
