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
package io.peregrine.codec;

/**
 * One reason why something was refused or failed; implemented by enums, each with its own range of ids.
 * <p>
 * Requests use 100 to 199, responses 200 to 299 and connections 300 to 399. Ids and names are stable: they may be
 * written to logs and counters, and compared between releases.
 */
public interface ErrorCode
{
    /**
     * Number of the reason, unique among all error codes and never reused for another meaning.
     *
     * @return the stable number.
     */
    int id();

    /**
     * Name of the reason in upper-case words joined by underscores, such as {@code INVALID_TARGET}.
     *
     * @return the stable name.
     */
    String name();

    /**
     * What the reason means, in one sentence for an operator.
     *
     * @return the sentence; it never contains bytes of a message.
     */
    String description();
}
