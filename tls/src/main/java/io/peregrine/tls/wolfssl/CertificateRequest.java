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
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * Notices that a server asks for a certificate when there is none to present: the one thing the library tells by
 * calling back, in the middle of the handshake, on the thread that called it.
 */
@SuppressWarnings("restricted")
final class CertificateRequest
{
    /** Address of the function that the library calls; it is never freed, since sessions may outlive their context. */
    static final long CALLBACK = callback();

    private static final ThreadLocal<CertificateRequest> SEEN = ThreadLocal.withInitial(CertificateRequest::new);

    private boolean isSeen;

    private CertificateRequest()
    {
    }

    /** Was there a request on this thread since the last time that this was asked? */
    static boolean takeSeen()
    {
        final CertificateRequest request = SEEN.get();
        final boolean wasSeen = request.isSeen;
        request.isSeen = false;

        return wasSeen;
    }

    /** An exception would end the JVM: there is nothing here that throws one. */
    private static int onRequest(final long ssl, final long certificate, final long key)
    {
        SEEN.get().isSeen = true;
        return 0;
    }

    private static long callback()
    {
        try
        {
            final MethodType type = MethodType.methodType(int.class, long.class, long.class, long.class);
            return Linker.nativeLinker().upcallStub(
                MethodHandles.lookup().findStatic(CertificateRequest.class, "onRequest", type),
                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Arena.global()).address();
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }
}
