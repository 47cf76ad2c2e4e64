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
package io.peregrine.codec;

import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * All that a reader says about a response, in a form that can be compared. Whether bytes behind the message were seen
 * depends on how they were fed, so reusable is what a caller concludes who knows how many bytes there are.
 */
record ResponseVerdict(
    ReadState state,
    ResponseError error,
    String errorDetail,
    long consumed,
    boolean isReusable,
    int status,
    int minorVersion,
    String reason,
    List<String> headers,
    String body)
{
    static ResponseVerdict of(final ResponseReader reader, final long totalLength)
    {
        final long consumed = reader.bytesConsumed();
        final boolean isReusable = reader.isReusable() && consumed == totalLength;
        if (ReadState.COMPLETE != reader.state())
        {
            return new ResponseVerdict(
                reader.state(), reader.error(), reader.errorDetail(), consumed, isReusable, 0, 0,
                null, List.of(), null);
        }

        final RestResponse response = reader.response();
        return new ResponseVerdict(
            reader.state(),
            reader.error(),
            reader.errorDetail(),
            consumed,
            isReusable,
            response.status(),
            response.minorVersion(),
            response.reason(),
            headers(response),
            body(response));
    }

    private static List<String> headers(final RestResponse response)
    {
        final List<String> headers = new ArrayList<>();
        for (int i = 0; i < response.headerCount(); i++)
        {
            headers.add(response.headerName(i) + ": " + response.headerValue(i));
        }

        return headers;
    }

    private static String body(final RestResponse response)
    {
        final byte[] bytes = new byte[response.bodyLength()];
        response.buffer().getBytes(response.bodyOffset(), bytes);

        return new String(bytes, ISO_8859_1);
    }
}
