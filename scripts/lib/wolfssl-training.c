/*
 * Copyright 2026 The Peregrine Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
/*
 * Makes the calls that the wolfSSL provider makes, so that the compiler learns which way the library goes through its
 * code when it seals and opens records: wolfssl-training CERTIFICATE KEY. Client and server are in this process and
 * exchange their records through the rings in memory that the provider uses.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <wolfssl/options.h>
#include <wolfssl/ssl.h>
#include <wolfssl/openssl/bio.h>

#define RING_CAPACITY (32 * 1024)
#define STEPS_MAX 100
#define EXCHANGES 20000
#define LONG_ANSWER_INTERVAL 16
#define REQUEST_LENGTH 420
#define ANSWER_LENGTH 104
#define LONG_ANSWER_LENGTH 4000

struct end
{
    WOLFSSL *session;
    WOLFSSL_BIO *inner;
    WOLFSSL_BIO *outer;
};

static void require(const int condition, const char *what)
{
    if (!condition)
    {
        fprintf(stderr, "wolfssl-training: %s\n", what);
        exit(EXIT_FAILURE);
    }
}

static struct end open_end(WOLFSSL_CTX *context)
{
    struct end end = {
        wolfSSL_new(context), wolfSSL_BIO_new(wolfSSL_BIO_s_bio()), wolfSSL_BIO_new(wolfSSL_BIO_s_bio())};
    require(NULL != end.session && NULL != end.inner && NULL != end.outer, "no memory for a session");
    require(WOLFSSL_SUCCESS == wolfSSL_BIO_set_write_buf_size(end.inner, RING_CAPACITY) &&
        WOLFSSL_SUCCESS == wolfSSL_BIO_set_write_buf_size(end.outer, RING_CAPACITY) &&
        WOLFSSL_SUCCESS == wolfSSL_BIO_make_bio_pair(end.inner, end.outer), "no rings");
    wolfSSL_set_bio(end.session, end.inner, end.inner);
    return end;
}

static void close_end(const struct end *end)
{
    wolfSSL_free(end->session);
    wolfSSL_BIO_free(end->outer);
}

static void move(const struct end *from, const struct end *to)
{
    char *source;
    int length;
    while ((length = wolfSSL_BIO_nread0(from->outer, &source)) > 0)
    {
        char *target;
        const int room = wolfSSL_BIO_nwrite(to->outer, &target, length);
        require(room > 0, "no room in a ring");
        memcpy(target, source, (size_t)room);
        wolfSSL_BIO_nread(from->outer, &source, room);
    }
}

static void shake_hands(const struct end *client, const struct end *server)
{
    int connected = 0;
    int accepted = 0;
    for (int i = 0; i < STEPS_MAX && !(connected && accepted); i++)
    {
        connected = connected || WOLFSSL_SUCCESS == wolfSSL_connect(client->session);
        move(client, server);
        accepted = accepted || WOLFSSL_SUCCESS == wolfSSL_accept(server->session);
        move(server, client);
    }

    require(connected && accepted, "the handshake failed");
}

static void deliver(const struct end *from, const struct end *to, const int length)
{
    static char plaintext[RING_CAPACITY];
    require(length == wolfSSL_write(from->session, plaintext, length), "a record was not sealed");
    move(from, to);
    require(wolfSSL_BIO_ctrl_pending(to->inner) > 0, "no record arrived");
    require(length == wolfSSL_read(to->session, plaintext, sizeof(plaintext)), "a record was not opened");
    require(0 == wolfSSL_BIO_ctrl_pending(to->inner), "bytes behind a record");
}

static void exchange(WOLFSSL_CTX *clients, WOLFSSL_CTX *servers)
{
    const struct end client = open_end(clients);
    const struct end server = open_end(servers);
    shake_hands(&client, &server);
    for (int i = 0; i < EXCHANGES; i++)
    {
        deliver(&client, &server, REQUEST_LENGTH);
        deliver(&server, &client, 0 == i % LONG_ANSWER_INTERVAL ? LONG_ANSWER_LENGTH : ANSWER_LENGTH);
    }

    close_end(&client);
    close_end(&server);
}

static void train(
    WOLFSSL_METHOD *client_method, WOLFSSL_METHOD *server_method, const char *certificate, const char *key)
{
    WOLFSSL_CTX *clients = wolfSSL_CTX_new(client_method);
    WOLFSSL_CTX *servers = wolfSSL_CTX_new(server_method);
    require(NULL != clients && NULL != servers, "no memory for a context");
    wolfSSL_CTX_set_verify(clients, WOLFSSL_VERIFY_NONE, NULL);
    require(WOLFSSL_SUCCESS == wolfSSL_CTX_use_certificate_chain_file(servers, certificate), certificate);
    require(WOLFSSL_SUCCESS == wolfSSL_CTX_use_PrivateKey_file(servers, key, WOLFSSL_FILETYPE_PEM), key);
    exchange(clients, servers);
    wolfSSL_CTX_free(clients);
    wolfSSL_CTX_free(servers);
}

int main(const int argc, char **argv)
{
    require(3 == argc, "usage: wolfssl-training CERTIFICATE KEY");
    require(WOLFSSL_SUCCESS == wolfSSL_Init(), "no library");
    train(wolfTLSv1_3_client_method(), wolfTLSv1_3_server_method(), argv[1], argv[2]);
    train(wolfTLSv1_2_client_method(), wolfTLSv1_2_server_method(), argv[1], argv[2]);
    wolfSSL_Cleanup();
    return EXIT_SUCCESS;
}
