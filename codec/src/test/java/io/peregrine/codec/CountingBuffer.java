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

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A buffer that counts how many bytes are looked at, by whatever method. */
final class CountingBuffer
{
    private final UnsafeBuffer delegate;
    private final MutableDirectBuffer proxy;
    private long bytesLookedAt;

    CountingBuffer(final byte[] bytes)
    {
        delegate = new UnsafeBuffer(bytes);
        proxy = (MutableDirectBuffer)Proxy.newProxyInstance(
            CountingBuffer.class.getClassLoader(), new Class<?>[]{ MutableDirectBuffer.class }, this::invoke);
    }

    MutableDirectBuffer buffer()
    {
        return proxy;
    }

    long bytesLookedAt()
    {
        return bytesLookedAt;
    }

    private Object invoke(final Object self, final Method method, final Object[] arguments) throws Throwable
    {
        switch (method.getName())
        {
            case "getByte" -> bytesLookedAt++;
            case "getShort" -> bytesLookedAt += Short.BYTES;
            case "getInt" -> bytesLookedAt += Integer.BYTES;
            case "getLong" -> bytesLookedAt += Long.BYTES;
            case "putBytes" ->
            {
                final int length = (Integer)arguments[3];
                bytesLookedAt += length;
                delegate.putBytes((Integer)arguments[0], delegate, (Integer)arguments[2], length);
                return null;
            }
            case "byteArray", "addressOffset", "boundsCheck" ->
            {
                // Nothing is looked at: only memory off-heap is read past the methods of the buffer.
            }
            default -> throw new UnsupportedOperationException(method.toString());
        }

        try
        {
            return method.invoke(delegate, arguments);
        }
        catch (final InvocationTargetException ex)
        {
            throw ex.getCause();
        }
    }
}
