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

import java.util.Objects;

/**
 * Reports a failure together with its {@link ErrorCode}; the message reads {@code CODE_NAME: detail}.
 * <p>
 * The detail names the place or the limit, such as a header name or a buffer length. It never repeats header values or
 * bodies, since those may be credentials.
 */
public class HttpException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /** Held as an enum constant in practice, which every serialised form can carry. */
    @SuppressWarnings("serial")
    private final ErrorCode error;

    /**
     * Creates an exception for one failure.
     *
     * @param error  the reason.
     * @param detail names the place or the limit.
     * @throws NullPointerException if {@code error} is null.
     */
    public HttpException(final ErrorCode error, final String detail)
    {
        super(Objects.requireNonNull(error, "error").name() + ": " + detail);
        this.error = error;
    }

    /**
     * The reason of the failure.
     *
     * @return the reason, never null.
     */
    public ErrorCode error()
    {
        return error;
    }
}
