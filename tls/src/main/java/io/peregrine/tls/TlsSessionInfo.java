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

/**
 * What a completed handshake agreed on.
 *
 * @param provider            that speaks, such as {@code wolfSSL} or {@code SunJSSE}.
 * @param protocol            version, such as {@code TLSv1.3}.
 * @param cipherSuite         name in IANA's registry, such as {@code TLS_AES_128_GCM_SHA256}.
 * @param applicationProtocol agreed on through ALPN (RFC 7301), empty if none.
 * @param isResumed           whether an earlier session was resumed (RFC 8446 section 2.2, RFC 5077).
 */
public record TlsSessionInfo(
    String provider, String protocol, String cipherSuite, String applicationProtocol, boolean isResumed)
{
}
