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

/** A version of the protocol that may be spoken; older ones are not. */
public enum TlsVersion
{
    /** TLS 1.2 (RFC 5246), with authenticated encryption and ephemeral keys only. */
    TLS_1_2("TLSv1.2"),

    /** TLS 1.3 (RFC 8446). */
    TLS_1_3("TLSv1.3");

    private final String protocolName;

    TlsVersion(final String protocolName)
    {
        this.protocolName = protocolName;
    }

    /**
     * Name as the Java platform, and most servers' configurations, write it.
     *
     * @return such as {@code TLSv1.3}.
     */
    public String protocolName()
    {
        return protocolName;
    }
}
