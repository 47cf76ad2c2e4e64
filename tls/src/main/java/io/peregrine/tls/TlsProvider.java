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

/** Which implementation of TLS a configuration asks for. */
public enum TlsProvider
{
    /** wolfSSL when its library is there and accelerated, else JSSE. */
    AUTO,

    /** The wolfSSL library, called through {@code java.lang.foreign}: no garbage. */
    WOLFSSL,

    /** A provider of {@code javax.net.ssl}: the JDK's, or another by name. */
    JSSE
}
