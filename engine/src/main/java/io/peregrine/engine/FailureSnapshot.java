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
import io.peregrine.codec.RequestError;
import io.peregrine.codec.ResponseError;
import io.peregrine.tls.TlsError;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Copies what is known of a failed exchange to memory where another thread reads it. Allocates, as failures do. */
public final class FailureSnapshot
{
    /** Longest text of a failure that is taken along, in bytes; the rest is cut. */
    public static final int MAX_DETAIL_LENGTH = 512;

    private static final int ERROR_OFFSET = 0;
    private static final int PHASE_OFFSET = ERROR_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int BYTES_WRITTEN_OFFSET = PHASE_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int BYTES_READ_OFFSET = BYTES_WRITTEN_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int AGE_OFFSET = BYTES_READ_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int USES_OFFSET = AGE_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int PORT_OFFSET = USES_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int ADDRESS_LENGTH_OFFSET = PORT_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int ADDRESS_OFFSET = ADDRESS_LENGTH_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int MAX_ADDRESS_LENGTH = 16;
    private static final int DETAIL_LENGTH_OFFSET = ADDRESS_OFFSET + MAX_ADDRESS_LENGTH;
    private static final int DETAIL_OFFSET = DETAIL_LENGTH_OFFSET + BitUtil.SIZE_OF_INT;

    /** Longest snapshot in bytes. */
    public static final int MAX_LENGTH = DETAIL_OFFSET + MAX_DETAIL_LENGTH;

    private static final byte[] NO_ADDRESS = {};
    private static final Phase[] PHASES = Phase.values();
    private static final Int2ObjectHashMap<ErrorCode> ERRORS = new Int2ObjectHashMap<>();

    static
    {
        putErrors(RequestError.values());
        putErrors(ResponseError.values());
        putErrors(ConnectionError.values());
        putErrors(TlsError.values());
    }

    private FailureSnapshot()
    {
    }

    /**
     * Copies a failure.
     *
     * @param failure to copy.
     * @param target  to copy to, with room for {@link #MAX_LENGTH}.
     * @param offset  of the snapshot in it.
     * @return length of the snapshot in bytes.
     */
    public static int encode(final ExchangeFailure failure, final MutableDirectBuffer target, final int offset)
    {
        target.putInt(offset + ERROR_OFFSET, failure.error().id());
        target.putInt(offset + PHASE_OFFSET, failure.phase().ordinal());
        target.putLong(offset + BYTES_WRITTEN_OFFSET, failure.bytesWritten());
        target.putLong(offset + BYTES_READ_OFFSET, failure.bytesRead());
        target.putLong(offset + AGE_OFFSET, failure.connectionAgeNs());
        target.putLong(offset + USES_OFFSET, failure.connectionUses());

        final InetSocketAddress remote = failure.remoteAddress();
        final boolean isResolved = null != remote && null != remote.getAddress();
        final byte[] address = isResolved ? remote.getAddress().getAddress() : NO_ADDRESS;
        target.putInt(offset + PORT_OFFSET, isResolved ? remote.getPort() : 0);
        target.putInt(offset + ADDRESS_LENGTH_OFFSET, address.length);
        target.putBytes(offset + ADDRESS_OFFSET, address);

        final byte[] detail = String.valueOf(failure.detail()).getBytes(StandardCharsets.UTF_8);
        final int detailLength = Math.min(detail.length, MAX_DETAIL_LENGTH);
        target.putInt(offset + DETAIL_LENGTH_OFFSET, detailLength);
        target.putBytes(offset + DETAIL_OFFSET, detail, 0, detailLength);

        return DETAIL_OFFSET + detailLength;
    }

    /**
     * Reads a failure back.
     *
     * @param buffer that holds the snapshot.
     * @param offset of the snapshot.
     * @return a new failure.
     */
    public static ExchangeFailure decode(final DirectBuffer buffer, final int offset)
    {
        final byte[] detail = new byte[buffer.getInt(offset + DETAIL_LENGTH_OFFSET)];
        buffer.getBytes(offset + DETAIL_OFFSET, detail);
        final ExchangeFailure failure = new ExchangeFailure();
        failure.set(
            ERRORS.get(buffer.getInt(offset + ERROR_OFFSET)),
            new String(detail, StandardCharsets.UTF_8),
            PHASES[buffer.getInt(offset + PHASE_OFFSET)],
            buffer.getLong(offset + BYTES_WRITTEN_OFFSET),
            buffer.getLong(offset + BYTES_READ_OFFSET));
        failure.connection(
            address(buffer, offset),
            buffer.getLong(offset + AGE_OFFSET),
            buffer.getLong(offset + USES_OFFSET));

        return failure;
    }

    private static InetSocketAddress address(final DirectBuffer buffer, final int offset)
    {
        final byte[] address = new byte[buffer.getInt(offset + ADDRESS_LENGTH_OFFSET)];
        if (0 == address.length)
        {
            return null;
        }

        buffer.getBytes(offset + ADDRESS_OFFSET, address);
        try
        {
            return new InetSocketAddress(InetAddress.getByAddress(address), buffer.getInt(offset + PORT_OFFSET));
        }
        catch (final UnknownHostException ex)
        {
            throw new IllegalArgumentException("not an address: " + address.length + " bytes", ex);
        }
    }

    private static void putErrors(final ErrorCode[] codes)
    {
        for (final ErrorCode code : codes)
        {
            ERRORS.put(code.id(), code);
        }
    }
}
