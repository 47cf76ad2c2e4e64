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

import org.agrona.DirectBuffer;

import java.util.Objects;

/**
 * A finished request: a view of the region that its {@link RequestWriter} wrote to.
 * <p>
 * The writer owns the one instance and uses it again. From the start of its next request, or its next wrap, until the
 * finish of that request every accessor but {@link #toString()} throws. Belongs to the writer's thread; another thread
 * that the bytes were handed to makes a view of its own.
 */
public final class Request
{
    private static final int STALE = -1;

    private final DirectBuffer buffer;
    private HttpMethod method;
    private int length = STALE;

    /**
     * Makes a view of memory that requests are, or will be, encoded in; stale until told what is there.
     *
     * @param buffer that holds requests, each from its first byte.
     */
    public Request(final DirectBuffer buffer)
    {
        this.buffer = Objects.requireNonNull(buffer, "buffer");
    }

    /**
     * Says that the memory holds a finished request, as a {@link RequestWriter} wrote it.
     *
     * @param method of the request.
     * @param length of the request in bytes.
     * @throws IndexOutOfBoundsException when the memory is shorter than that.
     */
    public void set(final HttpMethod method, final int length)
    {
        buffer.boundsCheck(0, length);
        this.method = Objects.requireNonNull(method, "method");
        this.length = length;
    }

    /**
     * The method, which decides how the response is framed.
     *
     * @return the method.
     * @throws IllegalStateException if the writer has moved on.
     */
    public HttpMethod method()
    {
        checkFresh();
        return method;
    }

    /**
     * The memory that holds the request: a view of the region that the writer wraps.
     *
     * @return the view.
     * @throws IllegalStateException if the writer has moved on.
     */
    public DirectBuffer buffer()
    {
        checkFresh();
        return buffer;
    }

    /**
     * Where the request begins.
     *
     * @return index in {@link #buffer()}, which is 0.
     * @throws IllegalStateException if the writer has moved on.
     */
    public int offset()
    {
        checkFresh();
        return 0;
    }

    /**
     * How long the request is, head and body together.
     *
     * @return length in bytes.
     * @throws IllegalStateException if the writer has moved on.
     */
    public int length()
    {
        checkFresh();
        return length;
    }

    /**
     * Method and length; never bytes of the request, which may hold credentials.
     *
     * @return text for a log.
     */
    @Override
    public String toString()
    {
        return STALE == length ? "Request{stale}" : "Request{method=" + method + ", length=" + length + "}";
    }

    void invalidate()
    {
        length = STALE;
    }

    private void checkFresh()
    {
        if (STALE == length)
        {
            throw new IllegalStateException("the writer has started another request since");
        }
    }
}
