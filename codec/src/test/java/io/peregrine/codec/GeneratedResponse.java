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

import java.util.List;

/**
 * A valid response and what is to be read from it.
 *
 * @param method       of the request that it answers.
 * @param text         of the response, a character a byte.
 * @param isUntilClose whether the body ends with the stream.
 * @param isReusable   whether the connection may serve again.
 * @param status       of the response.
 * @param minorVersion of the response.
 * @param reason       phrase.
 * @param headers      as {@code name: value}.
 * @param body         decoded, a character a byte.
 */
record GeneratedResponse(
    HttpMethod method,
    String text,
    boolean isUntilClose,
    boolean isReusable,
    int status,
    int minorVersion,
    String reason,
    List<String> headers,
    String body)
{
    /** What a reader has to say about it. */
    ResponseVerdict verdict()
    {
        return new ResponseVerdict(
            ReadState.COMPLETE, null, null, text.length(), isReusable, status, minorVersion, reason, headers, body);
    }
}
