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
 * The latency floor: the least that a round trip of an order costs on this machine, without any HTTP library. Both
 * ends spin on non-blocking sockets, each on a core of its own.
 *
 *   floor server CPU [--body-length N] [--chunk-length N] [--service-us N]
 *       [--tls LIBRARY --certificate FILE --key FILE] [--echo FILE]
 *   floor client PORT CPU WARMUP COUNT [--payload-length N] [--rate N] [--tls LIBRARY]
 *   floor turns PORT CPU [--payload-length N] [--tls LIBRARY] [--echo FILE]
 *
 * The server prints LISTENING and its port, and answers every complete request with the same 104 bytes, or with a body
 * of the length given, in chunks if they have a length; at once, or after a time of service in microseconds and up to
 * one more, differently each time. It spins on the connection that spoke last, and sleeps while nobody speaks, so that
 * it leaves its core to others. A file to echo in has two words, 128 bytes apart: the server copies the first to the
 * second when it has changed, behind a piece of work when it is odd, while it spins; which it does for as long as it is
 * asked. It ends when standard input does.
 *
 * The client posts orders of 420 bytes in all, or with a body of PAYLOAD_LENGTH bytes, and times each from before the
 * first byte is sent until the last byte of the answer has been read; with a rate in orders a second, from when it was
 * due. It prints percentiles. Every order has a new id, so that a venue accepts it.
 *
 * A client that takes turns prints CONNECTED, and then does for each line of standard input, WARMUP COUNT RATE MAX_NS
 * with a rate of 0 for none, what it says; it prints TURN, how many orders it measured in that time, how many numbers
 * its looks have, every sample and every look, two numbers each: nanoseconds, as little-endian numbers of 64 bits. With
 * a file that the server echoes in, and without a rate, it looks before each ten orders and behind the last how long a
 * piece of work takes on its own core and on the server's; the order that follows a look is not measured. It sleeps
 * between its turns, and ends with its input.
 *
 * With the path of a wolfSSL library both speak TLS 1.3 with AES-128-GCM. A CPU of -1 is any, and --max-seconds N ends
 * either after that time, ten minutes unless given. Exit codes: 0, 2 for wrong usage, 1 for a failure, which standard
 * error names in one line.
 */
#define _GNU_SOURCE

#include "floor.h"

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>

#define EXIT_USAGE 2
#define SAMPLES_LIMIT 100000000L
#define RATE_LIMIT 10000000L
#define SERVICE_US_LIMIT 1000000L
#define DEFAULT_MAX_SECONDS 600
#define POSITIONALS_LIMIT 5

void fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("floor: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(EXIT_FAILURE);
}

uint64_t clock_ns(const clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * NS_PER_SECOND + (uint64_t)time.tv_nsec;
}

static void usage(void)
{
    fputs(
        "usage: floor server CPU [--body-length N] [--chunk-length N] [--service-us N]\n"
        "           [--tls LIBRARY --certificate FILE --key FILE] [--echo FILE] [--max-seconds N]\n"
        "       floor client PORT CPU WARMUP COUNT [--payload-length N] [--rate N] [--tls LIBRARY] [--max-seconds N]\n"
        "       floor turns PORT CPU [--payload-length N] [--tls LIBRARY] [--echo FILE] [--max-seconds N]\n",
        stderr);
    exit(EXIT_USAGE);
}

static long number(const char *text, const long least, const long most)
{
    char *end = NULL;
    errno = 0;
    const long value = strtol(text, &end, 10);
    if (end == text || '\0' != *end || 0 != errno || value < least || value > most)
    {
        fprintf(stderr, "floor: not a number from %ld to %ld: %s\n", least, most, text);
        usage();
    }

    return value;
}

void pin(const int cpu)
{
    if (cpu < 0)
    {
        return;
    }

    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    CPU_SET((size_t)cpu, &cpus);
    if (0 != sched_setaffinity(0, sizeof(cpus), &cpus))
    {
        fprintf(stderr, "floor: not pinned to core %d: %s\n", cpu, strerror(errno));
    }
}

static void set_option(struct options *options, long *max_seconds, const char *name, const char *value)
{
    if (0 == strcmp(name, "--payload-length"))
    {
        options->payload_length = (int)number(value, 0, PAYLOAD_LENGTH_LIMIT);
    }
    else if (0 == strcmp(name, "--tls"))
    {
        options->tls_library = value;
    }
    else if (0 == strcmp(name, "--certificate"))
    {
        options->certificate = value;
    }
    else if (0 == strcmp(name, "--key"))
    {
        options->key = value;
    }
    else if (0 == strcmp(name, "--echo"))
    {
        options->echo_file = value;
    }
    else if (0 == strcmp(name, "--body-length"))
    {
        options->body_length = (int)number(value, 1, BODY_LENGTH_LIMIT);
    }
    else if (0 == strcmp(name, "--chunk-length"))
    {
        options->chunk_length = (int)number(value, 64, BODY_LENGTH_LIMIT);
    }
    else if (0 == strcmp(name, "--service-us"))
    {
        options->service_us = number(value, 0, SERVICE_US_LIMIT);
    }
    else if (0 == strcmp(name, "--rate"))
    {
        options->turn.rate = number(value, 1, RATE_LIMIT);
    }
    else if (0 == strcmp(name, "--max-seconds"))
    {
        *max_seconds = number(value, 1, 86400);
    }
    else
    {
        usage();
    }
}

static bool is_server_usage(const struct options *options)
{
    return NO_LENGTH == options->payload_length && 0 == options->turn.rate &&
        (NULL == options->tls_library) == (NULL == options->certificate) &&
        (NULL == options->certificate) == (NULL == options->key) &&
        (NO_LENGTH == options->chunk_length || NO_LENGTH != options->body_length);
}

static bool is_client_usage(const struct options *options)
{
    return NULL == options->certificate && NULL == options->key &&
        NO_LENGTH == options->body_length && NO_LENGTH == options->chunk_length &&
        NO_LENGTH == options->service_us;
}

static void set_target(struct options *options, const char *const *positional)
{
    options->port = (int)number(positional[1], 1, 65535);
    options->cpu = (int)number(positional[2], -1, CPU_SETSIZE - 1);
}

int main(const int argc, char **argv)
{
    struct options options = {
        .cpu = -1, .turn.max_ns = LONG_MAX,
        .payload_length = NO_LENGTH, .body_length = NO_LENGTH, .chunk_length = NO_LENGTH,
        .service_us = NO_LENGTH};
    const char *positional[POSITIONALS_LIMIT] = {NULL};
    int positionals = 0;
    long max_seconds = DEFAULT_MAX_SECONDS;
    for (int i = 1; i < argc; i++)
    {
        if (0 == strncmp(argv[i], "--", 2) && i + 1 < argc)
        {
            set_option(&options, &max_seconds, argv[i], argv[i + 1]);
            i++;
        }
        else if (positionals < POSITIONALS_LIMIT && 0 != strncmp(argv[i], "--", 2))
        {
            positional[positionals++] = argv[i];
        }
        else
        {
            usage();
        }
    }

    /* Whatever happens, neither end outlives its time; and who has gone is found out by the write. */
    alarm((unsigned)max_seconds);
    signal(SIGPIPE, SIG_IGN);
    if (2 == positionals && 0 == strcmp(positional[0], "server") && is_server_usage(&options))
    {
        options.cpu = (int)number(positional[1], -1, CPU_SETSIZE - 1);
        run_server(&options);
    }
    else if (5 == positionals && 0 == strcmp(positional[0], "client") && is_client_usage(&options) &&
        NULL == options.echo_file)
    {
        set_target(&options, positional);
        options.turn.warm_up = number(positional[3], 0, SAMPLES_LIMIT);
        options.turn.count = number(positional[4], 1, SAMPLES_LIMIT);
        run_client(&options);
    }
    else if (3 == positionals && 0 == strcmp(positional[0], "turns") && is_client_usage(&options) &&
        0 == options.turn.rate)
    {
        set_target(&options, positional);
        options.is_taking_turns = true;
        run_client(&options);
    }
    else
    {
        usage();
    }

    return EXIT_SUCCESS;
}
