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
package io.peregrine.codec;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries the response reader with millions of broken responses: {@code ResponseFuzz [COUNT] [SEED]}. Input number
 * {@code n} comes from {@code SEED + n} alone, so COUNT 1 and the seed of a failure replay it. Exits 1 at the
 * first violation.
 */
final class ResponseFuzz
{
    private static final long COUNT_DEFAULT = 10_000_000;
    private static final int WRONG_USAGE = 2;

    private ResponseFuzz()
    {
    }

    static void main(final String[] args)
    {
        final long count;
        final long seed;
        try
        {
            count = args.length > 0 ? Long.parseLong(args[0]) : COUNT_DEFAULT;
            seed = args.length > 1 ? Long.parseLong(args[1]) : ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        }
        catch (final NumberFormatException ex)
        {
            System.err.println("fuzz: COUNT and SEED are numbers: " + ex.getMessage());
            System.exit(WRONG_USAGE);
            return;
        }

        System.out.printf("%,d inputs, seed %d%n", count, seed);
        final FuzzRun run = new FuzzRun();
        final long startNs = System.nanoTime();
        for (long i = 0; i < count; i++)
        {
            try
            {
                run.run(seed + i);
            }
            catch (final AssertionError ex)
            {
                System.err.println("fuzz: violation: " + ex.getMessage());
                ex.getCause().printStackTrace();
                System.exit(1);
            }
        }

        final double seconds = (System.nanoTime() - startNs) / 1e9;
        System.out.print(run.report());
        System.out.printf("no violation; %,.0f inputs/s%n", count / seconds);
    }
}
