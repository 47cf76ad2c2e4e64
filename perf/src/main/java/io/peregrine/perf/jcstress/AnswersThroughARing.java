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
package io.peregrine.perf.jcstress;

import io.peregrine.pool.ring.AnswerRing;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Answers of two lines through a ring of sixteen that is full of old ones: they come in order and whole, while the end
 * of the ring is padded and its lines are used again.
 */
@JCStressTest
@Outcome(id = "\\d+, 36", expect = Expect.ACCEPTABLE, desc = "all eight, whole and in order")
@Outcome(id = "\\d+, 28", expect = Expect.ACCEPTABLE, desc = "the last was refused for want of room")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, torn or out of order")
@State
public class AnswersThroughARing
{
    private static final int CAPACITY = 1024;
    private static final int LENGTH = 120;
    private static final int ANSWERS = 8;
    private static final int LAST = LENGTH - Integer.BYTES;
    private static final int TORN = -1000;
    private static final int OLD = 0x7f7f7f7f;

    private final AnswerRing ring = new AnswerRing(CAPACITY);
    private final MessageHandler onAnswer = this::onAnswer;
    private int last;
    private int sum;

    /**
     * Made by jcstress: the ring has been used once around, and its end comes in the middle of the last answer.
     */
    public AnswersThroughARing()
    {
        for (int i = 0; i < ANSWERS; i++)
        {
            answer(OLD, LENGTH);
            ring.read(AnswersThroughARing::onOld, ANSWERS);
        }
        answer(OLD, AnswerRing.FIRST_LINE_LENGTH);
        ring.read(AnswersThroughARing::onOld, ANSWERS);
    }

    /**
     * Answers eight times.
     */
    @Actor
    public void engine()
    {
        for (int i = 1; i <= ANSWERS && answer(i, LENGTH); i++)
        {
            Thread.onSpinWait();
        }
    }

    /**
     * Polls.
     *
     * @param result of the test.
     */
    @Actor
    public void client(final II_Result result)
    {
        ring.read(onAnswer, 1);
        ring.read(onAnswer, 1);
        result.r1 = Math.max(0, sum);
    }

    /**
     * Polls what is left.
     *
     * @param result of the test.
     */
    @Arbiter
    public void rest(final II_Result result)
    {
        ring.read(onAnswer, CAPACITY);
        result.r2 = sum;
    }

    private boolean answer(final int value, final int length)
    {
        final int index = ring.claim(length);
        if (AnswerRing.INSUFFICIENT_CAPACITY == index)
        {
            return false;
        }

        ring.buffer().putInt(index + length - Integer.BYTES, value);
        ring.buffer().putInt(index, value);
        ring.commit(value, length);
        return true;
    }

    private static void onOld(final int kind, final MutableDirectBuffer buffer, final int index, final int length)
    {
        if (OLD != kind)
        {
            throw new IllegalStateException("kind " + kind);
        }
    }

    private void onAnswer(final int kind, final MutableDirectBuffer buffer, final int index, final int length)
    {
        final boolean isWhole = LENGTH == length && kind == buffer.getInt(index) && kind == buffer.getInt(index + LAST);
        sum += isWhole && last + 1 == kind ? kind : TORN;
        last = kind;
    }
}
