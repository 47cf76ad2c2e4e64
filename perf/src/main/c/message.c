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
/* Finds the end of a message, and understands nothing else. */
#define _GNU_SOURCE

#include "floor.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char CHUNKED[] = "\r\nTransfer-Encoding: chunked\r\n";
static const char LAST_CHUNK[] = "\r\n0\r\n\r\n";
#define LAST_CHUNK_LENGTH (sizeof(LAST_CHUNK) - 1)

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

/* The end of a chunked message is where the bytes end with the last chunk: there is one message at a time. */
static long chunked_length(const char *bytes, const size_t length)
{
    return length > LAST_CHUNK_LENGTH &&
        0 == memcmp(bytes + length - LAST_CHUNK_LENGTH, LAST_CHUNK, LAST_CHUNK_LENGTH) ? (long)length : INCOMPLETE;
}

long message_length(const char *bytes, const size_t length)
{
    const char *blank_line = memmem(bytes, length, "\r\n\r\n", 4);
    if (NULL == blank_line)
    {
        return length < BUFFER_LENGTH ? INCOMPLETE : MALFORMED;
    }

    if (NULL != memmem(bytes, (size_t)(blank_line + 2 - bytes), CHUNKED, sizeof(CHUNKED) - 1))
    {
        return chunked_length(bytes, length);
    }

    const long body_length = content_length(bytes, blank_line + 2);
    const long total_length = (blank_line + 4 - bytes) + body_length;
    if (MALFORMED == body_length || total_length > BUFFER_LENGTH)
    {
        return MALFORMED;
    }

    return total_length <= (long)length ? total_length : INCOMPLETE;
}
