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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class DurationConverterTest
{
    private final DurationConverter converter = new DurationConverter();

    @ParameterizedTest
    @CsvSource({"250us, PT0.00025S", "500ms, PT0.5S", "5s, PT5S", "1m, PT1M", "24h, PT24H"})
    void shouldReadNumberAndUnit(final String text, final Duration expected)
    {
        assertEquals(expected, converter.convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "+5s", "1.5s", "5S", "5d", "0ms", "1441m", "9999999999s"})
    void shouldRefuseEverythingElse(final String text)
    {
        assertThrows(TypeConversionException.class, () -> converter.convert(text));
    }
}
