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
/**
 * Pools of connections to one server, and the two doors to them: {@link io.peregrine.pool.ClientPool} for the engine's
 * own thread, whose slots are acquired, used for exchanges and returned; {@link io.peregrine.pool.AtomicClientPool} for
 * strategies on other threads, each with its {@link io.peregrine.pool.PoolClient}, through rings.
 */
package io.peregrine.pool;
