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

import java.util.Arrays;

/**
 * Where the head of a request takes shape: an array that keeps the fixed fields in place from one request to the next.
 * <pre>
 *              origin                fieldsOffset                     position
 *                |                        |                              |
 *  +-------------+------------------------+--------------+---------------+---------+
 *  | line room   | POST /path?a=b         | fixed fields | fields so far | free    |
 *  +-------------+------------------------+--------------+---------------+---------+
 * </pre>
 * The line ends where the fixed fields begin, so that the finished head is one piece. Only a line that grows, because
 * query parameters follow its path, is written from index 0 on and moved up when it is complete.
 * <p>
 * Behind what there is room for lie a few bytes more, of which nothing is kept ({@link #SLACK}).
 * The array grows on demand, up to the capacity of the region that the request is for, and never shrinks.
 */
final class HeadBuffer
{
    /** Bytes behind what was asked for that may be written too, so that short texts can be stored as words. */
    static final int SLACK = 3 * Long.BYTES;

    private static final int INITIAL_LINE_ROOM = 512;
    private static final int INITIAL_FIELDS_ROOM = 1536;

    private byte[] bytes = new byte[INITIAL_LINE_ROOM + INITIAL_FIELDS_ROOM];
    private int fieldsOffset = INITIAL_LINE_ROOM;
    private int fixedLength;
    private boolean isLineOpen;

    private int capacity;
    private int origin;
    private int position;
    /** Where writing must stop and ask: the end of the array or of the request's capacity. */
    private int limit;

    /** Sets the longest possible request; the head under way is lost. */
    void capacity(final int capacity)
    {
        this.capacity = capacity;
    }

    int capacity()
    {
        return capacity;
    }

    /** Sets what follows the line of every request; the head under way is lost. */
    void fixedFields(final byte[] fixedFields)
    {
        fixedLength = fixedFields.length;
        if (bytes.length - fieldsOffset - SLACK < fixedLength)
        {
            bytes = Arrays.copyOf(bytes, fieldsOffset + fixedLength + INITIAL_FIELDS_ROOM);
        }
        System.arraycopy(fixedFields, 0, bytes, fieldsOffset, fixedLength);
    }

    /** The array; it may be another one after each call that makes room. */
    byte[] bytes()
    {
        return bytes;
    }

    /** Index in the array where the head begins. */
    int origin()
    {
        return origin;
    }

    /** Index in the array of the next byte. */
    int position()
    {
        return position;
    }

    void position(final int position)
    {
        this.position = position;
    }

    /** Length of what was written so far. */
    int length()
    {
        return position - origin;
    }

    /** Makes room for a line; false if it exceeds the capacity. Its bytes belong between origin and position. */
    boolean startLine(final long length)
    {
        if (length > capacity)
        {
            origin = 0;
            position = 0;
            limit = 0;
            return false;
        }
        if (length > fieldsOffset)
        {
            growLine((int)length, 0);
        }
        isLineOpen = false;
        origin = fieldsOffset - (int)length;
        position = fieldsOffset;
        return true;
    }

    /** Takes the line of the request before as it is; it must not have been opened, and the array not changed. */
    void reuseLine()
    {
        position = fieldsOffset;
    }

    /** Lets the line grow. */
    void openLine()
    {
        final int length = length();
        System.arraycopy(bytes, origin, bytes, 0, length);
        isLineOpen = true;
        origin = 0;
        position = length;
        updateLineLimit();
    }

    /** Ends the line and skips the fixed fields, which are there already; false if they exceed the capacity. */
    boolean beginFields()
    {
        if (isLineOpen)
        {
            final int length = length();
            origin = fieldsOffset - length;
            System.arraycopy(bytes, 0, bytes, origin, length);
            isLineOpen = false;
        }
        position = fieldsOffset + fixedLength;
        updateLimit();
        return position <= limit;
    }

    /** Makes room for more bytes; false if they exceed the capacity. */
    boolean hasRoom(final long length)
    {
        return length <= limit - position || grow(length);
    }

    /** Makes room for the last bytes of the head; false if they and the content behind exceed the capacity. */
    boolean hasRoom(final int length, final long contentLength)
    {
        return length + contentLength <= (long)capacity - length() && hasRoom(length);
    }

    private boolean grow(final long length)
    {
        if (length > (long)capacity - length())
        {
            return false;
        }

        if (isLineOpen)
        {
            growLine(position + (int)length + SLACK, position);
            updateLineLimit();
        }
        else
        {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, position + (int)length + SLACK));
            updateLimit();
        }
        return true;
    }

    private void growLine(final int minRoom, final int lineLength)
    {
        final int newFieldsOffset = Math.max(2 * fieldsOffset, minRoom);
        final byte[] newBytes = new byte[newFieldsOffset + bytes.length - fieldsOffset];
        System.arraycopy(bytes, 0, newBytes, 0, lineLength);
        System.arraycopy(bytes, fieldsOffset, newBytes, newFieldsOffset, fixedLength);
        bytes = newBytes;
        fieldsOffset = newFieldsOffset;
    }

    private void updateLineLimit()
    {
        limit = Math.min(fieldsOffset - SLACK, capacity);
    }

    private void updateLimit()
    {
        limit = (int)Math.min(bytes.length - SLACK, (long)origin + capacity);
    }
}
