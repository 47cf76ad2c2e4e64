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

/**
 * A header as it is given on a command line.
 *
 * @param name  what stands before the first colon.
 * @param value what stands behind it, white space around it left out; may be empty.
 */
record HeaderField(String name, String value)
{
    /** Reads {@code Name: value}. */
    static final class Converter implements ITypeConverter<HeaderField>
    {
        @Override
        public HeaderField convert(final String text)
        {
            final int colonIndex = text.indexOf(':');
            if (colonIndex <= 0)
            {
                // The text is not repeated: it may be a credential.
                throw new TypeConversionException("a header reads 'Name: value'");
            }

            return new HeaderField(text.substring(0, colonIndex), text.substring(colonIndex + 1).strip());
        }
    }
}
