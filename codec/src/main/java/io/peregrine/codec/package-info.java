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
 * Turns requests into HTTP/1.1 bytes and bytes into HTTP/1.1 responses; it works on memory alone, so that sockets,
 * clocks and threads live elsewhere and every byte sequence can be replayed in a test.
 * <p>
 * The request side starts at {@link io.peregrine.codec.RequestWriter}, addresses at
 * {@link io.peregrine.codec.HttpUrl}. Whatever is refused carries an {@link io.peregrine.codec.ErrorCode}.
 */
package io.peregrine.codec;
