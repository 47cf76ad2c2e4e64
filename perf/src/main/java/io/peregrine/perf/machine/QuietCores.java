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
package io.peregrine.perf.machine;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Whether two cores have their units and caches to themselves: a piece of work takes them hardly longer than it ever
 * did. The cores of a virtual machine are threads of real ones, and their other threads are those of somebody else, who
 * comes and goes by the tenth of a second: work of a user's own takes up to twice as long meanwhile, and nothing that
 * the system counts tells. Belongs to one thread.
 */
public final class QuietCores
{
    /** How much longer than the least ever it may take, unless chosen. */
    public static final String DEFAULT = "1.25";

    private final double mostRatio;
    private long leastOwnNs = Long.MAX_VALUE;
    private long leastOtherNs = Long.MAX_VALUE;

    /**
     * Creates one that has seen nothing.
     *
     * @param mostRatio how much longer than the least ever the work may take, as a ratio.
     */
    public QuietCores(final double mostRatio)
    {
        this.mostRatio = mostRatio;
    }

    /**
     * Judges a look at both, and learns from it.
     *
     * @param ownNs   that the work took on the one core, in nanoseconds.
     * @param otherNs that it took on the other, or {@link CoreDistance#UNKNOWN}.
     * @return whether both were quiet.
     */
    public boolean areQuiet(final long ownNs, final long otherNs)
    {
        if (ownNs <= 0 || otherNs <= 0)
        {
            // A clock that went back says nothing.
            return false;
        }

        leastOwnNs = Math.min(leastOwnNs, ownNs);
        leastOtherNs = Math.min(leastOtherNs, otherNs);

        return CoreDistance.UNKNOWN != otherNs &&
            ownNs <= mostRatio * leastOwnNs && otherNs <= mostRatio * leastOtherNs;
    }

    /** For a command line. */
    public static final class Converter implements ITypeConverter<Double>
    {
        /** Made by the command line. */
        public Converter()
        {
        }

        @Override
        public Double convert(final String text)
        {
            try
            {
                final double ratio = Double.parseDouble(text);
                if (ratio >= 1)
                {
                    return ratio;
                }
            }
            catch (final NumberFormatException ignore)
            {
                // As below.
            }

            throw new TypeConversionException("'" + text + "' is not a ratio from 1 on, as in " + DEFAULT);
        }
    }
}
