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

/** The text fields of an order: their names in JSON, how long they may be and what they may hold. */
enum OrderField
{
    CLIENT_ORDER_ID("clientOrderId", 36, VenueError.BAD_CLIENT_ORDER_ID),
    SYMBOL("symbol", 20, VenueError.BAD_SYMBOL),
    SIDE("side", 4, VenueError.BAD_SIDE, "BUY", "SELL"),
    TYPE("type", 12, VenueError.BAD_TYPE, "LIMIT", "MARKET", "LIMIT_MAKER"),
    QUANTITY("quantity", 24, VenueError.BAD_QUANTITY),
    PRICE("price", 24, VenueError.BAD_PRICE);

    /** What all fields together can take. */
    static final int TOTAL_LENGTH_LIMIT;

    private static final OrderField[] VALUES = values();
    private static final String NAME_MARKS = ".:/_-";

    static
    {
        int total = 0;
        for (final OrderField field : VALUES)
        {
            total += field.lengthLimit;
        }

        TOTAL_LENGTH_LIMIT = total;
    }

    private final String jsonName;
    private final int lengthLimit;
    private final VenueError error;
    private final byte[][] words;

    OrderField(final String jsonName, final int lengthLimit, final VenueError error, final String... words)
    {
        this.jsonName = jsonName;
        this.lengthLimit = lengthLimit;
        this.error = error;
        this.words = new byte[words.length][];
        for (int i = 0; i < words.length; i++)
        {
            this.words[i] = HttpText.ascii(words[i]);
        }
    }

    String jsonName()
    {
        return jsonName;
    }

    int lengthLimit()
    {
        return lengthLimit;
    }

    /** What to say when the field is missing or malformed. */
    VenueError error()
    {
        return error;
    }

    /** The field of that JSON name, or null. */
    static OrderField of(final String jsonName)
    {
        for (final OrderField field : VALUES)
        {
            if (field.jsonName.equals(jsonName))
            {
                return field;
            }
        }

        return null;
    }

    boolean isValid(final byte[] buffer, final int offset, final int limit)
    {
        return switch (this)
        {
            case CLIENT_ORDER_ID, SYMBOL -> isName(buffer, offset, limit);
            case SIDE, TYPE -> isWord(buffer, offset, limit);
            case QUANTITY, PRICE -> isDecimal(buffer, offset, limit);
        };
    }

    private boolean isWord(final byte[] buffer, final int offset, final int limit)
    {
        for (final byte[] word : words)
        {
            if (HttpText.equals(buffer, offset, limit, word))
            {
                return true;
            }
        }

        return false;
    }

    private static boolean isName(final byte[] buffer, final int offset, final int limit)
    {
        for (int i = offset; i < limit; i++)
        {
            final byte b = buffer[i];
            final boolean isLetter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
            if (!isLetter && !isDigit(b) && NAME_MARKS.indexOf(b) < 0)
            {
                return false;
            }
        }

        return limit > offset;
    }

    /** Digits with at most one point between them, and something other than zero among them. */
    private static boolean isDecimal(final byte[] buffer, final int offset, final int limit)
    {
        int points = 0;
        boolean isPositive = false;
        for (int i = offset; i < limit; i++)
        {
            if (buffer[i] == '.')
            {
                points++;
            }
            else if (!isDigit(buffer[i]))
            {
                return false;
            }
            else
            {
                isPositive |= buffer[i] != '0';
            }
        }

        return isPositive && points <= 1 && isDigit(buffer[offset]) && isDigit(buffer[limit - 1]);
    }

    private static boolean isDigit(final byte b)
    {
        return b >= '0' && b <= '9';
    }
}
