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

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.regex.Pattern.compile;

/**
 * A second reading of RFC 9112, as plain as can be: it has the whole stream, knows no limits, and says only what
 * a complete response is. What {@link ResponseReader} does fast and bit by bit is compared with it.
 */
final class PlainResponse
{
    private static final String TEXT = "[\\t\\x20-\\x7E\\x80-\\xFF]";
    private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";
    private static final Pattern STATUS_LINE = compile("HTTP/1\\.([01]) ([1-9][0-9]{2})(?: (" + TEXT + "*+))?\\r\\n");
    private static final Pattern FIELD = compile("(" + TOKEN + "++):(" + TEXT + "*+)\\r\\n");
    private static final Pattern CHUNK_SIZE = compile("([0-9A-Fa-f]{1,15})(?:[ \\t]*+;" + TEXT + "*+)?\\r\\n");
    private static final BigInteger LARGEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private final HttpMethod method;
    private final String stream;
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private int position;
    private int minorVersion;
    private int status;
    private String reason;
    private String body = "";
    private boolean isUntilClose;
    private boolean isKeepAlive = true;

    private PlainResponse(final HttpMethod method, final String stream)
    {
        this.method = method;
        this.stream = stream;
    }

    /** What is to be said about a stream that ends after these bytes, or nothing unless it starts with a response. */
    static Optional<ResponseVerdict> decode(final HttpMethod method, final String stream)
    {
        final PlainResponse response = new PlainResponse(method, stream);
        return response.isComplete() ? Optional.of(response.verdict()) : Optional.empty();
    }

    private ResponseVerdict verdict()
    {
        final List<String> headers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++)
        {
            headers.add(names.get(i) + ": " + values.get(i));
        }

        final boolean isReusable = isKeepAlive && !isUntilClose && position == stream.length();
        return new ResponseVerdict(
            ReadState.COMPLETE, null, null, position, isReusable, status, minorVersion, reason, headers, body);
    }

    private boolean isComplete()
    {
        do
        {
            if (!takeHead() || !isFramingValid() || 101 == status)
            {
                return false;
            }
            isKeepAlive &= isKeptAlive();
        }
        while (status < 200);

        return takeBody();
    }

    private Matcher take(final Pattern pattern)
    {
        final Matcher matcher = pattern.matcher(stream).region(position, stream.length());
        if (!matcher.lookingAt())
        {
            return null;
        }

        position = matcher.end();
        return matcher;
    }

    private boolean take(final String text)
    {
        final boolean isThere = stream.startsWith(text, position);
        position += isThere ? text.length() : 0;
        return isThere;
    }

    private boolean takeHead()
    {
        final Matcher line = take(STATUS_LINE);
        if (null == line)
        {
            return false;
        }

        minorVersion = Integer.parseInt(line.group(1));
        status = Integer.parseInt(line.group(2));
        reason = null == line.group(3) ? "" : line.group(3);

        return takeFields();
    }

    private boolean takeFields()
    {
        names.clear();
        values.clear();
        while (!take("\r\n"))
        {
            final Matcher field = take(FIELD);
            if (null == field)
            {
                return false;
            }
            names.add(field.group(1));
            values.add(trim(field.group(2)));
        }

        return true;
    }

    private boolean isFramingValid()
    {
        final List<String> lengths = values("Content-Length");
        if (!lengths.stream().allMatch(value -> value.matches("[0-9]+")) ||
            lengths.stream().map(BigInteger::new).distinct().count() > 1 ||
            lengths.stream().anyMatch(value -> new BigInteger(value).compareTo(LARGEST_LONG) > 0))
        {
            return false;
        }

        final List<String> fields = values("Transfer-Encoding");
        return fields.isEmpty() ||
            (lengths.isEmpty() &&
            1 == minorVersion &&
            fields.stream().noneMatch(value -> elements(List.of(value)).isEmpty()) &&
            elements(fields).equals(List.of("chunked")));
    }

    private boolean isKeptAlive()
    {
        final List<String> options = elements(values("Connection"));
        final boolean isBodyAnnounced = isChunked() || contentLength().signum() > 0;
        return !options.contains("close") &&
            (1 == minorVersion || options.contains("keep-alive")) &&
            !(isBodyAnnounced && (status < 200 || 204 == status));
    }

    private boolean takeBody()
    {
        if (HttpMethod.HEAD == method || 204 == status || 304 == status)
        {
            return true;
        }

        if (isChunked())
        {
            return takeChunks();
        }

        final int remaining = stream.length() - position;
        isUntilClose = values("Content-Length").isEmpty();
        if (!isUntilClose && contentLength().compareTo(BigInteger.valueOf(remaining)) > 0)
        {
            return false;
        }

        body = stream.substring(position, position + (isUntilClose ? remaining : contentLength().intValueExact()));
        position += body.length();
        return true;
    }

    private boolean takeChunks()
    {
        while (true)
        {
            final Matcher sizeLine = take(CHUNK_SIZE);
            final long size = null == sizeLine ? -1 : Long.parseLong(sizeLine.group(1), 16);
            if (size <= 0)
            {
                return 0 == size && takeTrailers();
            }

            if (size > stream.length() - position)
            {
                return false;
            }
            body += stream.substring(position, position + (int)size);
            position += (int)size;
            if (!take("\r\n"))
            {
                return false;
            }
        }
    }

    private boolean takeTrailers()
    {
        while (null != take(FIELD))
        {
            continue;
        }

        return take("\r\n");
    }

    private boolean isChunked()
    {
        return !values("Transfer-Encoding").isEmpty();
    }

    private BigInteger contentLength()
    {
        return values("Content-Length").stream().findFirst().map(BigInteger::new).orElse(BigInteger.ZERO);
    }

    private List<String> values(final String name)
    {
        final List<String> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++)
        {
            if (name.equalsIgnoreCase(names.get(i)))
            {
                found.add(values.get(i));
            }
        }

        return found;
    }

    /** All elements of comma-separated lists that are not empty, in lower case; obs-text stays as it is. */
    private static List<String> elements(final List<String> lists)
    {
        return lists.stream()
            .flatMap(list -> Pattern.compile(",").splitAsStream(list))
            .map(PlainResponse::trim)
            .filter(element -> !element.isEmpty())
            .map(PlainResponse::lowerCase)
            .toList();
    }

    private static String lowerCase(final String text)
    {
        return compile("[A-Z]").matcher(text).replaceAll(
            letter -> String.valueOf((char)(letter.group().charAt(0) | 0x20)));
    }

    private static String trim(final String text)
    {
        return text.replaceAll("^[ \\t]+|[ \\t]+\\z", "");
    }
}
