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

import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.HttpException;

/** Thrown where a caller waits: an exchange, a connect or a pool's start has failed. */
public final class ExchangeException extends HttpException
{
    private static final long serialVersionUID = 1L;

    /** What is known of the request's fate. */
    private final Delivery delivery;

    /** Bytes of the request that the kernel took. */
    private final long bytesWritten;

    /** Bytes that were read since the request was sent. */
    private final long bytesRead;

    /**
     * A failure before any request was sent.
     *
     * @param error  why it failed.
     * @param detail a sentence for people.
     */
    public ExchangeException(final ErrorCode error, final String detail)
    {
        super(error, detail);
        delivery = Delivery.NOT_SENT;
        bytesWritten = 0;
        bytesRead = 0;
    }

    ExchangeException(final ExchangeFailure failure)
    {
        super(failure.error(), failure.detail());
        delivery = failure.delivery();
        bytesWritten = failure.bytesWritten();
        bytesRead = failure.bytesRead();
    }

    /**
     * Whether the request may have reached the server.
     *
     * @return {@link Delivery#NOT_SENT} or {@link Delivery#UNKNOWN}.
     */
    public Delivery delivery()
    {
        return delivery;
    }

    /**
     * Bytes of the request that the kernel took.
     *
     * @return number of bytes.
     */
    public long bytesWritten()
    {
        return bytesWritten;
    }

    /**
     * Bytes that were read since the request was sent.
     *
     * @return number of bytes.
     */
    public long bytesRead()
    {
        return bytesRead;
    }
}
