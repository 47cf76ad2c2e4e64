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
/* The end that answers: every complete request with the same bytes. */
#define _GNU_SOURCE

#include "floor.h"

#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static const char ANSWER_HEAD[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
static const char ANSWER_BODY[] = "{\"orderId\":123456,\"status\":\"NEW\"}";

/* About a quarter of a millisecond, and about twenty. */
enum { MAX_EMPTY_RECEIVES = 1 << 10, MAX_SILENT_LOOKS = 80 };

/* About two polls. */
#define SERVICE_SPREAD_NS UINT64_C(1000)

static char answer[BUFFER_LENGTH];
static size_t answer_length;
static uint64_t service_ns;
static bool is_service_timed;

static void append(const char *bytes, const size_t length)
{
    memcpy(answer + answer_length, bytes, length);
    answer_length += length;
}

static void append_text(const char *format, const int value)
{
    answer_length += (size_t)snprintf(answer + answer_length, sizeof(answer) - answer_length, format, value);
}

static void append_filler(const int length)
{
    memset(answer + answer_length, 'x', (size_t)length);
    answer_length += (size_t)length;
}

static void build_chunked_answer(const int body_length, const int chunk_length)
{
    append_text("Transfer-Encoding: chunked\r\n\r\n", 0);
    for (int rest = body_length; rest > 0; rest -= chunk_length)
    {
        const int length = rest < chunk_length ? rest : chunk_length;
        append_text("%x\r\n", length);
        append_filler(length);
        append("\r\n", 2);
    }

    append_text("0\r\n\r\n", 0);
}

/* 104 bytes in all unless a length of the body is asked for. */
static void build_answer(const struct options *options)
{
    append(ANSWER_HEAD, sizeof(ANSWER_HEAD) - 1);
    if (NO_LENGTH != options->chunk_length)
    {
        build_chunked_answer(options->body_length, options->chunk_length);
    }
    else if (NO_LENGTH != options->body_length)
    {
        append_text("Content-Length: %d\r\n\r\n", options->body_length);
        append_filler(options->body_length);
    }
    else
    {
        append_text("Content-Length: %d\r\n\r\n", (int)sizeof(ANSWER_BODY) - 1);
        append(ANSWER_BODY, sizeof(ANSWER_BODY) - 1);
    }
}

/*
 * What the server spins on: the connection that spoke last. The others, and the listener, are looked at when it has been
 * silent for about a quarter of a millisecond, so that they cost an exchange nothing. When that one has ended, or nobody has
 * spoken for twenty milliseconds, the server sleeps, and leaves its core to others.
 */
struct server
{
    int listener;
    int poll;
    struct connection *current;
};

struct connection
{
    struct stream *stream;
    size_t length;
    char buffer[BUFFER_LENGTH];
};

static void watch(const struct server *server, const int fd, struct connection *connection)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (0 != epoll_ctl(server->poll, EPOLL_CTL_ADD, fd, &event))
    {
        fail("cannot watch a connection: %s", strerror(errno));
    }
}

static void accept_next(struct server *server)
{
    const int fd = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0)
    {
        if (EINTR != errno && ECONNABORTED != errno)
        {
            fail("cannot accept: %s", strerror(errno));
        }
        return;
    }

    struct stream *stream = stream_open(fd, true);
    if (NULL != stream)
    {
        struct connection *connection = calloc(1, sizeof(*connection));
        if (NULL == connection)
        {
            fail("no memory for a connection");
        }

        connection->stream = stream;
        watch(server, fd, connection);
        server->current = connection;
    }
}

/* Closing a socket ends that it is watched. */
static void end_current(struct server *server)
{
    stream_close(server->current->stream);
    free(server->current);
    server->current = NULL;
}

/*
 * What a venue takes for an order, differently each time: polls of a client that are in step with the answers would
 * find all of them a whole poll sooner, or later, than those of another client.
 */
static void take_time(void)
{
    static uint64_t random = 1;
    random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    const uint64_t taken_ns = service_ns + random / (UINT64_MAX / SERVICE_SPREAD_NS);
    const uint64_t start_ns = clock_ns(CLOCK_MONOTONIC);
    while (clock_ns(CLOCK_MONOTONIC) - start_ns < taken_ns)
    {
    }
}

/* False when the client has gone, or says what is not understood. */
static bool answer_all(struct connection *connection)
{
    long consumed;
    while (connection->length > 0 && INCOMPLETE != (consumed = message_length(connection->buffer, connection->length)))
    {
        if (MALFORMED != consumed && is_service_timed)
        {
            take_time();
        }

        if (MALFORMED == consumed || !stream_send(connection->stream, answer, answer_length))
        {
            return false;
        }

        connection->length -= (size_t)consumed;
        memmove(connection->buffer, connection->buffer + consumed, connection->length);
    }

    return true;
}

/*
 * Spins on the current connection until it has been silent for a while, and nobody asked for an echo, or it has ended.
 * False when there was nothing to do.
 */
static bool serve_current(struct server *server)
{
    struct connection *connection = server->current;
    bool is_busy = false;
    for (int empty_receives = 0; empty_receives < MAX_EMPTY_RECEIVES; empty_receives++)
    {
        const long result = stream_receive(
            connection->stream, connection->buffer + connection->length, BUFFER_LENGTH - connection->length);
        if (0 == result && !echo())
        {
            continue;
        }

        is_busy = true;
        empty_receives = 0;
        connection->length += GONE == result ? 0 : (size_t)result;
        if (GONE == result || !answer_all(connection))
        {
            end_current(server);
            break;
        }
    }

    return is_busy;
}

/* Whoever has something to say is the current one from here on; false when nobody has. */
static bool look_at_others(struct server *server, const int timeout_ms)
{
    struct epoll_event event;
    if (epoll_wait(server->poll, &event, 1, timeout_ms) <= 0)
    {
        return false;
    }

    if (NULL == event.data.ptr)
    {
        accept_next(server);
    }
    else
    {
        server->current = event.data.ptr;
    }

    return true;
}

static void serve(struct server *server)
{
    int silent_looks = 0;
    while (true)
    {
        if (NULL != server->current && serve_current(server))
        {
            silent_looks = 0;
        }

        const bool is_idle = NULL == server->current || silent_looks >= MAX_SILENT_LOOKS;
        silent_looks = look_at_others(server, is_idle ? -1 : 0) ? 0 : silent_looks + 1;
    }
}

/* The parent holds the other end of standard input: when it goes, so does this process. */
static void *exit_at_end_of_input(void *unused)
{
    (void)unused;
    char bytes[64];
    ssize_t result;
    do
    {
        result = read(STDIN_FILENO, bytes, sizeof(bytes));
    }
    while (result > 0 || (result < 0 && EINTR == errno));
    _exit(EXIT_SUCCESS);
}

void run_server(const struct options *options)
{
    pthread_t watcher;
    if (0 != pthread_create(&watcher, NULL, exit_at_end_of_input, NULL))
    {
        fail("no thread to watch standard input");
    }

    pin(options->cpu);
    build_answer(options);
    is_service_timed = NO_LENGTH != options->service_us;
    service_ns = is_service_timed ? (uint64_t)options->service_us * 1000 : 0;
    if (NULL != options->tls_library)
    {
        tls_open(options, true);
    }

    struct sockaddr_in address = loopback(0);
    socklen_t address_length = sizeof(address);
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct server server = {.listener = listener, .poll = epoll_create1(EPOLL_CLOEXEC)};
    if (listener < 0 || server.poll < 0 || 0 != bind(listener, (struct sockaddr *)&address, sizeof(address)) ||
        0 != listen(listener, 16) || 0 != getsockname(listener, (struct sockaddr *)&address, &address_length))
    {
        fail("cannot listen: %s", strerror(errno));
    }

    if (NULL != options->echo_file)
    {
        echo_open(options->echo_file);
    }

    printf("LISTENING %d\n", ntohs(address.sin_port));
    fflush(stdout);
    watch(&server, listener, NULL);
    serve(&server);
}
