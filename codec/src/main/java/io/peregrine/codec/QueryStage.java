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
 * Adds query parameters to a request; the first header or body ends them.
 * <p>
 * A parameter is preceded by {@code ?}, or by {@code &} if the path or an earlier parameter brought a query already.
 */
public interface QueryStage extends HeaderStage
{
    /**
     * Adds a parameter, both sides percent-encoded as UTF-8 (RFC 3986 section 2): unreserved characters stay, all
     * others become {@code %} and two upper-case hexadecimal digits, a space {@code %20}.
     * <p>
     * Half of a surrogate pair fails the request with {@link RequestError#INVALID_QUERY}.
     *
     * @param name  of the parameter.
     * @param value of the parameter.
     * @return this for a fluent API.
     */
    QueryStage query(CharSequence name, CharSequence value);

    /**
     * Adds a parameter whose value is a decimal number.
     *
     * @param name  of the parameter, percent-encoded.
     * @param value of the parameter, which may be negative.
     * @return this for a fluent API.
     */
    QueryStage query(CharSequence name, long value);

    /**
     * Adds a parameter as it is, for text that is encoded already.
     * <p>
     * Anything but visible ASCII, and {@code #}, fails the request with {@link RequestError#INVALID_TARGET}, or with
     * {@link RequestError#CONTROL_CHARACTER} for a control character.
     *
     * @param name  of the parameter.
     * @param value of the parameter.
     * @return this for a fluent API.
     */
    QueryStage queryRaw(CharSequence name, CharSequence value);
}
