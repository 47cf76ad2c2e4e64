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

import io.peregrine.codec.ErrorCode;

/** Why a TLS session could not be made, or did not go on. Ids and names are stable. */
public enum TlsError implements ErrorCode
{
    /** The server's certificate is past its validity. */
    CERTIFICATE_EXPIRED(400, "server certificate has expired"),

    /** The validity of the server's certificate has not begun. */
    CERTIFICATE_NOT_YET_VALID(401, "server certificate is not yet valid"),

    /** The server's certificate is signed by itself and is not among the trusted roots. */
    CERTIFICATE_SELF_SIGNED(402, "server certificate is self-signed"),

    /** No chain leads from the server's certificate to a trusted root. */
    UNKNOWN_ISSUER(403, "issuer of the server certificate is not trusted"),

    /** The certificate names other hosts than the one asked for (RFC 9525 section 6). */
    HOST_MISMATCH(404, "server certificate is for another host"),

    /** The certificate does not name the IP address asked for (RFC 9525 section 6.4). */
    ADDRESS_MISMATCH(405, "server certificate is not for this address"),

    /** Only a wildcard used against the rules would match the host (RFC 9525 section 6.3). */
    WILDCARD_MISUSED(406, "wildcard in the server certificate is misused"),

    /** None of the pinned public keys is in the server's chain. */
    PIN_MISMATCH(407, "no pinned public key in the server's chain"),

    /** The certificate is revoked, uses a refused algorithm, or breaks another rule of RFC 5280. */
    CERTIFICATE_REJECTED(408, "server certificate is not acceptable"),

    /** The server did not prove that it holds the key of its certificate. */
    SIGNATURE_INVALID(409, "server did not prove possession of its key"),

    /** The server wants a certificate of the client, and none is configured. */
    CLIENT_CERTIFICATE_REQUIRED(420, "server requires a client certificate"),

    /** The server refused the certificate that the client presented. */
    CLIENT_CERTIFICATE_REFUSED(421, "server refused the client certificate"),

    /** Client and server share no protocol version. */
    NO_SHARED_VERSION(430, "no shared protocol version"),

    /** Client and server share no cipher suite, group or signature scheme. */
    NO_SHARED_CIPHER(431, "no shared cipher suite, group or signature scheme"),

    /** The server supports none of the application protocols offered (RFC 7301 section 3.2). */
    NO_SHARED_APPLICATION_PROTOCOL(432, "no shared application protocol"),

    /** The handshake failed for a reason of its own. */
    HANDSHAKE_FAILED(440, "handshake failed"),

    /** The server's connection ended in the middle of the handshake. */
    HANDSHAKE_TRUNCATED(441, "connection ended during the handshake"),

    /** The server's handshake messages exceed a limit. */
    HANDSHAKE_TOO_LARGE(442, "handshake exceeds a limit"),

    /** The server ended the session with an alert. */
    ALERT_RECEIVED(450, "server sent an alert"),

    /** A record could not be authenticated, or broke the protocol. */
    BAD_RECORD(451, "record is not acceptable"),

    /** The connection ended without close_notify: data may be missing (RFC 8446 section 6.1). */
    TRUNCATED(452, "connection ended without close_notify"),

    /** The server asked for renegotiation, which is refused. */
    RENEGOTIATION_REFUSED(453, "renegotiation is refused"),

    /** The native library is missing, unfit, or not what it should be. */
    LIBRARY_UNAVAILABLE(470, "TLS library is not available"),

    /** A certificate, key, pin or list in the configuration cannot be used. */
    BAD_CONFIGURATION(471, "TLS configuration cannot be used"),

    /** The provider failed in a way that is none of the others. */
    PROVIDER_FAILED(472, "TLS provider failed");

    private final int id;
    private final String description;

    TlsError(final int id, final String description)
    {
        this.id = id;
        this.description = description;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public int id()
    {
        return id;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public String description()
    {
        return description;
    }
}
