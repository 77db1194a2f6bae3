/* Limits of the switch; the reasons are in docs/telephony.md. */
#define PJMEDIA_HAS_VIDEO 0
#define PJMEDIA_SRTP_HAS_DTLS 1        /* browsers speak DTLS-SRTP only */
#define PJSUA_MAX_CALLS 1024
#define PJSUA_MAX_CONF_PORTS 4096
#define PJSUA_MAX_PLAYERS 1024
#define PJSUA_MAX_RECORDERS 2048
#define PJ_IOQUEUE_MAX_HANDLES 8192
#define PJSIP_MAX_TSX_COUNT 32767
#define PJSIP_MAX_DIALOG_COUNT 32767
#define PJSIP_MAX_TRANSPORTS 4096
#define PJSIP_MAX_PKT_LEN 65536        /* the longest datagram; in a stream a message may be longer: siaga_intake.c */
#define PJSIP_INV_ACCEPT_UNKNOWN_BODY 1 /* a body without a session description is no reason to refuse a call */
#define PJSIP_POOL_RDATA_LEN 72000     /* a message and what is read from it, in one piece */
#define PJSIP_TD_TIMEOUT 8000          /* an answer without ACK, or a request without answer, is given up after 8 s;
                                          nothing of a call is kept longer than that (RFC 3261 says 32 s) */
