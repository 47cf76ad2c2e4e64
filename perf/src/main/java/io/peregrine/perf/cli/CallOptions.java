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
package io.peregrine.perf.cli;

import io.peregrine.codec.HttpMethod;
import io.peregrine.codec.HttpUrl;
import io.peregrine.tls.TlsConfig;

import java.time.Duration;
import java.util.List;

/**
 * What {@code call} was asked to do.
 *
 * @param method      of each request.
 * @param url         to send it to, path and query included.
 * @param headers     of each request.
 * @param body        of each request, or null for none.
 * @param connections of the pool.
 * @param deadline    of each exchange, from the wait for a connection to the complete answer.
 * @param tls         how TLS is spoken, if the URL asks for it.
 */
record CallOptions(
    HttpMethod method,
    HttpUrl url,
    List<HeaderField> headers,
    byte[] body,
    int connections,
    Duration deadline,
    TlsConfig tls)
{
}
