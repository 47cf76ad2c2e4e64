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
package io.peregrine.tls.trust;

import io.peregrine.tls.TlsException;

/**
 * The verification of one server's certificates as a task, for a thread that has the time; the outcome is published
 * to the thread that waits for it.
 */
public final class ChainCheck implements Runnable
{
    private final ServerVerifier verifier;
    private final byte[][] chain;
    private final String host;

    private TlsException failure;
    private volatile boolean isDone;

    /**
     * Prepares a verification.
     *
     * @param verifier to verify with.
     * @param chain    as the server sent it, each certificate in DER form.
     * @param host     that was asked for.
     */
    public ChainCheck(final ServerVerifier verifier, final byte[][] chain, final String host)
    {
        this.verifier = verifier;
        this.chain = chain;
        this.host = host;
    }

    /**
     * Verifies.
     */
    @Override
    public void run()
    {
        try
        {
            verifier.verify(ServerVerifier.parseChain(chain), host);
        }
        catch (final TlsException ex)
        {
            failure = ex;
        }
        catch (final RuntimeException ex)
        {
            // What cannot be judged is not accepted.
            failure = new TlsException(
                io.peregrine.tls.TlsError.CERTIFICATE_REJECTED, "verification failed: " + ex, ex);
        }

        isDone = true;
    }

    /**
     * Has it come to an end?
     *
     * @return true once the outcome is there.
     */
    public boolean isDone()
    {
        return isDone;
    }

    /**
     * Why the server is not accepted.
     *
     * @return null if it is, or while there is no outcome.
     */
    public TlsException failure()
    {
        return failure;
    }
}
