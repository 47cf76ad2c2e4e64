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
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char ANSWER_HEAD[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
static const char ANSWER_BODY[] = "{\"orderId\":123456,\"status\":\"NEW\"}";

/* About a quarter of a second. */
enum { MAX_EMPTY_RECEIVES = 1 << 20 };

static char answer[BUFFER_LENGTH];
static size_t answer_length;

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

static bool is_next_waiting(const int listener)
{
    struct pollfd entry = {.fd = listener, .events = POLLIN};
    return 1 == poll(&entry, 1, 0);
}

/*
 * Answers until the client ends the connection, or says what is not understood, or has been silent for long while another
 * waits: some clients keep a connection that they need no more.
 */
static void serve(struct stream *stream, const int listener)
{
    static char buffer[BUFFER_LENGTH];
    size_t length = 0;
    long empty_receives = 0;
    while (true)
    {
        const long result = stream_receive(stream, buffer + length, sizeof(buffer) - length);
        if (GONE == result)
        {
            return;
        }

        if (0 == result)
        {
            if (++empty_receives == MAX_EMPTY_RECEIVES)
            {
                if (is_next_waiting(listener))
                {
                    return;
                }
                empty_receives = 0;
            }
            continue;
        }

        empty_receives = 0;
        length += (size_t)result;
        long consumed;
        while (length > 0 && INCOMPLETE != (consumed = message_length(buffer, length)))
        {
            if (MALFORMED == consumed || !stream_send(stream, answer, answer_length))
            {
                return;
            }

            length -= (size_t)consumed;
            memmove(buffer, buffer + consumed, length);
        }
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
    if (NULL != options->tls_library)
    {
        tls_open(options, true);
    }

    struct sockaddr_in address = loopback(0);
    socklen_t address_length = sizeof(address);
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || 0 != bind(listener, (struct sockaddr *)&address, sizeof(address)) ||
        0 != listen(listener, 16) || 0 != getsockname(listener, (struct sockaddr *)&address, &address_length))
    {
        fail("cannot listen: %s", strerror(errno));
    }

    printf("LISTENING %d\n", ntohs(address.sin_port));
    fflush(stdout);
    while (true)
    {
        const int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        struct stream *stream = fd >= 0 ? stream_open(fd, true) : NULL;
        if (NULL != stream)
        {
            serve(stream, listener);
            stream_close(stream);
        }
        else if (fd < 0 && EINTR != errno && ECONNABORTED != errno)
        {
            fail("cannot accept: %s", strerror(errno));
        }
    }
}
