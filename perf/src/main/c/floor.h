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
/* What the parts of the floor share: the process, its sockets, and messages. */
#ifndef FLOOR_H
#define FLOOR_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#define BUFFER_LENGTH (1024 * 1024)
#define BODY_LENGTH_LIMIT (BUFFER_LENGTH / 2)
#define PAYLOAD_LENGTH_LIMIT 32768
#define NO_LENGTH (-1)
/* A client that takes turns looks at the cores before so many orders, and behind the last ones. */
#define LOOK_ORDERS 10
#define NS_PER_SECOND UINT64_C(1000000000)
#define INCOMPLETE 0
#define MALFORMED (-1)

/* What a client does in one go: round trips before measuring, and measured, for a time at the most. */
struct turn
{
    long warm_up;
    long count;
    long rate;
    long max_ns;
};

/* What the command line says. */
struct options
{
    int cpu;
    int port;
    struct turn turn;
    bool is_taking_turns;
    int payload_length;
    int body_length;
    int chunk_length;
    long service_us;
    const char *tls_library;
    const char *certificate;
    const char *key;
    const char *echo_file;
};

/* floor.c */
void fail(const char *format, ...);
void pin(int cpu);
uint64_t clock_ns(clockid_t clock);

/* stream.c: a connection, with TLS or without. */
struct stream;
void tls_open(const struct options *options, bool is_server);
struct sockaddr_in loopback(int port);
struct stream *stream_open(int fd, bool is_server);
void stream_close(struct stream *stream);

/* Sends all of it, spinning while the socket takes nothing; false when the peer has gone. */
bool stream_send(struct stream *stream, const char *bytes, size_t length);

/* Bytes read, 0 when none are there, or GONE. */
#define GONE (-1)
long stream_receive(struct stream *stream, char *bytes, size_t capacity);

/* message.c: the length of the first message, head and body, or INCOMPLETE, or MALFORMED. */
long message_length(const char *bytes, size_t length);

/*
 * echo.c: answers words in a shared file as long as they come one after the other; false when there was none, or there
 * is no file.
 */
void echo_open(const char *file);
bool echo(void);

/*
 * The other end of it: how long a piece of work takes on the own core and on that of the server, in nanoseconds, as two
 * numbers; returns how many there are, none without a file.
 */
#define LOOK_LENGTH 2
long look(uint64_t *looks);

/* server.c and client.c */
void run_server(const struct options *options);
void run_client(const struct options *options);

#endif
