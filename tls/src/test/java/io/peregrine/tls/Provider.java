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

/** The providers that all have to pass the same tests. */
public enum Provider
{
    /** The native library. */
    WOLFSSL(TlsProvider.WOLFSSL, null),

    /** The platform's own. */
    JDK(TlsProvider.JSSE, null),

    /** Another one of JSSE, from the class path. */
    CONSCRYPT(TlsProvider.JSSE, "Conscrypt");

    private final TlsProvider provider;
    private final String jsseProvider;

    Provider(final TlsProvider provider, final String jsseProvider)
    {
        this.provider = provider;
        this.jsseProvider = jsseProvider;
    }

    /** A configuration that asks for this provider and trusts nothing yet. */
    public TlsConfig.Builder config()
    {
        final TlsConfig.Builder builder = TlsConfig.builder().provider(provider).withoutSystemRoots();
        return null == jsseProvider ? builder : builder.jsseProvider(jsseProvider);
    }
}
