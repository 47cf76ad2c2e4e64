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

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes valid responses of every kind of framing, from a seed. */
final class ResponseGenerator
{
    private static final String TOKENS = "!#$%&'*+-.^_`|~0123456789" +
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int MAX_CHUNK_SIZE_DIGITS = 15;

    private enum Framing
    {
        CONTENT_LENGTH, CONTENT_LENGTH_TWICE, CHUNKED, NOTHING
    }

    private final SplittableRandom random;

    ResponseGenerator(final SplittableRandom random)
    {
        this.random = random;
    }

    GeneratedResponse next()
    {
        final HttpMethod method = oneIn(6) ? HttpMethod.HEAD : HttpMethod.POST;
        final int status = status();
        final int minorVersion = oneIn(5) ? 0 : 1;
        final String body = body();
        final boolean isBodiless = HttpMethod.HEAD == method || 204 == status || 304 == status;
        final Framing framing = framing(minorVersion);

        final List<String> headers = fields();
        addFraming(headers, framing, body.length());
        final boolean isClose = oneIn(8);
        final boolean isKeepAlive = oneIn(3);
        addConnection(headers, isClose, isKeepAlive);

        final StringBuilder text = new StringBuilder();
        final boolean isInterimKeepAlive = appendInterimResponses(text);
        final String reason = oneIn(5) ? "" : text(20);
        appendStatusLine(text, minorVersion, status, reason);
        appendFields(text, headers);
        if (!isBodiless)
        {
            appendBody(text, framing, body);
        }

        final boolean isUntilClose = !isBodiless && Framing.NOTHING == framing;
        final boolean isBodyAnnounced = Framing.CHUNKED == framing || (Framing.NOTHING != framing && !body.isEmpty());
        final boolean isReusable = isInterimKeepAlive &&
            !isUntilClose &&
            !isClose &&
            (1 == minorVersion || isKeepAlive) &&
            !(204 == status && isBodyAnnounced);

        return new GeneratedResponse(method, text.toString(), isUntilClose, isReusable, status, minorVersion, reason,
            headers, isBodiless ? "" : body);
    }

    private int status()
    {
        return switch (random.nextInt(6))
        {
            case 0 -> 204;
            case 1 -> 304;
            case 2 -> random.nextInt(200, 1000);
            default -> 200;
        };
    }

    private Framing framing(final int minorVersion)
    {
        final Framing framing = Framing.values()[random.nextInt(Framing.values().length)];
        return Framing.CHUNKED == framing && 0 == minorVersion ? Framing.CONTENT_LENGTH : framing;
    }

    private String body()
    {
        final StringBuilder body = new StringBuilder();
        final int length = oneIn(5) ? 0 : random.nextInt(80);
        while (body.length() < length)
        {
            body.append(oneIn(3) ? "\r\n0;:".charAt(random.nextInt(5)) : (char)random.nextInt(256));
        }

        return body.toString();
    }

    private List<String> fields()
    {
        final List<String> fields = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--)
        {
            fields.add("x" + token() + ": " + text(30));
        }

        return fields;
    }

    private void addFraming(final List<String> headers, final Framing framing, final int bodyLength)
    {
        switch (framing)
        {
            case CONTENT_LENGTH -> insert(headers, anyCase("Content-Length") + ": " + digits(bodyLength));
            case CONTENT_LENGTH_TWICE ->
            {
                insert(headers, anyCase("Content-Length") + ": " + digits(bodyLength));
                insert(headers, anyCase("Content-Length") + ": " + digits(bodyLength));
            }
            case CHUNKED -> insert(headers, anyCase("Transfer-Encoding") + ": " + listOf("", anyCase("chunked")));
            case NOTHING ->
            {
            }
        }
    }

    private void addConnection(final List<String> headers, final boolean isClose, final boolean isKeepAlive)
    {
        if (isClose)
        {
            insert(headers, anyCase("Connection") + ": " + listOf("x" + token(), anyCase("close")));
        }

        if (isKeepAlive)
        {
            insert(headers, anyCase("Connection") + ": " + listOf("x" + token(), anyCase("keep-alive")));
        }
    }

    /** A list of the element, with others around it at times. */
    private String listOf(final String other, final String element)
    {
        return switch (random.nextInt(4))
        {
            case 0 -> element + "," + other;
            case 1 -> (other + " ,\t" + element).strip();
            default -> element;
        };
    }

    private void insert(final List<String> headers, final String line)
    {
        headers.add(random.nextInt(headers.size() + 1), line.strip());
    }

    private boolean appendInterimResponses(final StringBuilder text)
    {
        boolean isKeepAlive = true;
        for (int i = oneIn(4) ? random.nextInt(1, 4) : 0; i > 0; i--)
        {
            final List<String> headers = fields();
            final boolean isClose = oneIn(10);
            addConnection(headers, isClose, false);
            appendStatusLine(text, 1, oneIn(2) ? 100 : random.nextInt(102, 200), text(10));
            appendFields(text, headers);
            isKeepAlive &= !isClose;
        }

        return isKeepAlive;
    }

    private void appendStatusLine(
        final StringBuilder text, final int minorVersion, final int status, final String reason)
    {
        text.append("HTTP/1.").append(minorVersion).append(' ').append(status);
        if (!reason.isEmpty() || oneIn(2))
        {
            text.append(' ').append(reason);
        }
        text.append("\r\n");
    }

    private void appendFields(final StringBuilder text, final List<String> headers)
    {
        for (final String header : headers)
        {
            final int colon = header.indexOf(':');
            text.append(header, 0, colon + 1).append(whiteSpace());
            text.append(header.substring(colon + 1).strip()).append(whiteSpace()).append("\r\n");
        }
        text.append("\r\n");
    }

    private void appendBody(final StringBuilder text, final Framing framing, final String body)
    {
        if (Framing.CHUNKED != framing)
        {
            text.append(body);
            return;
        }

        int offset = 0;
        while (offset < body.length())
        {
            final int length = random.nextInt(1, body.length() - offset + 1);
            appendChunkSize(text, length);
            text.append(body, offset, offset + length).append("\r\n");
            offset += length;
        }
        appendChunkSize(text, 0);
        appendFields(text, oneIn(3) ? fields() : List.of());
    }

    private void appendChunkSize(final StringBuilder text, final int size)
    {
        final String digits = anyCase(Integer.toHexString(size));
        final int zeros = oneIn(4) ? random.nextInt(MAX_CHUNK_SIZE_DIGITS - digits.length() + 1) : 0;
        text.append("0".repeat(zeros)).append(digits);
        if (oneIn(3))
        {
            text.append(whiteSpace()).append(';').append(text(12));
        }
        text.append("\r\n");
    }

    private String digits(final int value)
    {
        return "0".repeat(oneIn(4) ? random.nextInt(25) : 0) + value;
    }

    private String token()
    {
        final StringBuilder token = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--)
        {
            token.append(TOKENS.charAt(random.nextInt(TOKENS.length())));
        }

        return token.toString();
    }

    /** Text without white space at its ends. */
    private String text(final int maxLength)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxLength); i > 0; i--)
        {
            text.append(textCharacter());
        }

        return text.toString().replaceAll("^[ \t]+|[ \t]+\\z", "");
    }

    private char textCharacter()
    {
        return switch (random.nextInt(8))
        {
            case 0 -> oneIn(2) ? ' ' : '\t';
            case 1 -> (char)random.nextInt(0x80, 0x100);
            default -> (char)random.nextInt(' ', 0x7F);
        };
    }

    private String whiteSpace()
    {
        return oneIn(2) ? " " : " \t ".substring(random.nextInt(4));
    }

    private String anyCase(final String text)
    {
        final StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++)
        {
            final char c = text.charAt(i);
            result.append(oneIn(4) ? Character.toUpperCase(c) : oneIn(4) ? Character.toLowerCase(c) : c);
        }

        return result.toString();
    }

    private boolean oneIn(final int count)
    {
        return 0 == random.nextInt(count);
    }
}
