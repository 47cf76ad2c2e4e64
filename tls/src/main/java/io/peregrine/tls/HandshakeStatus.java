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

/** What a handshake waits for. */
public enum HandshakeStatus
{
    /** Sealed bytes from the peer; what is sealed already should be sent before. */
    NEED_INPUT,

    /** {@link TlsSession#task()} has to be run, by any thread, before the next step. */
    NEED_TASK,

    /** Nothing: plaintext may be sealed and opened. */
    COMPLETE
}
