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

/** What is known of a request's fate: whether it may have reached the server. */
public enum Delivery
{
    /** No byte of the request was given to the kernel: it is safe to send it again. */
    NOT_SENT,

    /** Some bytes were given to the kernel and no complete answer came: ask the server before sending it again. */
    UNKNOWN,

    /** A complete final response was read. */
    ANSWERED
}
