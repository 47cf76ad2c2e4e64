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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What all requests of one writer have in common, encoded once: the start of the request line for each method, and the
 * bytes between the target and the headers of one request.
 */
final class RequestTemplate
{
    private static final HttpMethod[] METHODS = HttpMethod.values();

    private final byte[][] lineStarts = new byte[METHODS.length][];
    private byte[] fixedFields;
    private int basePathLength;

    RequestTemplate(final String hostHeader)
    {
        checkHostHeader(hostHeader);
        fixedFields = bytesOf(" HTTP/1.1\r\nHost: " + hostHeader + "\r\n");
        for (final HttpMethod method : METHODS)
        {
            lineStarts[method.ordinal()] = method.requestLineStart();
        }
    }

    /** Method, space and base path. */
    byte[] lineStart(final HttpMethod method)
    {
        return lineStarts[method.ordinal()];
    }

    /** Rest of the request line, Host and the default headers, up to and including the end of the last line. */
    byte[] fixedFields()
    {
        return fixedFields;
    }

    boolean hasBasePath()
    {
        return basePathLength > 0;
    }

    void basePath(final CharSequence path)
    {
        final String text = path.toString();
        checkBasePath(text);
        int length = text.length();
        while (length > 0 && '/' == text.charAt(length - 1))
        {
            length--;
        }

        final byte[] pathBytes = bytesOf(text.substring(0, length));
        basePathLength = length;
        for (final HttpMethod method : METHODS)
        {
            lineStarts[method.ordinal()] = join(method.requestLineStart(), pathBytes);
        }
    }

    void defaultHeader(final HeaderName name, final CharSequence value)
    {
        if (name.isReserved())
        {
            throw new HttpException(RequestError.FORBIDDEN_HEADER, "header " + name);
        }

        final String text = value.toString();
        for (int i = 0; i < text.length(); i++)
        {
            if (!HttpCharacters.is(text.charAt(i), HttpCharacters.FIELD_TEXT))
            {
                throw new HttpException(
                    errorOf(text.charAt(i), RequestError.INVALID_HEADER_VALUE),
                    RequestText.describe(text.charAt(i), i, "the value of header " + name));
            }
        }
        fixedFields = join(fixedFields, bytesOf(name + ": " + text + "\r\n"));
    }

    private static void checkHostHeader(final String hostHeader)
    {
        if (hostHeader.isEmpty())
        {
            throw new HttpException(RequestError.INVALID_URL, "the host is empty");
        }

        for (int i = 0; i < hostHeader.length(); i++)
        {
            final char c = hostHeader.charAt(i);
            if (!HttpCharacters.is(c, HttpCharacters.TARGET) || "/?@\\".indexOf(c) >= 0)
            {
                throw new HttpException(
                    errorOf(c, RequestError.INVALID_URL), RequestText.describe(c, i, "the host"));
            }
        }
    }

    private static void checkBasePath(final String path)
    {
        if (!path.isEmpty() && '/' != path.charAt(0))
        {
            throw new HttpException(RequestError.INVALID_TARGET, "the base path does not start with '/'");
        }

        for (int i = 0; i < path.length(); i++)
        {
            final char c = path.charAt(i);
            if (!HttpCharacters.is(c, HttpCharacters.TARGET) || '?' == c)
            {
                throw new HttpException(
                    errorOf(c, RequestError.INVALID_TARGET), RequestText.describe(c, i, "the base path"));
            }
        }
    }

    /** Control characters have a code of their own wherever they stand. */
    static RequestError errorOf(final char c, final RequestError otherwise)
    {
        return HttpCharacters.is(c, HttpCharacters.CONTROL) ? RequestError.CONTROL_CHARACTER : otherwise;
    }

    private static byte[] bytesOf(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(final byte[] first, final byte[] second)
    {
        final byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
