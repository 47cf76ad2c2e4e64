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

/**
 * The slots that can be acquired, the one returned last on top: it is the warmest in every cache, and the others stay
 * idle long enough to be seen as such. Every operation but {@link #remove(ClientSlot)} takes constant time.
 */
final class SlotStack
{
    private final ClientSlot[] slots;
    private int size;

    SlotStack(final int capacity)
    {
        slots = new ClientSlot[capacity];
    }

    int size()
    {
        return size;
    }

    void push(final ClientSlot slot)
    {
        slots[size++] = slot;
    }

    /** The top, or null. */
    ClientSlot pop()
    {
        if (0 == size)
        {
            return null;
        }

        final ClientSlot slot = slots[--size];
        slots[size] = null;
        return slot;
    }

    /** Takes a slot out wherever it is, if it is there; the order of the others stays. */
    void remove(final ClientSlot slot)
    {
        for (int i = size - 1; i >= 0; i--)
        {
            if (slots[i] == slot)
            {
                size--;
                System.arraycopy(slots, i + 1, slots, i, size - i);
                slots[size] = null;
                return;
            }
        }
    }
}
