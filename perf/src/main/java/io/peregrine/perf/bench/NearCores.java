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
package io.peregrine.perf.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How far the client's core and the server's may be from each other, as the time that a word takes there and back.
 *
 * @param leastNs nanoseconds; two threads of one core are nearer, and in each other's way.
 * @param mostNs  nanoseconds; cores that share no cache are further apart.
 */
record NearCores(long leastNs, long mostNs)
{
    /** Two cores of their own below one cache, where a user would put an engine and its strategies. */
    static final String DEFAULT = "80-300";

    boolean isNear(final long distanceNs)
    {
        return distanceNs >= leastNs && distanceNs <= mostNs;
    }

    /** Reads both, with a hyphen between them. */
    static final class Converter implements ITypeConverter<NearCores>
    {
        @Override
        public NearCores convert(final String text)
        {
            final String[] words = text.split("-", -1);
            try
            {
                final NearCores range = new NearCores(Long.parseLong(words[0]), Long.parseLong(words[1]));
                if (2 == words.length && range.leastNs <= range.mostNs)
                {
                    return range;
                }
            }
            catch (final NumberFormatException | IndexOutOfBoundsException ignore)
            {
                // As below.
            }

            throw new TypeConversionException("a distance is LEAST-MOST in nanoseconds, as in " + DEFAULT);
        }
    }
}
