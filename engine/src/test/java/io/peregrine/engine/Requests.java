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
package io.peregrine.engine;

import io.peregrine.codec.HttpMethod;
import io.peregrine.codec.HttpUrl;
import io.peregrine.codec.Request;
import io.peregrine.codec.RequestWriter;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Requests and answers as tests need them, each request in memory of its own. */
public final class Requests
{
    private static final int HEAD_ROOM = 1024;
    private static final HttpUrl SERVER = HttpUrl.parse("http://venue.test");

    private Requests()
    {
    }

    public static Request get(final String path)
    {
        return writer(HEAD_ROOM).get(path).finish();
    }

    public static Request of(final HttpMethod method, final String path)
    {
        return writer(HEAD_ROOM).request(method, path).finish();
    }

    public static Request post(final String path, final String body)
    {
        return writer(HEAD_ROOM + body.length()).post(path).body(body).finish();
    }

    /** What the wire shall carry. */
    public static String text(final Request request)
    {
        final byte[] bytes = new byte[request.length()];
        request.buffer().getBytes(request.offset(), bytes);
        return new String(bytes, ISO_8859_1);
    }

    /** A 200 with a body. */
    public static String answer(final String body)
    {
        return answer("200 OK", body);
    }

    public static String answer(final String status, final String body)
    {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static RequestWriter writer(final int length)
    {
        return new RequestWriter(SERVER).wrap(new UnsafeBuffer(ByteBuffer.allocateDirect(length)), 0, length);
    }
}
