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
package io.peregrine.perf.venue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;

import java.io.IOException;

/**
 * Reads an order from a JSON object. One streaming parser takes body after body as values of one endless stream, so
 * that a body costs no new parser; after a malformed body it starts afresh.
 */
final class OrderJsonReader
{
    private final JsonFactory factory =
        JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
    private JsonParser parser;
    private int seenFields;

    /** Fills the order from a body; null, or why the body is refused. */
    VenueError read(final byte[] buffer, final int offset, final int limit, final Order order)
    {
        order.clear();
        seenFields = 0;
        VenueError error;
        try
        {
            if (null == parser)
            {
                parser = factory.createNonBlockingByteArrayParser();
            }

            ((ByteArrayFeeder)parser.getNonBlockingInputFeeder()).feedInput(buffer, offset, limit);
            error = readObject(order);
        }
        catch (final IOException ignore)
        {
            error = VenueError.MALFORMED_JSON;
        }

        if (null != error)
        {
            parser = null;
            return error;
        }

        return order.findError();
    }

    private VenueError readObject(final Order order) throws IOException
    {
        if (JsonToken.START_OBJECT != parser.nextToken())
        {
            return VenueError.MALFORMED_JSON;
        }

        JsonToken token = parser.nextToken();
        while (JsonToken.FIELD_NAME == token)
        {
            final OrderField field = OrderField.of(parser.currentName());
            token = parser.nextToken();
            final VenueError error = null == field ? skipValue(token) : readValue(field, token, order);
            if (null != error)
            {
                return error;
            }

            token = parser.nextToken();
        }

        final boolean isWhole = JsonToken.END_OBJECT == token && JsonToken.NOT_AVAILABLE == parser.nextToken();
        return isWhole ? null : VenueError.MALFORMED_JSON;
    }

    private VenueError readValue(final OrderField field, final JsonToken token, final Order order) throws IOException
    {
        final int bit = 1 << field.ordinal();
        if (0 != (seenFields & bit))
        {
            return VenueError.DUPLICATE_FIELD;
        }

        seenFields |= bit;
        if (JsonToken.NOT_AVAILABLE == token)
        {
            return VenueError.MALFORMED_JSON;
        }

        if (JsonToken.VALUE_STRING != token && !token.isNumeric())
        {
            return field.error();
        }

        final char[] characters = parser.getTextCharacters();
        final int offset = parser.getTextOffset();
        final int limit = offset + parser.getTextLength();
        for (int i = offset; i < limit; i++)
        {
            if (characters[i] > 0x7F || !order.append(field, (byte)characters[i]))
            {
                return field.error();
            }
        }

        return null;
    }

    private VenueError skipValue(final JsonToken first) throws IOException
    {
        int depth = 0;
        JsonToken token = first;
        while (true)
        {
            if (JsonToken.NOT_AVAILABLE == token)
            {
                return VenueError.MALFORMED_JSON;
            }

            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (0 == depth)
            {
                return null;
            }

            token = parser.nextToken();
        }
    }
}
