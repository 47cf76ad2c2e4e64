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

import java.util.Locale;

/** The alerts of TLS (RFC 8446 section 6, RFC 5246 section 7.2), and what they mean to a client. */
public enum TlsAlert
{
    /** The peer sends no more. */
    CLOSE_NOTIFY(0),

    /** A message came out of order. */
    UNEXPECTED_MESSAGE(10),

    /** A record could not be authenticated. */
    BAD_RECORD_MAC(20),

    /** A record is longer than allowed. */
    RECORD_OVERFLOW(22),

    /** No acceptable set of parameters. */
    HANDSHAKE_FAILURE(40),

    /** A certificate is corrupt. */
    BAD_CERTIFICATE(42),

    /** A certificate is of an unsupported type. */
    UNSUPPORTED_CERTIFICATE(43),

    /** A certificate is revoked. */
    CERTIFICATE_REVOKED(44),

    /** A certificate has expired. */
    CERTIFICATE_EXPIRED(45),

    /** A certificate is not acceptable for another reason. */
    CERTIFICATE_UNKNOWN(46),

    /** A field is out of range. */
    ILLEGAL_PARAMETER(47),

    /** The issuer is not known. */
    UNKNOWN_CA(48),

    /** The certificate is valid, and refused. */
    ACCESS_DENIED(49),

    /** A message could not be decoded. */
    DECODE_ERROR(50),

    /** A cryptographic operation of the handshake failed. */
    DECRYPT_ERROR(51),

    /** The version is not supported. */
    PROTOCOL_VERSION(70),

    /** The ciphers offered are not strong enough. */
    INSUFFICIENT_SECURITY(71),

    /** The peer failed by itself. */
    INTERNAL_ERROR(80),

    /** The peer refuses a fallback to an older version. */
    INAPPROPRIATE_FALLBACK(86),

    /** The user gave up. */
    USER_CANCELED(90),

    /** Renegotiation is refused. */
    NO_RENEGOTIATION(100),

    /** An extension is missing. */
    MISSING_EXTENSION(109),

    /** An extension was not asked for. */
    UNSUPPORTED_EXTENSION(110),

    /** The host name is not known. */
    UNRECOGNIZED_NAME(112),

    /** A stapled status is not acceptable. */
    BAD_CERTIFICATE_STATUS_RESPONSE(113),

    /** The pre-shared key is not known. */
    UNKNOWN_PSK_IDENTITY(115),

    /** A certificate of the client is required. */
    CERTIFICATE_REQUIRED(116),

    /** No application protocol is shared. */
    NO_APPLICATION_PROTOCOL(120),

    /** An alert that is not known here. */
    UNKNOWN(-1);

    private final int code;

    TlsAlert(final int code)
    {
        this.code = code;
    }

    /**
     * Finds an alert by its number.
     *
     * @param code as sent.
     * @return the alert, {@link #UNKNOWN} for other numbers.
     */
    public static TlsAlert of(final int code)
    {
        for (final TlsAlert alert : values())
        {
            if (alert.code == code)
            {
                return alert;
            }
        }

        return UNKNOWN;
    }

    /**
     * Finds an alert whose name, in any case, ends a text or is followed by something else in it.
     *
     * @param text such as a provider's message.
     * @return the alert with the longest name found, or {@link #UNKNOWN}.
     */
    public static TlsAlert in(final String text)
    {
        final String upperCase = text.toUpperCase(Locale.ROOT);
        TlsAlert found = UNKNOWN;
        for (final TlsAlert alert : values())
        {
            if (upperCase.contains(alert.name()) &&
                (UNKNOWN == found || alert.name().length() > found.name().length()))
            {
                found = alert;
            }
        }

        return found;
    }

    /**
     * What the alert means to a client that receives it.
     *
     * @param isEstablished           whether the handshake was complete.
     * @param isCertificateRequested  whether the server had asked for a certificate.
     * @param isCertificatePresented  whether the client has one to present.
     * @return the error to report.
     */
    public TlsError error(
        final boolean isEstablished, final boolean isCertificateRequested, final boolean isCertificatePresented)
    {
        return switch (this)
        {
            case PROTOCOL_VERSION -> TlsError.NO_SHARED_VERSION;
            case INSUFFICIENT_SECURITY -> TlsError.NO_SHARED_CIPHER;
            case NO_APPLICATION_PROTOCOL -> TlsError.NO_SHARED_APPLICATION_PROTOCOL;
            case CERTIFICATE_REQUIRED -> TlsError.CLIENT_CERTIFICATE_REQUIRED;
            case HANDSHAKE_FAILURE -> handshakeFailure(isEstablished, isCertificateRequested, isCertificatePresented);
            case BAD_CERTIFICATE, UNSUPPORTED_CERTIFICATE, CERTIFICATE_REVOKED, CERTIFICATE_EXPIRED,
                CERTIFICATE_UNKNOWN, UNKNOWN_CA, ACCESS_DENIED ->
                certificateRefused(isCertificateRequested, isCertificatePresented);
            default -> TlsError.ALERT_RECEIVED;
        };
    }

    /**
     * The alert for people.
     *
     * @param code as sent.
     * @return such as {@code alert unknown_ca (48)}.
     */
    public static String describe(final int code)
    {
        return "alert " + of(code).name().toLowerCase(Locale.ROOT) + " (" + code + ")";
    }

    /**
     * Number on the wire.
     *
     * @return -1 for {@link #UNKNOWN}.
     */
    public int code()
    {
        return code;
    }

    private static TlsError handshakeFailure(
        final boolean isEstablished, final boolean isCertificateRequested, final boolean isCertificatePresented)
    {
        if (isEstablished)
        {
            return TlsError.ALERT_RECEIVED;
        }
        if (isCertificateRequested)
        {
            return certificateRefused(true, isCertificatePresented);
        }

        return TlsError.NO_SHARED_CIPHER;
    }

    private static TlsError certificateRefused(
        final boolean isCertificateRequested, final boolean isCertificatePresented)
    {
        if (isCertificatePresented)
        {
            return TlsError.CLIENT_CERTIFICATE_REFUSED;
        }

        return isCertificateRequested ? TlsError.CLIENT_CERTIFICATE_REQUIRED : TlsError.ALERT_RECEIVED;
    }
}
