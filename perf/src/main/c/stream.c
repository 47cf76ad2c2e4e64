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
 * A connection that is polled without waiting. TLS is wolfSSL's, loaded at run time: the few functions that are used
 * are declared here, so that neither its headers nor a link are needed. It reads records from a buffer that one recv
 * fills, as a client that cares would have it.
 */
#define _GNU_SOURCE

#include "floor.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define RECORDS_LENGTH 65536
#define HANDSHAKE_SECONDS 5
#define WOLFSSL_SUCCESS 1
#define WOLFSSL_FILETYPE_PEM 1
#define WOLFSSL_ERROR_WANT_READ 2
#define WOLFSSL_ERROR_WANT_WRITE 3
#define CALLBACK_WANT_READ (-2)
#define CALLBACK_CLOSED (-5)

struct stream
{
    int fd;
    void *tls;
    size_t start;
    size_t limit;
    char records[RECORDS_LENGTH];
};

static void *library;
static void *context;
static int (*tls_connect)(void *);
static int (*tls_accept)(void *);
static int (*tls_read)(void *, void *, int);
static int (*tls_write)(void *, const void *, int);
static int (*tls_error)(void *, int);
static void (*tls_free)(void *);

/* ISO C knows no conversion from an object to a function, POSIX does. */
static void find(void *function, const char *name)
{
    void *symbol = dlsym(library, name);
    if (NULL == symbol)
    {
        fail("no %s in the library", name);
    }

    memcpy(function, &symbol, sizeof(symbol));
}

static bool is_retry(void)
{
    return EAGAIN == errno || EWOULDBLOCK == errno || EINTR == errno;
}

static long receive(const int fd, char *bytes, const size_t capacity)
{
    const ssize_t result = recv(fd, bytes, capacity, 0);
    if (result > 0)
    {
        return result;
    }

    return result < 0 && is_retry() ? 0 : GONE;
}

/* Called by wolfSSL for as many bytes as it needs next. */
static int take_records(void *tls, char *bytes, const int wanted, void *argument)
{
    (void)tls;
    struct stream *stream = argument;
    if (stream->start == stream->limit)
    {
        const long received = receive(stream->fd, stream->records, sizeof(stream->records));
        if (received <= 0)
        {
            return GONE == received ? CALLBACK_CLOSED : CALLBACK_WANT_READ;
        }

        stream->start = 0;
        stream->limit = (size_t)received;
    }

    const size_t available = stream->limit - stream->start;
    const size_t length = available < (size_t)wanted ? available : (size_t)wanted;
    memcpy(bytes, stream->records + stream->start, length);
    stream->start += length;
    return (int)length;
}

static void present_certificate(const struct options *options)
{
    int (*use_certificate)(void *, const char *);
    int (*use_key)(void *, const char *, int);
    find(&use_certificate, "wolfSSL_CTX_use_certificate_chain_file");
    find(&use_key, "wolfSSL_CTX_use_PrivateKey_file");
    if (WOLFSSL_SUCCESS != use_certificate(context, options->certificate) ||
        WOLFSSL_SUCCESS != use_key(context, options->key, WOLFSSL_FILETYPE_PEM))
    {
        fail("cannot use the certificate or its key");
    }
}

void tls_open(const struct options *options, const bool is_server)
{
    library = dlopen(options->tls_library, RTLD_NOW | RTLD_LOCAL);
    if (NULL == library)
    {
        fail("%s", dlerror());
    }

    int (*init)(void);
    void *(*method)(void);
    void *(*new_context)(void *);
    int (*set_cipher_list)(void *, const char *);
    void (*set_verify)(void *, int, void *);
    void (*set_receive)(void *, int (*)(void *, char *, int, void *));
    find(&init, "wolfSSL_Init");
    find(&method, is_server ? "wolfTLSv1_3_server_method" : "wolfTLSv1_3_client_method");
    find(&new_context, "wolfSSL_CTX_new");
    find(&set_cipher_list, "wolfSSL_CTX_set_cipher_list");
    find(&set_verify, "wolfSSL_CTX_set_verify");
    find(&set_receive, "wolfSSL_CTX_SetIORecv");
    find(&tls_connect, "wolfSSL_connect");
    find(&tls_accept, "wolfSSL_accept");
    find(&tls_read, "wolfSSL_read");
    find(&tls_write, "wolfSSL_write");
    find(&tls_error, "wolfSSL_get_error");
    find(&tls_free, "wolfSSL_free");

    init();
    context = new_context(method());
    if (NULL == context || WOLFSSL_SUCCESS != set_cipher_list(context, "TLS13-AES128-GCM-SHA256"))
    {
        fail("no context of TLS");
    }

    /* The server is our own, on the loopback address: whom it is is no part of a round trip. */
    set_verify(context, 0, NULL);
    set_receive(context, take_records);
    if (is_server)
    {
        present_certificate(options);
    }
}

struct sockaddr_in loopback(const int port)
{
    struct sockaddr_in address;
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)port);
    return address;
}

static void make_fast(const int fd)
{
    const int on = 1;
    const int flags = fcntl(fd, F_GETFL, 0);
    if (flags < 0 || 0 != fcntl(fd, F_SETFL, flags | O_NONBLOCK) ||
        0 != setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)))
    {
        fail("socket options: %s", strerror(errno));
    }
}

static bool is_tls_retry(void *tls, const int result)
{
    const int error = tls_error(tls, result);
    return WOLFSSL_ERROR_WANT_READ == error || WOLFSSL_ERROR_WANT_WRITE == error;
}

static time_t seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

/* False when it failed, or takes too long: meanwhile a server serves nobody else. */
static bool shake_hands(struct stream *stream, const bool is_server)
{
    void *(*new_session)(void *);
    int (*set_fd)(void *, int);
    void (*set_argument)(void *, void *);
    find(&new_session, "wolfSSL_new");
    find(&set_fd, "wolfSSL_set_fd");
    find(&set_argument, "wolfSSL_SetIOReadCtx");
    stream->tls = new_session(context);
    if (NULL == stream->tls || WOLFSSL_SUCCESS != set_fd(stream->tls, stream->fd))
    {
        fail("no session of TLS");
    }

    set_argument(stream->tls, stream);
    const time_t last_second = seconds() + HANDSHAKE_SECONDS;
    int result;
    bool is_waiting;
    do
    {
        result = is_server ? tls_accept(stream->tls) : tls_connect(stream->tls);
        is_waiting = WOLFSSL_SUCCESS != result && is_tls_retry(stream->tls, result);
    }
    while (is_waiting && seconds() <= last_second);

    if (is_waiting)
    {
        fprintf(stderr, "floor: no TLS handshake within %d s\n", HANDSHAKE_SECONDS);
    }

    return WOLFSSL_SUCCESS == result;
}

struct stream *stream_open(const int fd, const bool is_server)
{
    struct stream *stream = calloc(1, sizeof(*stream));
    if (NULL == stream)
    {
        fail("no memory for a connection");
    }

    stream->fd = fd;
    make_fast(fd);
    if (NULL != context && !shake_hands(stream, is_server))
    {
        stream_close(stream);
        return NULL;
    }

    return stream;
}

void stream_close(struct stream *stream)
{
    if (NULL != stream->tls)
    {
        tls_free(stream->tls);
    }

    close(stream->fd);
    free(stream);
}

bool stream_send(struct stream *stream, const char *bytes, const size_t length)
{
    size_t sent = 0;
    while (sent < length)
    {
        if (NULL != stream->tls)
        {
            const int result = tls_write(stream->tls, bytes + sent, (int)(length - sent));
            if (result <= 0 && !is_tls_retry(stream->tls, result))
            {
                return false;
            }

            sent += result > 0 ? (size_t)result : 0;
            continue;
        }

        const ssize_t result = send(stream->fd, bytes + sent, length - sent, MSG_NOSIGNAL);
        if (result < 0 && !is_retry())
        {
            return false;
        }

        sent += result > 0 ? (size_t)result : 0;
    }

    return true;
}

long stream_receive(struct stream *stream, char *bytes, const size_t capacity)
{
    if (NULL == stream->tls)
    {
        return receive(stream->fd, bytes, capacity);
    }

    /* A poll that finds nothing costs no more than one without TLS. */
    if (stream->start == stream->limit)
    {
        const long received = receive(stream->fd, stream->records, sizeof(stream->records));
        if (received <= 0)
        {
            return received;
        }

        stream->start = 0;
        stream->limit = (size_t)received;
    }

    const int result = tls_read(stream->tls, bytes, (int)capacity);
    if (result > 0)
    {
        return result;
    }

    return is_tls_retry(stream->tls, result) ? 0 : GONE;
}
