/* SPDX-License-Identifier: Apache-2.0 */
/*
 * echo.c - the plainest server to compare with: libwebsockets on libev, giving back what comes.
 *
 *	echo BYTES PORT-FILE
 *
 * With BYTES 0 the message itself, else so many bytes.
 */
#include <libwebsockets.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGE_MAX 2048

struct session {
	unsigned char text[LWS_PRE + MESSAGE_MAX];
	size_t len;
};

static unsigned char *fixed;
static size_t n_fixed;

static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
		    size_t len)
{
	struct session *s = user;

	if (reason == LWS_CALLBACK_RECEIVE) {
		s->len = len < MESSAGE_MAX ? len : MESSAGE_MAX;
		memcpy(s->text + LWS_PRE, in, s->len);
		lws_callback_on_writable(wsi);
	} else if (reason == LWS_CALLBACK_SERVER_WRITEABLE && s->len > 0) {
		unsigned char *text = n_fixed ? fixed : s->text;
		size_t n = n_fixed ? n_fixed : s->len;

		s->len = 0;
		if (lws_write(wsi, text + LWS_PRE, n, LWS_WRITE_TEXT) < 0)
			return -1;
	}
	return 0;
}

static const struct lws_protocols protocols[] = {
    {.name = "echo",
     .callback = on_event,
     .per_session_data_size = sizeof(struct session),
     .rx_buffer_size = 1024,
     .tx_packet_size = 1 << 20},
    {.name = NULL},
};

int main(int argc, char **argv)
{
	struct lws_context_creation_info info = {
	    .protocols = protocols,
	    .options = LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_VALIDATE_UTF8 |
		       LWS_SERVER_OPTION_EXPLICIT_VHOSTS,
	    .iface = "127.0.0.1",
	};
	struct lws_context *context;
	struct lws_vhost *vhost;
	FILE *f;

	if (argc != 3) {
		fputs("usage: echo BYTES PORT-FILE\n", stderr);
		return 2;
	}
	n_fixed = (size_t)atoi(argv[1]);
	fixed = malloc(LWS_PRE + n_fixed + 1);
	if (!fixed)
		return 1;
	memset(fixed, 'x', LWS_PRE + n_fixed);
	lws_set_log_level(LLL_ERR, NULL);
	context = lws_create_context(&info);
	vhost = context ? lws_create_vhost(context, &info) : NULL;
	if (!vhost)
		return 1;
	f = fopen(argv[2], "w");
	if (!f)
		return 1;
	fprintf(f, "%d\n", lws_get_vhost_listen_port(vhost));
	fclose(f);
	while (lws_service(context, 0) >= 0)
		;
	lws_context_destroy(context);
	free(fixed);
	return 0;
}
