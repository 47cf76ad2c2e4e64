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
package io.peregrine.tls.jsse;

import io.peregrine.tls.TlsAlert;
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;

import javax.crypto.AEADBadTagException;
import javax.net.ssl.SSLException;
import java.util.Locale;

/**
 * What the exceptions of providers mean. JSSE has no codes: the name of an alert, and the check that failed, are in the
 * message only, which each provider writes in its own way.
 */
final class JsseErrors
{
    private static final int MAX_CAUSES = 16;

    private JsseErrors()
    {
    }

    static TlsException meaning(
        final SSLException ex, final boolean isEstablished, final boolean isRequested, final boolean isPresented)
    {
        Throwable cause = ex;
        for (int i = 0; null != cause && i < MAX_CAUSES; i++)
        {
            if (cause instanceof TlsException)
            {
                return (TlsException)cause;
            }
            if (cause instanceof AEADBadTagException)
            {
                return new TlsException(TlsError.BAD_RECORD, "record cannot be authenticated", ex);
            }
            cause = cause.getCause();
        }

        final String text = String.valueOf(ex.getMessage());
        final String upperCase = text.toUpperCase(Locale.ROOT);
        if (upperCase.contains("RECEIVED FATAL ALERT") || upperCase.contains("_ALERT_"))
        {
            final TlsAlert alert = TlsAlert.in(text);
            return new TlsException(
                alert.error(isEstablished, isRequested, isPresented),
                "server sent " + TlsAlert.describe(alert.code()), ex);
        }

        return new TlsException(localError(upperCase, isEstablished), text, ex);
    }

    private static TlsError localError(final String upperCase, final boolean isEstablished)
    {
        if (contains(upperCase, "SIGNATURE"))
        {
            return TlsError.SIGNATURE_INVALID;
        }
        if (contains(upperCase, "RENEGOTIATION", "NO_RENEGOTIATION"))
        {
            return TlsError.RENEGOTIATION_REFUSED;
        }
        if (isEstablished)
        {
            return TlsError.BAD_RECORD;
        }
        if (contains(upperCase, "PROTOCOL VERSION", "PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "APPROPRIATE PROTOCOL"))
        {
            return TlsError.NO_SHARED_VERSION;
        }
        if (contains(upperCase, "CIPHER SUITE", "WRONG_CIPHER", "NO_SHARED_CIPHER"))
        {
            return TlsError.NO_SHARED_CIPHER;
        }
        if (contains(upperCase, "EXCEEDS", "TOO LARGE", "TOO_LARGE", "EXCESSIVE"))
        {
            return TlsError.HANDSHAKE_TOO_LARGE;
        }

        return TlsError.HANDSHAKE_FAILED;
    }

    private static boolean contains(final String text, final String... parts)
    {
        for (final String part : parts)
        {
            if (text.contains(part))
            {
                return true;
            }
        }

        return false;
    }
}
