"""Our own messages in the spirit of each test of RFC 4475 and RFC 5118, named after its section, as calls to 112.

In the text, {V} is the transport and address to answer to, {N} a word of its own for each message; `|` ends a line.
"""

from __future__ import annotations

SDP = "v=0|o=ibu 1 1 IN IP4 127.0.0.1|s=-|c=IN IP4 127.0.0.1|t=0 0|m=audio 4000 RTP/AVP 8|"
SIX = SDP.replace("IP4 127.0.0.1", "IP6 2001:db8::20")
LONG = "sangatpanjang" * 20


def call(first: str = "INVITE sip:112@siaga.id SIP/2.0", body: str = SDP, drop: str = "", **headers: str) -> str:
    """A call with these headers in the place of the usual ones; `drop`: names left out. A header's name has _ for -."""
    lines = {
        "Via": "SIP/2.0/{V};branch=z9hG4bK{N};rport",
        "Max-Forwards": "70",
        "From": "<sip:08117000112@op.id>;tag={N}",
        "To": "<sip:112@siaga.id>",
        "Call-ID": "{N}@op.id",
        "CSeq": "1 INVITE",
        "Contact": "<sip:ibu@{A}>",
        "Content-Type": "application/sdp",
        "Content-Length": str(len(body.replace("|", "12"))),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    kept = "".join(f"{name}: {value}|" for name, value in lines.items() if name not in drop.split())
    return f"{first}|{kept}|{body}"


# Calls that have to be answered: what is wrong with them is no reason to leave a caller alone, or nothing is.
ANSWERED = {
    "4475-3.1.1.1 a short tortuous INVITE": (
        'INVITE sip:112@siaga.id;unknownparam SIP/2.0|TO :|  sip:112@siaga.id  |f: "Ibu \\\\\\" Sari"|'
        "  <sip:08117000112@op.id>|   ; tag = {N}|MaX-fOrWaRdS: 0068|i: {N}@op.id|c: application/sdp|"
        "cseq: 0009|  INVITE|V  : SIP  /   2.0|  /{V} ;branch  =   z9hG4bK{N}| ;rport|"
        "NewFangledHeader:   newfangled value| continued newfangled value|UnknownHeaderWithUnusualValue: ;;,,;;,;|"
        'm:"Sari" <sip:ibu@{A}>;newparam|      =newvalue;|  secondparam ; q = 0.33|'
        f"l: {len(SDP.replace('|', '12'))}||{SDP}"
    ),
    "4475-3.1.1.3 escapes where they belong": call(
        "INVITE sip:%31%31%32@siaga.id SIP/2.0",
        To="<sip:%31%3112@siaga.id>",
        From="<sip:I%20have%20spaces@op.id>;tag={N}",
        Contact="<sip:cal%6Cer@{A};n%61me=v%61lue%25%34%31>",
    ),
    "4475-3.1.1.4 escaped noughts": call(From="<sip:null-%00-null@op.id>;tag={N}"),
    "4475-3.1.1.6 a display name close to its angle": call(From="Ibu<sip:08117000112@op.id>;tag={N}"),
    "4475-3.1.1.7 long values": call(
        To=f'"Nama yang {LONG}" <sip:112@siaga.id>;unknownparam{LONG}={LONG}',
        From=f"<sip:{LONG}@op.id>;tag={{N}}{LONG}",
        Unknown_Header=LONG * 5,
        Call_ID="{N}" + LONG,
    ),
    "4475-3.1.1.9 parameters within the user part": call(
        "INVITE sip:112;par=u%40siaga.id@siaga.id SIP/2.0", To="<sip:112;phone-context=id;x=y@siaga.id>"
    ),
    "4475-3.1.1.10 all kinds of transport": call(
        Via="SIP/2.0/{V};branch=z9hG4bK{N};rport, SIP/2.0/SCTP t2.op.id;branch=z9hG4bKa|Via: SIP/2.0/TLS t3.op.id;"
        "branch=z9hG4bKb|Via: SIP/2.0/UNKNOWN t4.op.id;branch=z9hG4bKc"
    ),
    "4475-3.1.2.9 blanks in the request line": call("INVITE  sip:112@siaga.id  SIP/2.0"),
    "4475-3.1.2.10 blanks after the request line": call("INVITE sip:112@siaga.id SIP/2.0  "),
    "4475-3.1.2.11 headers in the request's URI": call("INVITE sip:112@siaga.id?Route=%3Csip:siaga.id%3E SIP/2.0"),
    "4475-3.1.2.12 a date in no zone": call(Date="Fri, 01 Jan 2027 16:00:00 WIB"),
    "4475-3.1.2.14 blanks around an address": call(To="<  sip:112@siaga.id  >"),
    "4475-3.1.2.15 a display name that is no token": call(From="Bell, Alexander (Ibu) <sip:08117000112@op.id>;tag={N}"),
    "4475-3.3.6 a body of an unknown kind": call(
        body="<audio><pcmu port='443'/></audio>", Content_Type="application/unknown"
    ),
    "4475-3.3.7 credentials of an unknown scheme": call(Authorization="NoOneKnowsThisScheme opaque-data=here"),
    "4475-3.3.8 two values where one belongs": call(
        To="<sip:112@siaga.id>|To: <sip:113@siaga.id>",
        Max_Forwards="70|Max-Forwards: 5",
        Contact="<sip:ibu@{A}>|Contact: <sip:x@y>",
    ),
    "4475-3.3.11 no hops left": call(Max_Forwards="0"),
    "4475-3.3.15 an answer of no known kind is accepted": call(Accept="text/nobodyKnowsThis"),
    "5118-4.1 an address of version six": call("INVITE sip:112@[2001:db8::10] SIP/2.0", To="<sip:112@[2001:db8::10]>"),
    "5118-4.4 a port behind the brackets": call("INVITE sip:112@[2001:db8::10]:5070 SIP/2.0"),
    "5118-4.5 received, with and without brackets": call(
        Via="SIP/2.0/{V};branch=z9hG4bK{N};rport|Via: SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255]|"
        "Via: SIP/2.0/UDP [2001:db8::9:2];received=2001:db8::9:256;branch=z9hG4bKb"
    ),
    "5118-4.7 addresses of both kinds in the headers": call(
        From="<sip:08117000112@[2001:db8::9]>;tag={N}",
        Via="SIP/2.0/{V};branch=z9hG4bK{N};rport|Via: SIP/2.0/UDP "
        "[2001:db8::9:1]:6050;branch=z9hG4bKa|Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb",
    ),
    "5118-4.8 addresses of both kinds in the session": call(
        body=SDP + "m=video 6024 RTP/AVP 107|c=IN IP6 2001:db8::1|a=rtpmap:107 H263-1998/90000|"
    ),
    "5118-4.9 an address of version four within one of six": call(From="<sip:08117000112@[::ffff:192.0.2.10]>;tag={N}"),
    "5118-4.10 two colons or three": call(
        Via="SIP/2.0/{V};branch=z9hG4bK{N};rport|Via: SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8:::192.0.2.1]"
    ),
    "5118-4.6 a Contact of version six": call(Contact="<sip:ibu@[2001:db8::20]>"),
    "no Contact": call(drop="Contact"),
    "a Contact of commas": call(Contact=",,,,,;;;==,"),
    "a Contact of a transport nobody knows": call(Contact="<sip:ibu@{A};transport=merpati>"),
    "an extension for places is required": call(Require="geolocation"),
    "a session without a name": call(body=SDP.replace("s=-", "s=")),
    "a time of life out of range": call(Expires="1" + "0" * 90, Session_Expires="x", Min_SE="-1"),
    # These were silent once, or refused; RFC 4475 calls most of them invalid, and their callers wait all the same.
    "4475-3.1.2.1 separators with nothing between": call(
        Via="SIP/2.0/{V};branch=z9hG4bK{N};;,;,,", Contact='"Joe" <sip:a@b>;;;;'
    ),
    "4475-3.1.2.2 a length beyond the end": call(Content_Length="9999"),
    "4475-3.1.2.3 a negative length": call(Content_Length="-999"),
    "4475-3.1.2.6 a quotation that does not end": call(To='"Pak J. User <sip:112@siaga.id>'),
    "4475-3.1.2.7 a target in angles": call("INVITE <sip:112@siaga.id> SIP/2.0"),
    "4475-3.1.2.8 blanks in a target": call("INVITE sip:112@siaga.id; lr SIP/2.0"),
    "4475-3.1.2.13 an address with headers and no angles": call(Contact="sip:ibu@{A}?Route=%3Csip:siaga.id%3E"),
    "4475-3.1.2.16 a version to come": call(
        "INVITE sip:112@siaga.id SIP/7.0", Via="SIP/7.0/{V};branch=z9hG4bK{N};rport"
    ),
    "4475-3.2.1 a branch that is only the cookie": call(Via="SIP/2.0/{V};rport;branch=z9hG4bK"),
    "4475-3.3.2 a scheme that nobody knows": call("INVITE nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0"),
    "4475-3.3.3 a scheme that is none of ours": call("INVITE soap.beep://192.0.2.103:3002 SIP/2.0"),
    "4475-3.3.4 unknown schemes in the headers": call(
        To="<isbn:2983792873>", From="<http://www.op.id>;tag={N}", Contact="<name:John_Smith>"
    ),
    "4475-3.3.5 an extension that must be known": call(
        Require="nothingSupportsThis", Proxy_Require="noProxiesSupportThis"
    ),
    "4475-3.3.9 two lengths": call(Content_Length="0|Content-Length: 123"),
    "4475-3.4.1 as RFC 2543 wrote": call(
        drop="Max-Forwards Contact", Via="SIP/2.0/{V}", From="<sip:08117000112@op.id>", Record_Route="<sip:op.id>"
    ),
    "5118-4.6 a session of version six": call(body=SIX, Contact="<sip:ibu@[2001:db8::20]>"),
    "5118-4.2 an address without its brackets": call(
        "INVITE sip:112@2001:db8::10 SIP/2.0", To="<sip:112@2001:db8::10>"
    ),
    "5118-4.3 a port that may be part of the address": call(
        "INVITE sip:112@[2001:db8::10:5070] SIP/2.0", Contact="<sip:[::1]>"
    ),
}

ONCE_SILENT = [
    name
    for name in ANSWERED
    if name.startswith(tuple(f"4475-3.1.2.{n} " for n in (1, 2, 3, 6, 7, 8)) + ("4475-3.4.1",))
]

# Messages that are no calls, or name themselves in a way that no answer can repeat: whatever becomes of them, the
# next call is answered.
SURVIVED = {
    "4475-3.1.1.2 every character that may be": call(
        "!aneh-Metode0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@siaga.id SIP/2.0",
        CSeq="1 !aneh-Metode0123456789_*+`.%indeed'~",
        Call_ID="{N}%ZK-!.*_+'@word`~)(><:\\/\"][?}}{{",
    ),
    "4475-3.1.1.5 a percent sign in a method": call("RE%47IST%45R sip:siaga.id SIP/2.0", CSeq="1 RE%47IST%45R"),
    "4475-3.1.1.12 a reason in another script": call("SIP/2.0 200 = 2**3 но сто девяносто"),
    "4475-3.1.1.13 an answer without a reason": call("SIP/2.0 100 "),
    "4475-3.1.2.4 numbers too large": call(CSeq="36893488147419103232 INVITE", Expires="1" + "0" * 90),
    "4475-3.1.2.5 an answer with numbers too large": call(
        "SIP/2.0 503 Nanti", Retry_After="949302838503028349304023988"
    ),
    "4475-3.1.2.17 two methods in one request": call("OPTIONS sip:112@siaga.id SIP/2.0"),
    "4475-3.1.2.18 two methods, one unknown": call("NEWMETHOD sip:112@siaga.id SIP/2.0"),
    "4475-3.1.2.19 an answer of code 4294967301": call("SIP/2.0 4294967301 better not break the receiver"),
    "4475-3.3.1 only what is needed least": call(drop="From To Call-ID Max-Forwards Contact"),
    "4475-3.3.10 an answer for everybody": call("SIP/2.0 200 OK", Via="SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK{N}"),
    "4475-3.3.12 a registration with a parameter": call(
        "REGISTER sip:siaga.id SIP/2.0", CSeq="1 REGISTER", Contact="<sip:a@b>;unknown"
    ),
    "4475-3.3.13 a registration with a parameter inside": call(
        "REGISTER sip:siaga.id SIP/2.0", CSeq="1 REGISTER", Contact="<sip:a@b;u>"
    ),
    "4475-3.3.14 a registration with a route inside": call(
        "REGISTER sip:siaga.id SIP/2.0", CSeq="1 REGISTER", Contact="<sip:a@b?Route=%3Csip:siaga.id%3E>"
    ),
}


def written(text: str, number: str, transport: str, address: str) -> bytes:
    """The bytes of a message, to be answered to `address` (host:port)."""
    made = text.replace("{V}", f"{transport} {address}").replace("{N}", number).replace("{A}", address)
    return made.replace("|", "\r\n").encode()
