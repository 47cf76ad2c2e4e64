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
package io.peregrine.perf.cli.demo;

import org.agrona.AsciiSequenceView;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;

/**
 * An order as a function of its number, so that nothing has to be kept to know what the answer must say. A flyweight:
 * it shows one order at a time, in text that is overwritten by the next.
 */
final class DemoOrder
{
    private static final int ID_DIGITS = 12;
    private static final int MAX_DECIMAL_LENGTH = 16;
    private static final int PRICE_DECIMALS = 2;
    private static final int QUANTITY_DECIMALS = 3;

    /** Primes, so that the figures of neighbouring orders look unlike and repeat late. */
    private static final long PRICE_STEP = 7_919;
    private static final long PRICE_RANGE = 1_000_003;
    private static final long PRICE_MIN = 5_000_000;
    private static final long QUANTITY_STEP = 104_729;
    private static final long QUANTITY_RANGE = 19_997;

    private static final String ID_PREFIX = "demo-";
    private static final DirectBuffer[] SYMBOLS = {text("BTCUSDT"), text("ETHUSDT"), text("SOLUSDT")};
    private static final DirectBuffer[] SIDES = {text("BUY"), text("SELL")};

    private final MutableDirectBuffer idText = new UnsafeBuffer((ID_PREFIX + "0".repeat(ID_DIGITS)).getBytes(
        StandardCharsets.US_ASCII));
    private final AsciiSequenceView id = new AsciiSequenceView(idText, 0, idText.capacity());
    private final MutableDirectBuffer priceText = new UnsafeBuffer(new byte[MAX_DECIMAL_LENGTH]);
    private final MutableDirectBuffer quantityText = new UnsafeBuffer(new byte[MAX_DECIMAL_LENGTH]);
    private final DirectBuffer price = new UnsafeBuffer(0, 0);
    private final DirectBuffer quantity = new UnsafeBuffer(0, 0);
    private final DirectBuffer symbol = new UnsafeBuffer(0, 0);
    private final DirectBuffer side = new UnsafeBuffer(0, 0);

    /** Shows the order of that number, which is not negative. */
    DemoOrder number(final long number)
    {
        putPadded(idText, ID_PREFIX.length(), ID_DIGITS, number);
        symbol.wrap(SYMBOLS[(int)(number % SYMBOLS.length)]);
        side.wrap(SIDES[(int)(number % SIDES.length)]);
        wrapDecimal(price, priceText, PRICE_MIN + number * PRICE_STEP % PRICE_RANGE, PRICE_DECIMALS);
        wrapDecimal(quantity, quantityText, 1 + number * QUANTITY_STEP % QUANTITY_RANGE, QUANTITY_DECIMALS);
        return this;
    }

    DirectBuffer clientOrderId()
    {
        return idText;
    }

    CharSequence clientOrderIdSequence()
    {
        return id;
    }

    DirectBuffer symbol()
    {
        return symbol;
    }

    DirectBuffer side()
    {
        return side;
    }

    DirectBuffer price()
    {
        return price;
    }

    DirectBuffer quantity()
    {
        return quantity;
    }

    /** Text that lives as long as the process. */
    static DirectBuffer text(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void wrapDecimal(
        final DirectBuffer view,
        final MutableDirectBuffer text,
        final long unscaled,
        final int decimals)
    {
        long scale = 1;
        for (int i = 0; i < decimals; i++)
        {
            scale *= 10;
        }

        final int integerLength = text.putLongAscii(0, unscaled / scale);
        text.putByte(integerLength, (byte)'.');
        putPadded(text, integerLength + 1, decimals, unscaled % scale);
        view.wrap(text, 0, integerLength + 1 + decimals);
    }

    private static void putPadded(
        final MutableDirectBuffer text,
        final int offset,
        final int digits,
        final long value)
    {
        long rest = value;
        for (int i = offset + digits - 1; i >= offset; i--)
        {
            text.putByte(i, (byte)('0' + rest % 10));
            rest /= 10;
        }
    }
}
