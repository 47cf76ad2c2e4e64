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

/**
 * Adds headers to a request, which are sent in the order of the calls.
 * <p>
 * Nothing here throws because of what a header says. A name that is no token, a value with a control character or, as
 * text, a character outside ASCII, and the names that belong to the client itself (Host, Content-Length,
 * Transfer-Encoding, Connection) fail the request: {@link #finish()} reports the first such error, and later steps do
 * nothing. A {@link HeaderName} is checked once and copied as a whole, which is the quicker way.
 */
public interface HeaderStage extends BodyStage
{
    /**
     * Writes a header whose value is text: visible ASCII, spaces and tabs.
     *
     * @param name  the header's name.
     * @param value its value.
     * @return this for a fluent API.
     */
    HeaderStage header(HeaderName name, CharSequence value);

    /**
     * Writes a header whose value is a decimal number, such as a time stamp.
     *
     * @param name  the header's name.
     * @param value its value, which may be negative.
     * @return this for a fluent API.
     */
    HeaderStage header(HeaderName name, long value);

    /**
     * Writes a header whose value is given as bytes: field content and obs-text (RFC 9110 section 5.5).
     *
     * @param name   the header's name.
     * @param value  holds the value, such as a signature.
     * @param offset of its first byte.
     * @param length of it in bytes.
     * @return this for a fluent API.
     * @throws IndexOutOfBoundsException if the region is outside the value.
     */
    HeaderStage header(HeaderName name, byte[] value, int offset, int length);

    /**
     * Writes a header whose value is given as bytes: field content and obs-text (RFC 9110 section 5.5).
     *
     * @param name   the header's name.
     * @param value  holds the value, such as a signature.
     * @param offset of its first byte.
     * @param length of it in bytes.
     * @return this for a fluent API.
     * @throws IndexOutOfBoundsException if the region is outside the value.
     */
    HeaderStage header(HeaderName name, DirectBuffer value, int offset, int length);

    /**
     * Writes a header whose value is text: visible ASCII, spaces and tabs.
     *
     * @param name  the header's name, a token (RFC 9110 section 5.6.2).
     * @param value its value.
     * @return this for a fluent API.
     */
    HeaderStage header(CharSequence name, CharSequence value);

    /**
     * Writes a header whose value is a decimal number, such as a time stamp.
     *
     * @param name  the header's name, a token (RFC 9110 section 5.6.2).
     * @param value its value, which may be negative.
     * @return this for a fluent API.
     */
    HeaderStage header(CharSequence name, long value);

    /**
     * Writes a header whose value is given as bytes: field content and obs-text (RFC 9110 section 5.5).
     *
     * @param name   the header's name, a token (RFC 9110 section 5.6.2).
     * @param value  holds the value, such as a signature.
     * @param offset of its first byte.
     * @param length of it in bytes.
     * @return this for a fluent API.
     * @throws IndexOutOfBoundsException if the region is outside the value.
     */
    HeaderStage header(CharSequence name, byte[] value, int offset, int length);

    /**
     * Writes a header whose value is given as bytes: field content and obs-text (RFC 9110 section 5.5).
     *
     * @param name   the header's name, a token (RFC 9110 section 5.6.2).
     * @param value  holds the value, such as a signature.
     * @param offset of its first byte.
     * @param length of it in bytes.
     * @return this for a fluent API.
     * @throws IndexOutOfBoundsException if the region is outside the value.
     */
    HeaderStage header(CharSequence name, DirectBuffer value, int offset, int length);
}
