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
package io.peregrine.perf.venue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the Date field (RFC 9110 section 5.6.7), put together once a second. */
final class HttpDate
{
    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long MS_PER_SECOND = 1000;

    private long second = Long.MIN_VALUE;
    private byte[] text;

    byte[] text(final long nowMs)
    {
        final long nowSecond = Math.floorDiv(nowMs, MS_PER_SECOND);
        if (nowSecond != second)
        {
            second = nowSecond;
            text = HttpText.ascii(FORMAT.format(Instant.ofEpochSecond(nowSecond)));
        }

        return text;
    }
}
