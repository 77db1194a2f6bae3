"""Two small changes to pjproject, applied by content so that they follow upstream's line numbers.

1. `urn:service:sos` in a request line: the parser does not skip the space that follows a URI of a foreign scheme, and
   drops the INVITE without a reply.
2. A session description is looked for in `multipart/mixed` and `multipart/alternative` only, and not in a multipart
   within a multipart: such a call is refused with 415. Emergency calls bring `multipart/related` and nested bodies.
"""

import re
import sys
from pathlib import Path

NESTED = r"""
/* siaga: any multipart is looked into, and parts that are multiparts themselves, three levels deep. */
static pjsip_multipart_part *siaga_find_part(pj_pool_t *pool, const pjsip_msg_body *body,
                                             const pjsip_media_type *type, int depth)
{
    pjsip_multipart_part *found = pjsip_multipart_find_part(body, type, NULL);
    pjsip_multipart_part *part = found ? NULL : pjsip_multipart_get_first_part(body);

    for (; part && !found && depth > 0; part = pjsip_multipart_get_next_part(body, part)) {
        pjsip_msg_body *inner;

        if (!part->body || !part->body->len || pj_stricmp2(&part->body->content_type.type, "multipart") != 0)
            continue;
        inner = pjsip_multipart_parse(pool, (char*)part->body->data, part->body->len,
                                      &part->body->content_type, 0);
        if (inner)
            found = siaga_find_part(pool, inner, type, depth - 1);
    }
    return found;
}

"""


def patch_urn(root: Path) -> None:
    path = root / "pjsip/src/pjsip/sip_parser.c"
    text = path.read_text()
    body_start = text.rindex("static void* int_parse_other_uri")
    if "siaga" in text[body_start : body_start + 2000]:
        return
    body = text[body_start:]
    changed = re.sub(
        r"(scanner->skip_ws = skip_ws;\n)",
        r"\1    pj_scan_skip_whitespace(scanner); /* siaga: the space before SIP/2.0 */\n",
        body,
        count=1,
    )
    if changed == body:
        sys.exit(f"{path}: int_parse_other_uri no longer restores skip_ws; look at that function")
    path.write_text(text[:body_start] + changed)


def patch_multipart(root: Path) -> None:
    path = root / "pjsip/src/pjsip-ua/sip_inv.c"
    text = path.read_text()
    if "siaga" in text:
        return
    start = text.find("PJ_DEF(pjsip_sdp_info*) pjsip_get_sdp_info(")
    head, body = text[:start], text[start:]
    body, conditions = re.subn(
        r"else if \(pjsip_media_type_cmp\(&multipart_mixed, msg_type, PJ_FALSE\) == 0 \|\|\s+"
        r"pjsip_media_type_cmp\(&multipart_alternative, msg_type, PJ_FALSE\) == 0\)",
        'else if (pj_stricmp2(&msg_type->type, "multipart") == 0)',
        body,
        count=1,
    )
    body, searches = re.subn(
        r"pjsip_multipart_find_part\(body, &search_type, NULL\)",
        "siaga_find_part(pool, body, &search_type, 3)",
        body,
        count=1,
    )
    if start < 0 or not conditions or not searches:
        sys.exit(f"{path}: pjsip_get_sdp_info no longer looks for its part as it did; look at that function")
    path.write_text(head + NESTED.lstrip("\n") + body)


if __name__ == "__main__":
    patch_urn(Path(sys.argv[1]))
    patch_multipart(Path(sys.argv[1]))
    print("patched")
