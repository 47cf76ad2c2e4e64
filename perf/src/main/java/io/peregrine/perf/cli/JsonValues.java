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
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as maps, lists, strings, longs, doubles, booleans and nulls, for files that are small. */
public final class JsonValues
{
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonValues()
    {
    }

    /**
     * Reads one value.
     *
     * @param text of the value.
     * @return the value; objects keep the order of their fields.
     * @throws IOException when it is not JSON.
     */
    public static Object parse(final String text) throws IOException
    {
        try (JsonParser parser = FACTORY.createParser(text))
        {
            parser.nextToken();
            return value(parser);
        }
    }

    private static Object value(final JsonParser parser) throws IOException
    {
        return switch (parser.currentToken())
        {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw new IOException("unexpected " + parser.currentToken());
        };
    }

    private static Map<String, Object> object(final JsonParser parser) throws IOException
    {
        final Map<String, Object> object = new LinkedHashMap<>();
        while (JsonToken.END_OBJECT != parser.nextToken())
        {
            final String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }

        return object;
    }

    private static List<Object> array(final JsonParser parser) throws IOException
    {
        final List<Object> array = new ArrayList<>();
        while (JsonToken.END_ARRAY != parser.nextToken())
        {
            array.add(value(parser));
        }

        return array;
    }
}
