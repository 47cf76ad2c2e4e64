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
/* The end that asks: orders, one outstanding at a time, each timed. */
#define _GNU_SOURCE

#include "floor.h"

#include <endian.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQUEST_LENGTH 420
#define REQUEST_LENGTH_LIMIT 65536
#define TURN_SAMPLES_LIMIT 100000L

static const char HEAD_FORMAT[] =
    "POST /api/v3/order HTTP/1.1\r\n"
    "Host: 127.0.0.1:%d\r\n"
    "User-Agent: peregrine-floor\r\n"
    "Accept: application/json\r\n"
    "Content-Type: application/json\r\n"
    "X-MBX-APIKEY: vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A\r\n"
    "Content-Length: %d\r\n"
    "\r\n";

/* A JSON object but for its end: spaces and a brace make it as long as it has to be. */
static const char BODY[] =
    "{\"clientOrderId\":\"f0000000000000000\",\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"type\":\"LIMIT\","
    "\"quantity\":\"0.01000000\",\"price\":\"64250.10000000\"";
#define BODY_LENGTH ((int)sizeof(BODY) - 1)
#define ID_OFFSET ((int)sizeof("{\"clientOrderId\":\"f") - 1)
#define ID_DIGITS 16

struct request
{
    char bytes[REQUEST_LENGTH_LIMIT];
    size_t length;
    char *id;
    uint64_t next_id;
};

static void build_request(struct request *request, const int port, const int wanted_payload_length)
{
    int payload_length = wanted_payload_length;
    if (payload_length < 0)
    {
        /* The number of digits of a three-digit length is known, and so is the length of the head. */
        payload_length = REQUEST_LENGTH - snprintf(NULL, 0, HEAD_FORMAT, port, 100);
    }

    const int head_length = snprintf(request->bytes, sizeof(request->bytes), HEAD_FORMAT, port, payload_length);
    char *body = request->bytes + head_length;
    request->length = (size_t)(head_length + payload_length);
    request->id = NULL;
    /* Nanoseconds go by faster than orders, so that the ids of a later run are new too. */
    request->next_id = clock_ns(CLOCK_REALTIME);
    if (payload_length > BODY_LENGTH)
    {
        memset(body, ' ', (size_t)payload_length);
        memcpy(body, BODY, (size_t)BODY_LENGTH);
        body[payload_length - 1] = '}';
        request->id = body + ID_OFFSET;
    }
    else
    {
        memset(body, 'x', (size_t)payload_length);
    }
}

static void put_id(char *digits, const uint64_t id)
{
    static const char hex[] = "0123456789abcdef";
    for (int i = 0; i < ID_DIGITS; i++)
    {
        digits[i] = hex[(id >> (4 * (ID_DIGITS - 1 - i))) & 15];
    }
}

static void exchange(struct stream *stream, const struct request *request)
{
    static char buffer[BUFFER_LENGTH];
    if (!stream_send(stream, request->bytes, request->length))
    {
        fail("cannot send: %s", strerror(errno));
    }

    size_t length = 0;
    long consumed = INCOMPLETE;
    while (INCOMPLETE == consumed)
    {
        const long result = stream_receive(stream, buffer + length, sizeof(buffer) - length);
        if (result > 0)
        {
            length += (size_t)result;
            consumed = message_length(buffer, length);
        }
        else if (GONE == result)
        {
            fail("the server closed the connection");
        }
    }

    if ((long)length != consumed || 0 != memcmp(buffer, "HTTP/1.1 2", 10))
    {
        fail("not one answer of 2xx: %.*s", (int)strcspn(buffer, "\r"), buffer);
    }
}

static int compare(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *)left;
    const uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void print_percentiles(uint64_t *samples, const long count)
{
    static const double percentiles[] = {50, 90, 99, 99.9, 99.99, 100};
    qsort(samples, (size_t)count, sizeof(*samples), compare);
    printf("count %ld min %llu ns", count, (unsigned long long)samples[0]);
    for (size_t i = 0; i < sizeof(percentiles) / sizeof(percentiles[0]); i++)
    {
        const long rank = (long)(percentiles[i] / 100 * (double)(count - 1) + 0.5);
        printf(" p%g %llu", percentiles[i], (unsigned long long)samples[rank]);
    }

    putchar('\n');
}

static void write_raw(uint64_t *values, const size_t count)
{
    for (size_t i = 0; i < count; i++)
    {
        values[i] = htole64(values[i]);
    }

    if (fwrite(values, sizeof(*values), count, stdout) != count)
    {
        fail("cannot write samples: %s", strerror(errno));
    }
}

static void write_turn(uint64_t *samples, const long count, uint64_t *looks, const long looks_count)
{
    printf("TURN %ld %ld\n", count, looks_count);
    write_raw(samples, (size_t)count);
    write_raw(looks, (size_t)looks_count);
    if (0 != fflush(stdout))
    {
        fail("cannot write samples: %s", strerror(errno));
    }
}

static struct stream *connect_to(const int port)
{
    const struct sockaddr_in address = loopback(port);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || 0 != connect(fd, (const struct sockaddr *)&address, sizeof(address)))
    {
        fail("cannot connect to port %d: %s", port, strerror(errno));
    }

    struct stream *stream = stream_open(fd, false);
    if (NULL == stream)
    {
        fail("the TLS handshake failed");
    }

    return stream;
}

static void prepare_next(struct request *request)
{
    if (NULL != request->id)
    {
        put_id(request->id, request->next_id++);
    }
}

/* Takes no longer than what is measured. */
static void warm_up(struct stream *stream, struct request *request, const struct turn *turn)
{
    const uint64_t start_ns = clock_ns(CLOCK_MONOTONIC);
    for (long i = 0; i < turn->warm_up && clock_ns(CLOCK_MONOTONIC) - start_ns < (uint64_t)turn->max_ns; i++)
    {
        prepare_next(request);
        exchange(stream, request);
    }
}

/* An order behind a look is not measured: what the look has displaced is its to fetch again. */
static long look_between(struct stream *stream, struct request *request, uint64_t *looks)
{
    const long count = look(looks);
    if (count > 0)
    {
        prepare_next(request);
        exchange(stream, request);
    }

    return count;
}

/*
 * With a rate each time counts from when the order was due, so that a stall is charged to every order that it delays;
 * without one the next order goes when the answer to the last one is there. Returns how many were measured in time.
 */
static long measure(
    struct stream *stream,
    struct request *request,
    const struct turn *turn,
    uint64_t *samples,
    uint64_t *looks,
    long *looks_count)
{
    warm_up(stream, request, turn);
    const uint64_t first_ns = clock_ns(CLOCK_MONOTONIC);
    const bool is_looking = NULL != looks && 0 == turn->rate;
    long count = 0;
    while (count < turn->count)
    {
        if (is_looking && 0 == count % LOOK_ORDERS)
        {
            *looks_count += look_between(stream, request, looks + *looks_count);
        }

        prepare_next(request);
        uint64_t start_ns = clock_ns(CLOCK_MONOTONIC);
        if (count > 0 && start_ns - first_ns > (uint64_t)turn->max_ns)
        {
            break;
        }

        if (turn->rate > 0)
        {
            const uint64_t due_ns = first_ns + (uint64_t)count * NS_PER_SECOND / (uint64_t)turn->rate;
            while (clock_ns(CLOCK_MONOTONIC) < due_ns)
            {
            }

            start_ns = due_ns;
        }

        exchange(stream, request);
        samples[count++] = clock_ns(CLOCK_MONOTONIC) - start_ns;
    }

    if (is_looking && (0 != count % LOOK_ORDERS || count == turn->count))
    {
        *looks_count += look(looks + *looks_count);
    }

    return count;
}

/* A turn for each line of standard input; others have theirs while this waits for the next one. */
static void take_turns(struct stream *stream, struct request *request, uint64_t *samples)
{
    static uint64_t looks[LOOK_LENGTH * (TURN_SAMPLES_LIMIT / LOOK_ORDERS + 2)];
    struct turn turn;
    char line[128];
    puts("CONNECTED");
    fflush(stdout);
    while (NULL != fgets(line, sizeof(line), stdin))
    {
        if (4 != sscanf(line, "%ld %ld %ld %ld", &turn.warm_up, &turn.count, &turn.rate, &turn.max_ns) ||
            turn.warm_up < 0 || turn.count < 1 || turn.count > TURN_SAMPLES_LIMIT || turn.rate < 0 || turn.max_ns < 1)
        {
            fail("not a turn: %s", line);
        }

        long looks_count = 0;
        const long count = measure(stream, request, &turn, samples, looks, &looks_count);
        write_turn(samples, count, looks, looks_count);
    }
}

void run_client(const struct options *options)
{
    static struct request request;
    build_request(&request, options->port, options->payload_length);
    const long capacity = options->is_taking_turns ? TURN_SAMPLES_LIMIT : options->turn.count;
    uint64_t *samples = malloc((size_t)capacity * sizeof(*samples));
    if (NULL == samples)
    {
        fail("no memory for %ld samples", capacity);
    }

    /* Touched now, so that no page fault is measured. */
    memset(samples, 1, (size_t)capacity * sizeof(*samples));

    pin(options->cpu);
    if (NULL != options->echo_file)
    {
        echo_open(options->echo_file);
    }

    if (NULL != options->tls_library)
    {
        tls_open(options, false);
    }

    struct stream *stream = connect_to(options->port);
    if (options->is_taking_turns)
    {
        take_turns(stream, &request, samples);
    }
    else
    {
        print_percentiles(samples, measure(stream, &request, &options->turn, samples, NULL, NULL));
    }

    stream_close(stream);
    free(samples);
}
