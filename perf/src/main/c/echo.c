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
 * A word in memory that somebody on another core shares with this process, and gets back: how long that takes says how
 * far apart the two cores are. An odd word comes back after a piece of work: how long that takes says whether this core
 * has its units to itself.
 */
#define _GNU_SOURCE

#include "floor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Each on a pair of cache lines of its own, as the file has them. */
struct shared
{
    _Alignas(128) atomic_long asked;
    _Alignas(128) atomic_long echoed;
};

/* Some microseconds: longer than the word is under way between cores however far apart. */
enum { MAX_LOOKS = 1 << 14 };

/* As many as take some microseconds. */
enum { WORK_STEPS = 4000 };

#define PATIENCE_NS UINT64_C(1000000)
#define UNKNOWN_NS ((uint64_t)INT64_MAX)

static struct shared *shared;
static long last;

void echo_open(const char *file)
{
    const int fd = open(file, O_RDWR | O_CLOEXEC);
    shared = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (MAP_FAILED == shared)
    {
        fail("cannot share %s: %s", file, strerror(errno));
    }

    close(fd);
}

/* Steps that do not wait for each other, as many at once as a core can do when nobody shares it. */
static void work(void)
{
    unsigned long a = 1, b = 2, c = 3, d = 4, e = 5;
    for (unsigned long i = 0; i < WORK_STEPS; i++)
    {
        a += b ^ i;
        b = (b << 1) + i;
        c ^= c >> 3;
        c += i;
        d = d * 3 + i;
        e ^= d;
        __asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e));
    }
}

static uint64_t own_work_ns(void)
{
    const uint64_t start_ns = clock_ns(CLOCK_MONOTONIC);
    work();

    return clock_ns(CLOCK_MONOTONIC) - start_ns;
}

/* The way there and back included. */
static uint64_t other_work_ns(void)
{
    const long asked = (atomic_load_explicit(&shared->asked, memory_order_acquire) | 1) + 2;
    const uint64_t start_ns = clock_ns(CLOCK_MONOTONIC);
    uint64_t taken_ns = 0;
    atomic_store_explicit(&shared->asked, asked, memory_order_release);
    while (taken_ns < PATIENCE_NS && atomic_load_explicit(&shared->echoed, memory_order_acquire) != asked)
    {
        taken_ns = clock_ns(CLOCK_MONOTONIC) - start_ns;
    }

    return taken_ns < PATIENCE_NS ? clock_ns(CLOCK_MONOTONIC) - start_ns : UNKNOWN_NS;
}

long look(uint64_t *looks)
{
    if (NULL == shared)
    {
        return 0;
    }

    looks[0] = own_work_ns();
    looks[1] = other_work_ns();
    return LOOK_LENGTH;
}

bool echo(void)
{
    bool is_asked = false;
    for (int looks = 0; NULL != shared && looks < MAX_LOOKS; looks++)
    {
        const long asked = atomic_load_explicit(&shared->asked, memory_order_acquire);
        if (asked != last)
        {
            last = asked;
            is_asked = true;
            if (1 == (asked & 1))
            {
                work();
            }
            atomic_store_explicit(&shared->echoed, asked, memory_order_release);
            looks = 0;
        }
        else if (!is_asked)
        {
            break;
        }
    }

    return is_asked;
}
