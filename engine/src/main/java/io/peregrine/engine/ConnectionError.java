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

import io.peregrine.codec.ErrorCode;

/** What can go wrong with a connection, apart from what the server answers. Ids and names are stable. */
public enum ConnectionError implements ErrorCode
{
    /** The name of the server did not resolve to an address. */
    RESOLVE_FAILED(300, "name did not resolve"),

    /** The connection could not be made: refused, unreachable, or a socket option was refused. */
    CONNECT_FAILED(301, "connect failed"),

    /** The connection was not made within the connect timeout. */
    CONNECT_TIMEOUT(302, "connect timed out"),

    /** TLS was not agreed on within the handshake timeout. */
    HANDSHAKE_TIMEOUT(303, "TLS handshake timed out"),

    /** The name of the server was not looked up within the resolve timeout. */
    RESOLVE_TIMEOUT(304, "name look-up timed out"),

    /** Writing to the socket failed. */
    WRITE_FAILED(310, "write failed"),

    /** Reading from the socket failed, for example because the server reset the connection. */
    READ_FAILED(311, "read failed"),

    /** The answer was not complete by the deadline of the request. */
    REQUEST_TIMEOUT(312, "request timed out"),

    /** The kernel did not take the whole request within the write timeout, since the server does not read. */
    WRITE_TIMEOUT(313, "write timed out"),

    /** No byte of an answer came within the first-byte timeout. */
    FIRST_BYTE_TIMEOUT(314, "first byte timed out"),

    /** An earlier transport error poisoned the connection; it takes no request ever after. */
    CONNECTION_POISONED(320, "connection is poisoned"),

    /** The connection is not ready: it is being made, or may not be used again. */
    NOT_CONNECTED(321, "connection is not ready"),

    /** The owner closed the connection while an exchange was under way. */
    CLOSED_LOCALLY(322, "connection was closed by its owner"),

    /** No connection was ready for a request by its deadline. */
    ACQUIRE_TIMEOUT(323, "no connection in time"),

    /** As many requests wait for a connection as may. */
    TOO_MANY_WAITING(324, "too many wait for a connection"),

    /** No connection was ready for a request that does not wait for one. */
    NO_CONNECTION(325, "no connection ready"),

    /** The answer is longer than what may be handed to the thread that asked. */
    ANSWER_TOO_LARGE(326, "answer too large to be handed on"),

    /** The engine's thread has ended because of an unexpected exception. */
    ENGINE_FAILED(327, "engine has failed"),

    /** The engine's thread gave no verdict on a request by its deadline, nor for a while after it. */
    ENGINE_STALLED(328, "engine gave no verdict"),

    /** The server ended an idle connection. */
    IDLE_CONNECTION_ENDED(330, "idle connection ended"),

    /** The server sent bytes on an idle connection, which answer nothing. */
    UNSOLICITED_BYTES(331, "bytes on an idle connection");

    private final int id;
    private final String description;

    ConnectionError(final int id, final String description)
    {
        this.id = id;
        this.description = description;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public int id()
    {
        return id;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public String description()
    {
        return description;
    }
}
