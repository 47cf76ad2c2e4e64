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

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks up the addresses of a name; may take its time, since it never runs on the engine's thread. */
@FunctionalInterface
public interface NameResolver
{
    /**
     * Looks up a name.
     *
     * @param host the name.
     * @return its addresses, in the order of preference.
     * @throws UnknownHostException when it has none.
     */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
