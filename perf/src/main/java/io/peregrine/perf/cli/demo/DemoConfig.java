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
package io.peregrine.perf.cli.demo;

import io.peregrine.tls.TlsConfig;

/**
 * What the client of the demonstration is told.
 *
 * @param port         of the venue, on the loopback address.
 * @param cpu          core to pin the client's thread to, negative for none.
 * @param orders       number of orders that count.
 * @param warmUpOrders number of orders before those.
 * @param connections  number of connections.
 * @param threads      threads that submit orders through rings; 1 without rings.
 * @param tls          how TLS is spoken; null for plain HTTP.
 */
record DemoConfig(
    int port, int cpu, int orders, int warmUpOrders, int connections, int threads, TlsConfig tls)
{
}
