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
package io.peregrine.tls.wolfssl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How fast a library encrypts with AES-128-GCM: one built without the assembler code for the processor's AES
 * instructions is about ten times slower for each record.
 *
 * @param megabytesPerSecond best of some short runs; 0 if the library cannot.
 */
record AesSpeed(long megabytesPerSecond)
{
    /**
     * Between what the instructions give on a busy machine and what tables give on a fast one: 830 and 75 were measured
     * for two builds on the same machine, 180 for the slower one elsewhere.
     */
    static final long ACCELERATED_MEGABYTES_PER_SECOND = 300;

    private static final int LENGTH = 16 * 1024;
    private static final int ROUNDS = 128;
    private static final int ENCRYPT = 1;

    boolean isAccelerated()
    {
        return megabytesPerSecond >= ACCELERATED_MEGABYTES_PER_SECOND;
    }

    static AesSpeed measure(final CipherFunctions ciphers)
    {
        try (Arena arena = Arena.ofConfined())
        {
            final MemorySegment key = arena.allocate(32);
            final MemorySegment input = arena.allocate(LENGTH);
            final MemorySegment output = arena.allocate(LENGTH + 64);
            final MemorySegment outputLength = arena.allocate(ValueLayout.JAVA_INT);
            long bestNs = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++)
            {
                final long startNs = System.nanoTime();
                if (!encrypt(ciphers, key.address(), input.address(), output.address(), outputLength.address()))
                {
                    return new AesSpeed(0);
                }
                bestNs = Math.min(bestNs, Math.max(1, System.nanoTime() - startNs));
            }

            return new AesSpeed(LENGTH * 1_000L / bestNs);
        }
    }

    private static boolean encrypt(
        final CipherFunctions ciphers, final long key, final long input, final long output, final long outputLength)
    {
        final long cipher = ciphers.newCipher();
        try
        {
            return WolfSsl.SUCCESS == ciphers.initCipher(cipher, ciphers.aes128Gcm(), key, key, ENCRYPT) &&
                WolfSsl.SUCCESS == ciphers.updateCipher(cipher, output, outputLength, input, LENGTH) &&
                WolfSsl.SUCCESS == ciphers.finishCipher(cipher, output, outputLength);
        }
        finally
        {
            ciphers.freeCipher(cipher);
        }
    }
}
