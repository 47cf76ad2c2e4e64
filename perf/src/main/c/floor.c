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
 * The latency floor: the least that a round trip of an order costs on this machine, without any HTTP library. Both ends
 * spin on non-blocking sockets, each on a core of its own.
 *
 *   floor server CPU [--max-seconds N]
 *   floor client PORT CPU WARMUP COUNT [PAYLOAD_LENGTH] [--raw FILE] [--max-seconds N]
 *
 * The server prints LISTENING and its port, and answers every complete request with the same 104 bytes. It serves one
 * connection after another: the next is accepted when the one before has ended. It ends when standard input does. While
 * it has no connection it sleeps, so that it leaves its core to others.
 *
 * The client posts orders of 420 bytes in all, or with a body of PAYLOAD_LENGTH bytes, and times each from before the
 * first byte is sent until the last byte of the answer has been read. It prints percentiles, or writes every sample to a
 * file: nanoseconds, as little-endian numbers of 64 bits. Every order has a new id, so that a venue accepts it.
 *
 * A CPU of -1 is any. Exit codes: 0, 2 for wrong usage, 1 for a failure, which standard error names in one line.
 */
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define EXIT_USAGE 2
#define INCOMPLETE 0
#define MALFORMED (-1)
#define BUFFER_LENGTH 65536
#define REQUEST_LENGTH 420
#define PAYLOAD_LENGTH_LIMIT 32768
#define SAMPLES_LIMIT 100000000L
#define DEFAULT_MAX_SECONDS 600
#define NS_PER_SECOND UINT64_C(1000000000)

static const char ANSWER[] =
    "HTTP/1.1 200 OK\r\n"
    "Content-Type: application/json\r\n"
    "Content-Length: 33\r\n"
    "\r\n"
    "{\"orderId\":123456,\"status\":\"NEW\"}";
#define ANSWER_LENGTH (sizeof(ANSWER) - 1)
_Static_assert(104 == ANSWER_LENGTH, "the answer is 104 bytes long");

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
    char bytes[BUFFER_LENGTH];
    size_t length;
    char *id;
};

static void fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("floor: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(EXIT_FAILURE);
}

static void usage(void)
{
    fputs(
        "usage: floor server CPU [--max-seconds N]\n"
        "       floor client PORT CPU WARMUP COUNT [PAYLOAD_LENGTH] [--raw FILE] [--max-seconds N]\n",
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

static void pin(const int cpu)
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

static bool is_retry(void)
{
    return EAGAIN == errno || EWOULDBLOCK == errno || EINTR == errno;
}

/* Sends all of it, spinning while the socket takes nothing; false when the peer has gone. */
static bool send_all(const int fd, const char *bytes, const size_t length)
{
    size_t sent = 0;
    while (sent < length)
    {
        const ssize_t result = send(fd, bytes + sent, length - sent, MSG_NOSIGNAL);
        if (result >= 0)
        {
            sent += (size_t)result;
        }
        else if (!is_retry())
        {
            return false;
        }
    }

    return true;
}

/* The value of Content-Length in a head, 0 when there is none. */
static long content_length(const char *head, const char *limit)
{
    static const char name[] = "content-length:";
    const size_t name_length = sizeof(name) - 1;
    const char *line = head;
    while (NULL != line)
    {
        if ((size_t)(limit - line) > name_length && 'c' == (*line | 0x20) && 0 == strncasecmp(line, name, name_length))
        {
            char *end = NULL;
            const long value = strtol(line + name_length, &end, 10);
            return '\r' == *end && value >= 0 && value <= BUFFER_LENGTH ? value : MALFORMED;
        }

        line = memchr(line, '\n', (size_t)(limit - line));
        line = NULL == line ? NULL : line + 1;
    }

    return 0;
}

/* The length of the first message, head and body, or INCOMPLETE, or MALFORMED. */
static long message_length(const char *bytes, const size_t length)
{
    const char *blank_line = memmem(bytes, length, "\r\n\r\n", 4);
    if (NULL == blank_line)
    {
        return length < BUFFER_LENGTH ? INCOMPLETE : MALFORMED;
    }

    const long body_length = content_length(bytes, blank_line + 2);
    const long total_length = (blank_line + 4 - bytes) + body_length;
    if (MALFORMED == body_length || total_length > BUFFER_LENGTH)
    {
        return MALFORMED;
    }

    return total_length <= (long)length ? total_length : INCOMPLETE;
}

/* Answers until the client ends the connection or says what is not understood. */
static void serve(const int fd)
{
    static char buffer[BUFFER_LENGTH];
    size_t length = 0;
    while (true)
    {
        const ssize_t result = recv(fd, buffer + length, sizeof(buffer) - length, 0);
        if (0 == result || (result < 0 && !is_retry()))
        {
            return;
        }

        if (result < 0)
        {
            continue;
        }

        length += (size_t)result;
        long consumed;
        while (length > 0 && INCOMPLETE != (consumed = message_length(buffer, length)))
        {
            if (MALFORMED == consumed || !send_all(fd, ANSWER, ANSWER_LENGTH))
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

static struct sockaddr_in loopback(const int port)
{
    struct sockaddr_in address;
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)port);
    return address;
}

static void run_server(const int cpu)
{
    pthread_t watcher;
    if (0 != pthread_create(&watcher, NULL, exit_at_end_of_input, NULL))
    {
        fail("no thread to watch standard input");
    }

    pin(cpu);
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
        if (fd >= 0)
        {
            make_fast(fd);
            serve(fd);
            close(fd);
        }
        else if (EINTR != errno && ECONNABORTED != errno)
        {
            fail("cannot accept: %s", strerror(errno));
        }
    }
}

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

static uint64_t clock_ns(const clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * NS_PER_SECOND + (uint64_t)time.tv_nsec;
}

static void exchange(const int fd, const struct request *request)
{
    static char buffer[BUFFER_LENGTH];
    if (!send_all(fd, request->bytes, request->length))
    {
        fail("cannot send: %s", strerror(errno));
    }

    size_t length = 0;
    long consumed = INCOMPLETE;
    while (INCOMPLETE == consumed)
    {
        const ssize_t result = recv(fd, buffer + length, sizeof(buffer) - length, 0);
        if (result > 0)
        {
            length += (size_t)result;
            consumed = message_length(buffer, length);
        }
        else if (0 == result)
        {
            fail("the server closed the connection");
        }
        else if (!is_retry())
        {
            fail("cannot receive: %s", strerror(errno));
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

static void write_raw(const char *path, uint64_t *samples, const long count)
{
    for (long i = 0; i < count; i++)
    {
        samples[i] = htole64(samples[i]);
    }

    FILE *file = fopen(path, "wb");
    if (NULL == file || fwrite(samples, sizeof(*samples), (size_t)count, file) != (size_t)count || 0 != fclose(file))
    {
        fail("cannot write %s: %s", path, strerror(errno));
    }
}

static void run_client(
    const int port, const int cpu, const long warm_up, const long count, const int payload_length, const char *raw_path)
{
    static struct request request;
    build_request(&request, port, payload_length);
    uint64_t *samples = malloc((size_t)count * sizeof(*samples));
    if (NULL == samples)
    {
        fail("no memory for %ld samples", count);
    }

    /* Touched now, so that no page fault is measured. */
    memset(samples, 1, (size_t)count * sizeof(*samples));

    pin(cpu);
    const struct sockaddr_in address = loopback(port);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || 0 != connect(fd, (const struct sockaddr *)&address, sizeof(address)))
    {
        fail("cannot connect to port %d: %s", port, strerror(errno));
    }

    make_fast(fd);

    /* Nanoseconds go by faster than orders, so that the ids of a later run are new too. */
    const uint64_t first_id = clock_ns(CLOCK_REALTIME);
    for (long i = -warm_up; i < count; i++)
    {
        if (NULL != request.id)
        {
            put_id(request.id, first_id + (uint64_t)(i + warm_up));
        }

        const uint64_t start_ns = clock_ns(CLOCK_MONOTONIC);
        exchange(fd, &request);
        const uint64_t end_ns = clock_ns(CLOCK_MONOTONIC);
        if (i >= 0)
        {
            samples[i] = end_ns - start_ns;
        }
    }

    close(fd);
    if (NULL == raw_path)
    {
        print_percentiles(samples, count);
    }
    else
    {
        write_raw(raw_path, samples, count);
    }

    free(samples);
}

int main(const int argc, char **argv)
{
    const char *positional[6] = {NULL};
    int positionals = 0;
    const char *raw_path = NULL;
    long max_seconds = DEFAULT_MAX_SECONDS;
    for (int i = 1; i < argc; i++)
    {
        if (0 == strcmp(argv[i], "--raw") && i + 1 < argc)
        {
            raw_path = argv[++i];
        }
        else if (0 == strcmp(argv[i], "--max-seconds") && i + 1 < argc)
        {
            max_seconds = number(argv[++i], 1, 86400);
        }
        else if (positionals < 6 && 0 != strncmp(argv[i], "--", 2))
        {
            positional[positionals++] = argv[i];
        }
        else
        {
            usage();
        }
    }

    /* Whatever happens, neither end outlives its time. */
    alarm((unsigned)max_seconds);
    if (2 == positionals && 0 == strcmp(positional[0], "server") && NULL == raw_path)
    {
        run_server((int)number(positional[1], -1, CPU_SETSIZE - 1));
    }
    else if (positionals >= 5 && 0 == strcmp(positional[0], "client"))
    {
        run_client(
            (int)number(positional[1], 1, 65535),
            (int)number(positional[2], -1, CPU_SETSIZE - 1),
            number(positional[3], 0, SAMPLES_LIMIT),
            number(positional[4], 1, SAMPLES_LIMIT),
            positionals > 5 ? (int)number(positional[5], 0, PAYLOAD_LENGTH_LIMIT) : -1,
            raw_path);
    }
    else
    {
        usage();
    }

    return EXIT_SUCCESS;
}
