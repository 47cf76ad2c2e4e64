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
package io.peregrine.perf.bench.client;

import io.peregrine.perf.floor.NioFloorConnection;

import java.io.IOException;

/** The floor in Java. */
final class NioClient implements BenchClient
{
    private final NioFloorConnection connection;

    NioClient(final Target target) throws IOException
    {
        connection = new NioFloorConnection(target.port());
    }

    @Override
    public int exchange() throws IOException
    {
        return connection.exchange();
    }

    @Override
    public void close() throws IOException
    {
        connection.close();
    }
}
