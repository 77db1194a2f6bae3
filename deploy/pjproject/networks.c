/* Addresses and the trunks that they belong to.
 *
 * The setting `sip_trunks` says who may call. Within a call it also says who else speaks for the trunk that the call
 * came from: its other servers and its media gateways. A network that is wider than /20 is a place and not a trunk;
 * whoever is in it may call, and speaks for nobody else. The table is filled before the first call and only read then.
 */
#include <siaga.h>
#include <arpa/inet.h>
#include <pj/string.h>

#define NETWORKS 256

static struct { unsigned char key[16]; int bits, trunk; } networks[NETWORKS];
static unsigned network_count;

static const unsigned char v4[12] = {[10] = 0xff, [11] = 0xff};

void siaga_key_of(const pj_sockaddr *from, unsigned char key[16])
{
    pj_bzero(key, 16);
    if (from->addr.sa_family == pj_AF_INET6()) {
        pj_memcpy(key, &from->ipv6.sin6_addr, 16);
    } else {
        key[10] = key[11] = 0xff;
        pj_memcpy(key + 12, &from->ipv4.sin_addr, 4);
    }
}

int siaga_key_of_text(const char *text, unsigned char key[16])
{
    pj_bzero(key, 16);
    if (inet_pton(AF_INET6, text, key) == 1) return 1;
    key[10] = key[11] = 0xff;
    return inet_pton(AF_INET, text, key + 12) == 1;
}

void siaga_text_of(const unsigned char key[16], char *text, int size)
{
    if (pj_memcmp(key, v4, 12) == 0) inet_ntop(AF_INET, key + 12, text, size);
    else inet_ntop(AF_INET6, key, text, size);
}

int siaga_same_host(const pj_sockaddr *a, const pj_sockaddr *b)
{
    unsigned char one[16], other[16];

    if (!a->addr.sa_family || !b->addr.sa_family) return 0;
    siaga_key_of(a, one);
    siaga_key_of(b, other);
    return pj_memcmp(one, other, 16) == 0;
}

static int is_in(unsigned n, const unsigned char key[16])
{
    int whole = networks[n].bits / 8, rest = networks[n].bits % 8;

    return pj_memcmp(key, networks[n].key, whole) == 0 &&
           (!rest || !((key[whole] ^ networks[n].key[whole]) >> (8 - rest)));
}

static int is_narrow(unsigned n)
{
    return networks[n].bits >= (pj_memcmp(networks[n].key, v4, 12) == 0 ? SIAGA_WIDEST : SIAGA_WIDEST_V6);
}

int siaga_is_trunk(const unsigned char key[16])
{
    unsigned n;

    for (n = 0; n < network_count; n++)
        if (is_in(n, key)) return 1;
    return 0;
}

int siaga_trunk_of(const pj_sockaddr *from)
{
    unsigned char key[16];
    unsigned n;

    siaga_key_of(from, key);
    for (n = 0; n < network_count; n++)
        if (is_narrow(n) && is_in(n, key)) return networks[n].trunk;
    return SIAGA_NO_TRUNK;
}

int siaga_same_trunk(int trunk, const pj_sockaddr *from)
{
    unsigned char key[16];
    unsigned n;

    if (trunk == SIAGA_NO_TRUNK) return 0;
    siaga_key_of(from, key);
    for (n = 0; n < network_count; n++)
        if (networks[n].trunk == trunk && is_narrow(n) && is_in(n, key)) return 1;
    return 0;
}

/* A network of the trunks. `bits` as for IPv6: 96 more for an IPv4 address. Networks with the same number `trunk` are
 * one trunk's. Python calls it (telephony/lines/gate.py). */
int siaga_network(const char *address, int bits, int trunk)
{
    if (network_count >= NETWORKS || bits < 0 || bits > 128 || trunk < 0 ||
        !siaga_key_of_text(address, networks[network_count].key))
        return -1;
    networks[network_count].bits = bits;
    networks[network_count].trunk = trunk;
    network_count++;
    return 0;
}
