/* SPDX-License-Identifier: Apache-2.0 */
/* tls_check.c - reading the certificate and the key as libwebsockets will. */
#include "serve/tls_check.h"

#include <errno.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <time.h>

#define TWO_WEEKS (14 * 24 * 3600)

static FILE *open_pem(const char *key, const char *path, struct problems *problems)
{
	FILE *f = fopen(path, "re");

	if (!f)
		problem_add(problems, true, path, 0, 0, "%s: %s", key, error_text(errno));
	return f;
}

static X509 *read_certificate(const char *path, struct problems *problems)
{
	FILE *f = open_pem("tls_certificate", path, problems);
	X509 *certificate;

	if (!f)
		return NULL;
	certificate = PEM_read_X509(f, NULL, NULL, NULL);
	fclose(f);
	if (!certificate)
		problem_add(problems, true, path, 0, 0,
			    "tls_certificate: there is no PEM certificate in this file");
	return certificate;
}

/* An encrypted key would make the server wait for somebody to type. */
static int no_password(char *buf, int size, int rwflag, void *data)
{
	(void)buf;
	(void)size;
	(void)rwflag;
	(void)data;
	return -1;
}

static EVP_PKEY *read_key(const char *path, struct problems *problems)
{
	FILE *f = open_pem("tls_key", path, problems);
	EVP_PKEY *key;

	if (!f)
		return NULL;
	key = PEM_read_PrivateKey(f, NULL, no_password, NULL);
	fclose(f);
	if (!key)
		problem_add(problems, true, path, 0, 0,
			    "tls_key: there is no unencrypted PEM key in this file");
	return key;
}

static void check_dates(const X509 *certificate, const char *path, struct problems *problems)
{
	time_t soon = time(NULL) + TWO_WEEKS;

	if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
		problem_add(problems, false, path, 0, 0, "this certificate has run out");
	else if (X509_cmp_time(X509_get0_notAfter(certificate), &soon) < 0)
		problem_add(problems, false, path, 0, 0,
			    "this certificate runs out within two weeks");
}

int tls_check(const struct settings *s, struct problems *problems)
{
	size_t n_before = problems_errors(problems);
	X509 *certificate;
	EVP_PKEY *key;

	if (!s->tls_certificate[0] || !s->tls_key[0])
		return 0;
	certificate = read_certificate(s->tls_certificate, problems);
	key = read_key(s->tls_key, problems);
	if (certificate && key && X509_check_private_key(certificate, key) != 1)
		problem_add(problems, true, s->tls_key, 0, 0,
			    "tls_key: this is not the key of the certificate %s",
			    s->tls_certificate);
	if (certificate)
		check_dates(certificate, s->tls_certificate, problems);
	X509_free(certificate);
	EVP_PKEY_free(key);
	return problems_errors(problems) > n_before ? -EINVAL : 0;
}
