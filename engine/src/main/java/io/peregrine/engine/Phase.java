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
package io.peregrine.engine;

/** What was under way when something failed, in the order of an exchange's life. */
public enum Phase
{
    /** The addresses of the server were being looked up. */
    RESOLVE,

    /** The socket was connecting. */
    CONNECT,

    /** TLS was being agreed on. */
    HANDSHAKE,

    /** The request waited for a connection that takes it. */
    ACQUIRE,

    /** The request was being given to the kernel. */
    WRITE,

    /** The request was written; no byte of an answer had come. */
    FIRST_BYTE,

    /** The answer had begun. */
    READ
}
