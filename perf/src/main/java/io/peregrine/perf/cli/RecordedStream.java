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
package io.peregrine.perf.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.peregrine.codec.HttpMethod;

import java.io.IOException;
import java.util.Base64;

/**
 * A line of input of {@code decode}.
 *
 * @param name   that the output repeats, or null.
 * @param method of the request that the bytes answer.
 * @param bytes  of the stream.
 */
record RecordedStream(String name, HttpMethod method, byte[] bytes)
{
    private static final JsonFactory FACTORY = JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
        .build();

    /** Reads a line; throws JacksonException, with a message for people, when it cannot be understood. */
    static RecordedStream parse(final String line) throws IOException
    {
        try (JsonParser parser = FACTORY.createParser(line))
        {
            if (JsonToken.START_OBJECT != parser.nextToken())
            {
                throw new JsonParseException(parser, "not a JSON object");
            }

            final RecordedStream stream = parseObject(parser);
            if (null != parser.nextToken())
            {
                throw new JsonParseException(parser, "something follows the JSON object");
            }

            return stream;
        }
    }

    private static RecordedStream parseObject(final JsonParser parser) throws IOException
    {
        String name = null;
        HttpMethod method = HttpMethod.GET;
        byte[] bytes = null;
        while (JsonToken.FIELD_NAME == parser.nextToken())
        {
            final String field = parser.currentName();
            parser.nextToken();
            switch (field)
            {
                case "name" -> name = text(parser, field);
                case "method" -> method = method(parser, text(parser, field));
                case "bytes_b64" -> bytes = decoded(parser, text(parser, field));
                default -> parser.skipChildren();
            }
        }

        if (null == bytes)
        {
            throw new JsonParseException(parser, "bytes_b64 is missing");
        }

        return new RecordedStream(name, method, bytes);
    }

    private static String text(final JsonParser parser, final String field) throws IOException
    {
        if (JsonToken.VALUE_STRING != parser.currentToken())
        {
            throw new JsonParseException(parser, field + " is not a string");
        }

        return parser.getText();
    }

    private static HttpMethod method(final JsonParser parser, final String name) throws IOException
    {
        try
        {
            return HttpMethod.valueOf(name);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new JsonParseException(parser, "unknown method " + name, ex);
        }
    }

    private static byte[] decoded(final JsonParser parser, final String text) throws IOException
    {
        try
        {
            return Base64.getDecoder().decode(text);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new JsonParseException(parser, "bytes_b64 is not Base64", ex);
        }
    }
}
