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

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

/**
 * Handles of C functions by their shape, for any function of that shape: the address is their first argument.
 * Constants, so that the compiler sees through them. A shape is named by its result and its arguments: P for a pointer,
 * which is passed as a long, L for a long, I for an int, S for a short, B for a byte, V for nothing.
 * <p>
 * The short ones skip the transition of the thread's state: they are for functions that return within microseconds and
 * never call back.
 */
@SuppressWarnings("restricted")
final class NativeCall
{
    static final MethodHandle P = handle(JAVA_LONG);
    static final MethodHandle I = handle(JAVA_INT);
    static final MethodHandle P_P = handle(JAVA_LONG, JAVA_LONG);
    static final MethodHandle P_L = P_P;
    static final MethodHandle P_BB = handle(JAVA_LONG, JAVA_BYTE, JAVA_BYTE);
    static final MethodHandle P_PL = handle(JAVA_LONG, JAVA_LONG, JAVA_LONG);
    static final MethodHandle P_PI = handle(JAVA_LONG, JAVA_LONG, JAVA_INT);
    static final MethodHandle I_P = handle(JAVA_INT, JAVA_LONG);
    static final MethodHandle I_PI = handle(JAVA_INT, JAVA_LONG, JAVA_INT);
    static final MethodHandle I_PL = handle(JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle I_PP = I_PL;
    static final MethodHandle I_PPI = handle(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    static final MethodHandle I_PPP = handle(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    static final MethodHandle I_PPL = I_PPP;
    static final MethodHandle I_PPLI = handle(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    static final MethodHandle I_PBPS = handle(JAVA_INT, JAVA_LONG, JAVA_BYTE, JAVA_LONG, JAVA_SHORT);
    static final MethodHandle I_PPIB = handle(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_BYTE);
    static final MethodHandle I_PPPPP =
        handle(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    static final MethodHandle I_PPPPI = handle(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    static final MethodHandle V_P = voidHandle(JAVA_LONG);
    static final MethodHandle V_PP = voidHandle(JAVA_LONG, JAVA_LONG);
    static final MethodHandle V_PIP = voidHandle(JAVA_LONG, JAVA_INT, JAVA_LONG);
    static final MethodHandle V_PPP = voidHandle(JAVA_LONG, JAVA_LONG, JAVA_LONG);

    static final MethodHandle SHORT_I_P = shortHandle(JAVA_LONG);
    static final MethodHandle SHORT_I_PI = shortHandle(JAVA_LONG, JAVA_INT);
    static final MethodHandle SHORT_I_PP = shortHandle(JAVA_LONG, JAVA_LONG);
    static final MethodHandle SHORT_I_PPI = shortHandle(JAVA_LONG, JAVA_LONG, JAVA_INT);

    private NativeCall()
    {
    }

    /** No native function throws: this is for the compiler, and for a handle that is used with the wrong types. */
    static IllegalStateException unexpected(final Throwable ex)
    {
        return new IllegalStateException("a native call cannot throw", ex);
    }

    private static MethodHandle handle(final MemoryLayout result, final MemoryLayout... arguments)
    {
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(result, arguments));
    }

    private static MethodHandle voidHandle(final MemoryLayout... arguments)
    {
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(arguments));
    }

    private static MethodHandle shortHandle(final MemoryLayout... arguments)
    {
        return Linker.nativeLinker().downcallHandle(
            FunctionDescriptor.of(JAVA_INT, arguments), Linker.Option.critical(false));
    }
}
