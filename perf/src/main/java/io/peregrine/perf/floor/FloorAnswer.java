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
package io.peregrine.perf.floor;

/**
 * What a floor server answers with, and when.
 *
 * @param bodyLength  the length of the body, in bytes, or {@link #UNSET} for the answer of
 *                    {@link FloorServer#ANSWER_LENGTH} bytes in all.
 * @param chunkLength the length of each chunk but the last, in bytes, or {@link #UNSET} for a body that is not chunked.
 * @param serviceUs   how long the server takes for a request until it answers, in microseconds, and up to one more,
 *                    differently each time; {@link #UNSET} for at once.
 */
public record FloorAnswer(int bodyLength, int chunkLength, int serviceUs)
{
    /** Stands for a length or a time that is not given. */
    public static final int UNSET = -1;

    /** The answer to an order, at once. */
    public static final FloorAnswer ORDER = new FloorAnswer(UNSET, UNSET, UNSET);

    private static final int ORDER_BODY_LENGTH = 33;
    /** As the program in C has it. */
    private static final double MEAN_SPREAD_US = 0.5;

    /**
     * How long the body is in any case.
     *
     * @return in bytes.
     */
    public int actualBodyLength()
    {
        return UNSET == bodyLength ? ORDER_BODY_LENGTH : bodyLength;
    }

    /**
     * How long the server takes for a request in the mean.
     *
     * @return in microseconds.
     */
    public double meanServiceUs()
    {
        return UNSET == serviceUs ? 0 : serviceUs + MEAN_SPREAD_US;
    }
}
