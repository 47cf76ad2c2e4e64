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
package io.peregrine.pool;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

class SlotStackTest
{
    private final SlotStack stack = new SlotStack(3);
    private final ClientSlot[] slots =
        { new ClientSlot(null, null), new ClientSlot(null, null), new ClientSlot(null, null) };

    @Test
    void shouldPopInReverse()
    {
        pushAll();
        assertSame(slots[2], stack.pop());
        assertSame(slots[1], stack.pop());
        assertSame(slots[0], stack.pop());
        assertNull(stack.pop());
        assertEquals(0, stack.size());
    }

    @Test
    void shouldRemoveAnywhereAndKeepTheOrder()
    {
        for (int removed = 0; removed < slots.length; removed++)
        {
            pushAll();
            stack.remove(slots[removed]);
            stack.remove(slots[removed]);
            assertEquals(2, stack.size());
            for (int i = slots.length - 1; i >= 0; i--)
            {
                if (i != removed)
                {
                    assertSame(slots[i], stack.pop());
                }
            }
            assertNull(stack.pop());
        }
    }

    private void pushAll()
    {
        for (final ClientSlot slot : slots)
        {
            stack.push(slot);
        }
    }
}
