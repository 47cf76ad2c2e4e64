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
package io.peregrine.tls.wolfssl;

import io.peregrine.tls.TlsError;

/** What the library's errors mean. */
final class WolfSslErrors
{
    private static final int ASN_SIG_CONFIRM = -155;
    private static final int AES_GCM_AUTH = -180;
    private static final int SIG_VERIFY = -229;
    private static final int VERSION = -326;
    private static final int VERIFY_SIGNATURE = -330;
    private static final int PEER_KEY = -342;
    private static final int ECC_CURVE_TYPE = -350;
    private static final int ECC_CURVE = -351;
    private static final int MAX_CHAIN = -368;
    private static final int KEY_USE_SIGNATURE = -383;
    private static final int KEY_USE_ENCIPHER = -385;
    private static final int EXTENDED_KEY_USE = -386;
    private static final int RENEGOTIATION = -388;
    private static final int HANDSHAKE_SIZE = -404;
    private static final int RSA_KEY_SIZE = -409;
    private static final int ECC_KEY_SIZE = -410;
    private static final int UNSUPPORTED_VERSION = -450;
    private static final int UNSUPPORTED_SUITE = -500;
    private static final int MATCH_SUITE = -501;
    private static final int KEY_SHARE = -503;

    private WolfSslErrors()
    {
    }

    static TlsError meaning(final int error, final boolean isEstablished)
    {
        return switch (error)
        {
            case VERSION, UNSUPPORTED_VERSION -> isEstablished ? TlsError.BAD_RECORD : TlsError.NO_SHARED_VERSION;
            case UNSUPPORTED_SUITE, MATCH_SUITE, KEY_SHARE, ECC_CURVE, ECC_CURVE_TYPE -> TlsError.NO_SHARED_CIPHER;
            case VERIFY_SIGNATURE, SIG_VERIFY, ASN_SIG_CONFIRM -> TlsError.SIGNATURE_INVALID;
            case PEER_KEY, KEY_USE_SIGNATURE, KEY_USE_ENCIPHER, EXTENDED_KEY_USE, RSA_KEY_SIZE, ECC_KEY_SIZE ->
                TlsError.CERTIFICATE_REJECTED;
            case MAX_CHAIN, HANDSHAKE_SIZE -> TlsError.HANDSHAKE_TOO_LARGE;
            case RENEGOTIATION -> TlsError.RENEGOTIATION_REFUSED;
            case AES_GCM_AUTH -> TlsError.BAD_RECORD;
            default -> isEstablished ? TlsError.BAD_RECORD : TlsError.HANDSHAKE_FAILED;
        };
    }
}
