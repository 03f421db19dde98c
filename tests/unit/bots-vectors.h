/* SPDX-License-Identifier: Apache-2.0 */
/* bots-vectors.h - the examples in the platforms' own documents and sample programs. */
#ifndef TESTS_BOTS_VECTORS_H
#define TESTS_BOTS_VECTORS_H

#include <stdbool.h>

/* WXBizMsgCrypt of WeChat and WeCom: what it makes of `plain`, or what it reads. */
struct wechat_vector {
	const char *name;
	bool is_sealing;
	const char *token, *key, *id, *random, *timestamp, *nonce, *signature, *cipher;
	const char *plain, *part; /* all of it, or what is in it */
};
static const struct wechat_vector wechat_vectors[] = {
    {"A1 java testAesEncrypt", true, "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
     "wxb11529c136998cb6", "aaaabbbbccccdddd", NULL, NULL, NULL,
     "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMh"
     "kP72vVOfg==",
     "我是中文abcd123", NULL},
    {"A2 java testAesEncrypt2", true, "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
     "wxb11529c136998cb6", "aaaabbbbccccdddd", NULL, NULL, NULL,
     "jn1L23DB+6ELqJ+6bruv23M2GmYfkv0xBh2h+XTBOKVKcgDFHle6gqcZ1cZrk3e1qjPQ1F4RsLWzQ"
     "RG9udbKWesxlkupqcEcW7ZQweImX9+wLMa0GaUzpkycA8+IamDBxn5loLgZpnS7fVAbExOkK5DYHB"
     "mv5tptA9tklE/fTIILHR8HLXa5nQvFb3tYPKAlHF3rtTeayNf0QuM+UW/wM9enGIDIJHF7CLHiDNA"
     "Yxr+r+OrJCmPQyTy8cVWlu9iSvOHPT/77bZqJucQHQ04sq7KZI27OcqpQNSto2OdHCoTccjggX5Z9"
     "Mma0nMJBU+jLKJ38YB1fBIz+vBzsYjrTmFQ44YfeEuZ+xRTQwr92vhA9OxchWVINGC50qE/6lmkwW"
     "TwGX9wtQpsJKhP+oS7rvTY8+VdzETdfakjkwQ5/Xka042OlUb1/slTwo4RscuQ+RdxSGvDahxAJ6+"
     "EAjLt9d8igHngxIbf6YyqqROxuxqIeIch3CssH/LqRs+iAcILvApYZckqmA7FNERspKA5f8GoJ9sv"
     "8xmGvZ9Yrf57cExWtnX8aCMMaBropU/1k+hKP5LVdzbWCG0hGwx/dQudYR/eXp3P0XxjlFiy+9DMl"
     "aFExWUZQDajPkdPrEeOwofJb",
     "<xml><ToUserName><![CDATA[oia2Tj我是中文jewbmiOUlr6X-1crbLOvLw]]></ToUser"
     "Name><FromUserName><![CDATA[gh_7f083739789a]]></FromUserName><CreateTime>1407"
     "743423</CreateTime><MsgType><![CDATA[video]]></MsgType><Video><MediaId><![CDA"
     "TA[eYJ1MbwPRJtOvIEabaxHs7TX2D-HV71s79GUxqdUkjm6Gs2Ed1KF3ulAOA9H1xG0]]></Media"
     "Id><Title><![CDATA[testCallBackReplyVideo]]></Title><Description><![CDATA[tes"
     "tCallBackReplyVideo]]></Description></Video></xml>",
     NULL},
    {"B verify url", false, "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
     "wx5823bf96d3bd56c7", NULL, "1409659589", "263014780",
     "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
     "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO"
     "+FZXvnaqQ==",
     "1616140317555161061", NULL},
    {"W WeCom message", false, "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
     "wx5823bf96d3bd56c7", NULL, "1409659813", "1372623149",
     "477715d11cdb4164915debcba66cb864d751f3e6",
     "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QA"
     "DHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dT"
     "T+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ek"
     "UNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3L"
     "AVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh"
     "9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R0"
     "7+qN+E7Q==",
     NULL, "<Content><![CDATA[hello]]></Content>"},
    {"C python sample (WeChat MP, compatible mode)", false, "spamtest",
     "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx2c2769f8efd9abc2", NULL, "1409735669",
     "1320562132", "5d197aaffba7e9b25a30732f161a50dee96bd5fa",
     "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QL"
     "vbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C"
     "41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhR"
     "jpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HT"
     "nifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumE"
     "Po5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=",
     "<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName>\n<FromUserName><![C"
     "DATA[oyORnuP8q7ou2gfYjqLzSIWZf0rs]]></FromUserName>\n<CreateTime>1409735668</"
     "CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[abcdteT]]"
     "></Content>\n<MsgId>6054768590064713728</MsgId>\n</xml>",
     NULL},
    {"D c++ sample", false, "spamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
     "wx2c2769f8efd9abc2", NULL, "1410349438", "298025754",
     "003fee52ecc56afb46c00b5c7721be87860ce785",
     "mfBCs65c67CeJw22u4VT2TD73q5H06+ocrAIxswCaeZ/d/Lw0msSZFHY0teqgSYiI1zR2gD2DKrB3"
     "TIrmX/liNSDrGqS8jSI/WPeKB5VPr7Ezr7gomZAyGCwJSgT1TRFWPfONGJMxuj2nk4faTuspAuVIF"
     "Q6SHwZuJBZC7mcJp7Cgr9cUhATQWDbOPaE7ukZBTV2YqyzH+UI2AK+J1S47cE79k1RX8t0hcTz/O0"
     "hlK8DGXKnvYv88qKQcI7z4iaajqHfRVZKBNyOODabs+It+ZfM3dWTeFcPgDbGtIEnpt/EDtuuA/zM"
     "vtkaKdHdswPnVZQ+xdwbYr3ldGvfT8HlEYEgkgKaThxTFobVlwzu2ZkXCjicbP3xdr15Iq48ObgzP"
     "pqYuZ3IEoyggZDKClquk0u0orMck4GTF/XyE8yGzc4=",
     NULL, "<ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName>"},
    {"E reply (all-zero key)", true, "AAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
     "wx134c8103faa5a59e", "999951349e8ee746", "1713424427", "415670741",
     "03e0812039325c2712ef5f0f980fd14c70d6e307",
     "hE8R6mGXHkJJjU72KxzKUd1GEkKJaEZq7vRL8XgK3o+00k8JGq6+pZJUIlTSyhsX+bxIBQ72g3Gyv"
     "DdIZcr6+3HAZbSvPT9t/o11MI7d6WELwqrGd7jMnV0zv3Zc9Nq7",
     "<xml><demo_resp>[CDATA[good luck]]</demo_resp></xml>", NULL},
};

static const struct {
	const char *key, *cipher, *plain;
} feishu_vector = {"test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=", "hello world"};

static const struct {
	const char *secret, *signed_text, *signature;
} qq_vectors[] = {
    {"DG5g3B4j9X2KOErG", "1725442341Arq0D5A61EgUu4OxUvOp",
     "87befc99c42c651b3aac0278e71ada338433ae26fcb24307bdc5ad38c1adc2d01bcfcadc0842e"
     "dac85e85205028a1132afe09280305f13aa6909ffc2d652c706"},
    {"naOC0ocQE3shWLAfffVLB1rhYPG7",
     "1725442341{\n  \"op\": 0,\n  \"d\": {},\n  \"t\": \"GATEWAY_EVENT_NAME\"\n}",
     "865ad13a61752ca65e26bde6676459cd36cf1be609375b37bd62af366e1dc25a8dc789ba7f14e"
     "017ada3d554c671a911bfdf075ba54835b23391d509579ed002"},
};

#endif
