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
#define PJSIP_MAX_PKT_LEN 65000        /* an INVITE that carries a location is long */
#define PJSIP_INV_ACCEPT_UNKNOWN_BODY 1 /* a body without a session description is no reason to refuse a call */
