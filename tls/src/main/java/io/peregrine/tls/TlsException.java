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
package io.peregrine.tls;

import java.io.IOException;
import java.util.Objects;

/**
 * Reports why TLS could not be set up, or a session failed; the message reads {@code CODE_NAME: detail}. The detail
 * names the check, the file or the limit, never a secret.
 */
public class TlsException extends IOException
{
    private static final long serialVersionUID = 1L;

    /** Which check failed. */
    private final TlsError error;

    /** What it is about. */
    private final String detail;

    /**
     * Creates an exception for one failure.
     *
     * @param error  the reason.
     * @param detail names the check, the file or the limit.
     */
    public TlsException(final TlsError error, final String detail)
    {
        this(error, detail, null);
    }

    /**
     * Creates an exception for one failure that has a cause.
     *
     * @param error  the reason.
     * @param detail names the check, the file or the limit.
     * @param cause  that was met, or null.
     */
    public TlsException(final TlsError error, final String detail, final Throwable cause)
    {
        super(Objects.requireNonNull(error, "error").name() + ": " + detail, cause);
        this.error = error;
        this.detail = detail;
    }

    /**
     * The reason of the failure.
     *
     * @return the reason, never null.
     */
    public TlsError error()
    {
        return error;
    }

    /**
     * What names the check, the file or the limit.
     *
     * @return the message without the name of the code.
     */
    public String detail()
    {
        return detail;
    }
}
