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
package io.peregrine.tls.jsse;

import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;

import java.lang.reflect.InvocationTargetException;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.ServiceLoader;

/** Finds providers by name: registered ones, those the class path announces, and well-known ones that do not. */
final class JsseProviders
{
    private static final Map<String, String> WELL_KNOWN = Map.of(
        "Conscrypt", "org.conscrypt.OpenSSLProvider",
        "wolfJSSE", "com.wolfssl.provider.jsse.WolfSSLProvider");

    private JsseProviders()
    {
    }

    static Provider find(final String name) throws TlsException
    {
        final Provider registered = Security.getProvider(name);
        if (null != registered)
        {
            return registered;
        }

        for (final Provider provider : ServiceLoader.load(Provider.class))
        {
            if (provider.getName().equals(name))
            {
                return provider;
            }
        }

        return wellKnown(name);
    }

    private static Provider wellKnown(final String name) throws TlsException
    {
        final String className = WELL_KNOWN.get(name);
        try
        {
            if (null != className)
            {
                return (Provider)Class.forName(className).getConstructor().newInstance();
            }
        }
        catch (final ReflectiveOperationException | LinkageError ex)
        {
            final Throwable cause = ex instanceof InvocationTargetException ? ex.getCause() : ex;
            throw new TlsException(TlsError.LIBRARY_UNAVAILABLE,
                "JSSE provider " + name + " cannot be loaded: " + cause, ex);
        }

        throw new TlsException(TlsError.LIBRARY_UNAVAILABLE,
            "no JSSE provider " + name + ": put it on the class path, or register it");
    }
}
