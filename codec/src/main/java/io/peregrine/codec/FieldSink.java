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

import org.agrona.DirectBuffer;

/** Takes the field lines of a head as they become complete. */
interface FieldSink
{
    /**
     * A field line was read; white space around the value is already left out.
     *
     * @return null to go on, or why the response is refused.
     */
    ResponseError onField(DirectBuffer buffer, int nameOffset, int nameLength, int valueOffset, int valueLength);
}
