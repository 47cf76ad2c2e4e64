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
package io.peregrine.engine;

import org.agrona.SystemUtil;
import org.agrona.UnsafeApi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.SocketChannel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * The system calls that move bytes through a socket, made directly: a {@link SocketChannel} takes a lock and notes the
 * calling thread around each of them, which a connection of one thread has no use for. Linux only.
 * <p>
 * The calls skip the transition of the thread's state: on a non-blocking socket they return within microseconds and
 * never call back. They take and give numbers only, so that they leave no garbage wherever they are compiled into.
 */
@SuppressWarnings("restricted")
final class SocketCalls
{
    /** The call is to be made again later: nothing is there, or nothing is taken. */
    static final int AGAIN = -11;

    /** The peer has reset the connection, or it was ended before. */
    static final int RESET = -104;
    static final int BROKEN_PIPE = -32;

    static final int NO_DESCRIPTOR = -1;

    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final byte TCP_CLOSE = 7;
    private static final String CHANNEL_CLASS = "sun.nio.ch.SelChImpl";
    private static final String DESCRIPTOR_METHOD = "getFDVal";
    private static final MethodHandle RECV = transfer("recv");
    private static final MethodHandle SEND = transfer("send");
    private static final MethodHandle ERRNO_LOCATION =
        handle("__errno_location", FunctionDescriptor.of(JAVA_LONG));
    private static final MethodHandle GETSOCKOPT = handle("getsockopt",
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));

    private SocketCalls()
    {
    }

    /** The descriptor of a channel's socket, or {@link #NO_DESCRIPTOR} where the calls cannot be made. */
    static int descriptor(final SocketChannel channel)
    {
        if (null == RECV || null == SEND || null == ERRNO_LOCATION || null == GETSOCKOPT)
        {
            return NO_DESCRIPTOR;
        }

        try
        {
            return (int)Class.forName(CHANNEL_CLASS).getMethod(DESCRIPTOR_METHOD).invoke(channel);
        }
        catch (final ReflectiveOperationException | IllegalArgumentException ignore)
        {
            // Needs java.base/sun.nio.ch to be exported, and the JDK's own channel.
            return NO_DESCRIPTOR;
        }
    }

    /** Bytes read to an address, 0 at the end of the stream, or a negative error number. */
    static int receive(final int descriptor, final long address, final int length)
    {
        try
        {
            final long result = (long)RECV.invokeExact(descriptor, address, (long)length, 0);
            return result >= 0 ? (int)result : error();
        }
        catch (final Throwable ex)
        {
            throw unexpected(ex);
        }
    }

    /** Bytes taken from an address, or a negative error number. */
    static int send(final int descriptor, final long address, final int length)
    {
        try
        {
            final long result = (long)SEND.invokeExact(descriptor, address, (long)length, MSG_NOSIGNAL);
            return result >= 0 ? (int)result : error();
        }
        catch (final Throwable ex)
        {
            throw unexpected(ex);
        }
    }

    /**
     * Whether the end of the stream is the peer's: after an error, which is told only once, the stream has ended too,
     * but its socket is closed already. Allocates.
     */
    static boolean isEndedByPeer(final int descriptor)
    {
        try (Arena arena = Arena.ofConfined())
        {
            final MemorySegment state = arena.allocate(JAVA_BYTE);
            final MemorySegment length = arena.allocateFrom(JAVA_INT, 1);
            final int result = (int)GETSOCKOPT.invokeExact(
                descriptor, IPPROTO_TCP, TCP_INFO, state.address(), length.address());
            return 0 == result && TCP_CLOSE != state.get(JAVA_BYTE, 0);
        }
        catch (final Throwable ex)
        {
            throw unexpected(ex);
        }
    }

    /**
     * The error number of the thread's last call. A stop of the virtual machine may come in between, and leave the
     * number of a call of its own: only one that a socket alone gives is to be relied on. One that is taken for
     * {@link #AGAIN} in error is made good by {@link #isEndedByPeer(int)}, since the stream has ended then.
     */
    private static int error() throws Throwable
    {
        return -UnsafeApi.getInt((long)ERRNO_LOCATION.invokeExact());
    }

    private static MethodHandle transfer(final String function)
    {
        return handle(function, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    }

    /** Null where there is no such function, or no right to call it. */
    private static MethodHandle handle(final String function, final FunctionDescriptor shape)
    {
        if (!SystemUtil.isLinux() || ValueLayout.ADDRESS.byteSize() != Long.BYTES)
        {
            return null;
        }

        try
        {
            final Linker linker = Linker.nativeLinker();
            return linker.defaultLookup().find(function)
                .map((address) -> linker.downcallHandle(address, shape, Linker.Option.critical(false))).orElse(null);
        }
        catch (final IllegalCallerException | UnsupportedOperationException ignore)
        {
            return null;
        }
    }

    /** No native function throws: this is for the compiler. */
    private static IllegalStateException unexpected(final Throwable ex)
    {
        return new IllegalStateException(ex);
    }
}
