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

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of things, of which there has to be one at least. */
public final class PositiveConverter implements ITypeConverter<Integer>
{
    /** Creates the converter. */
    public PositiveConverter()
    {
    }

    /**
     * Reads a number.
     *
     * @param value decimal digits.
     * @return the number, 1 or more.
     * @throws TypeConversionException when it is none.
     */
    @Override
    public Integer convert(final String value)
    {
        try
        {
            final int number = Integer.parseInt(value);
            if (number > 0)
            {
                return number;
            }
        }
        catch (final NumberFormatException ignore)
        {
            // Told below like any other value that will not do.
        }

        throw new TypeConversionException("'" + value + "' is not a whole number from 1 on");
    }
}
