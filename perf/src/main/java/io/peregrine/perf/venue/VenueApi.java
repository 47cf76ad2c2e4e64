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
package io.peregrine.perf.venue;

import java.util.function.LongSupplier;

/** Serves orders, cancels and queries from the book, and counts them against the rate limits. */
final class VenueApi
{
    private static final long MINUTE_MS = 60_000;
    private static final long TEN_SECONDS_MS = 10_000;
    private static final byte[] CLIENT_ORDER_ID = HttpText.ascii(OrderField.CLIENT_ORDER_ID.jsonName());
    private static final byte[] ASTERISK = HttpText.ascii("*");
    private static final byte[] NO_PRICE = HttpText.ascii("0");

    private static final byte[] JSON_CLIENT_ORDER_ID = HttpText.ascii("{\"clientOrderId\":\"");
    private static final byte[] JSON_SYMBOL = HttpText.ascii("\",\"symbol\":\"");
    private static final byte[] JSON_SIDE = HttpText.ascii("\",\"side\":\"");
    private static final byte[] JSON_TYPE = HttpText.ascii("\",\"type\":\"");
    private static final byte[] JSON_PRICE = HttpText.ascii("\",\"price\":\"");
    private static final byte[] JSON_QUANTITY = HttpText.ascii("\",\"quantity\":\"");
    private static final byte[] JSON_ORDER_ID = HttpText.ascii("\",\"orderId\":");
    private static final byte[] JSON_NEW = HttpText.ascii(",\"status\":\"NEW\",\"transactTime\":");
    private static final byte[] JSON_CANCELED = HttpText.ascii(",\"status\":\"CANCELED\",\"transactTime\":");
    private static final byte[] JSON_EMPTY = HttpText.ascii("{}");
    private static final byte[] JSON_SERVER_TIME = HttpText.ascii("{\"serverTime\":");

    private final LongSupplier epochClockMs;
    private final int weightLimit;
    private final int orderLimit;
    private final OrderBook orderBook;
    private final OrderJsonReader jsonReader = new OrderJsonReader();
    private final Order scratch = new Order();
    private final RateWindow usedWeight = new RateWindow(MINUTE_MS);
    private final RateWindow orderCount = new RateWindow(TEN_SECONDS_MS);

    VenueApi(final VenueConfig config)
    {
        epochClockMs = config.epochClockMs();
        weightLimit = config.weightLimit();
        orderLimit = config.orderLimit();
        orderBook = new OrderBook(config.maxOrders());
    }

    /** Turns a complete request, whose offsets are of the buffer, into an answer. */
    void onRequest(final byte[] buffer, final Request request, final Answer answer)
    {
        final long nowMs = epochClockMs.getAsLong();
        final HttpMethod method = request.method();
        final Endpoint endpoint = Endpoint.of(buffer, request.pathOffset(), request.pathLimit());

        answer.clear();
        answer.usedWeight(usedWeight.add(nowMs, null == endpoint ? 1 : endpoint.weight(method)));
        if (isExceeded(answer.usedWeight(), weightLimit))
        {
            answer.refuse(VenueError.TOO_MUCH_WEIGHT);
            answer.retryAfterSeconds(usedWeight.retryAfterSeconds(nowMs));
        }
        else if (HttpMethod.OTHER == method)
        {
            answer.refuse(VenueError.UNKNOWN_METHOD);
        }
        else if (HttpMethod.OPTIONS == method)
        {
            onOptions(buffer, request, endpoint, answer);
        }
        else if (null == endpoint)
        {
            answer.refuse(VenueError.UNKNOWN_PATH);
        }
        else
        {
            route(buffer, request, endpoint, nowMs, answer);
        }
    }

    private void route(
        final byte[] buffer, final Request request, final Endpoint endpoint, final long nowMs, final Answer answer)
    {
        final HttpMethod method = request.method();
        final boolean isRead = HttpMethod.GET == method || HttpMethod.HEAD == method;
        if (Endpoint.PING == endpoint && isRead)
        {
            answer.body().append(JSON_EMPTY);
        }
        else if (Endpoint.TIME == endpoint && isRead)
        {
            answer.body().append(JSON_SERVER_TIME).append(nowMs).append('}');
        }
        else if (Endpoint.ORDER == endpoint && isRead)
        {
            onQuery(buffer, request, answer);
        }
        else if (Endpoint.ORDER == endpoint && HttpMethod.POST == method)
        {
            onNewOrder(buffer, request, nowMs, answer);
        }
        else if (Endpoint.ORDER == endpoint && HttpMethod.DELETE == method)
        {
            onCancel(buffer, request, nowMs, answer);
        }
        else
        {
            answer.refuse(VenueError.METHOD_NOT_ALLOWED);
            answer.allow(endpoint.allow());
        }
    }

    private void onNewOrder(final byte[] buffer, final Request request, final long nowMs, final Answer answer)
    {
        final VenueError error = jsonReader.read(buffer, request.bodyOffset(), request.bodyLimit(), scratch);
        if (null != error)
        {
            answer.refuse(error);
        }
        else if (null != orderBook.find(scratch))
        {
            answer.refuse(VenueError.DUPLICATE_ORDER);
        }
        else if (isExceeded(orderCount.add(nowMs, 0) + 1, orderLimit))
        {
            answer.refuse(VenueError.TOO_MANY_ORDERS);
            answer.orderCount(orderCount.add(nowMs, 0));
            answer.retryAfterSeconds(orderCount.retryAfterSeconds(nowMs));
        }
        else
        {
            answer.orderCount(orderCount.add(nowMs, 1));
            write(orderBook.add(scratch, nowMs), answer.body());
        }
    }

    private void onCancel(final byte[] buffer, final Request request, final long nowMs, final Answer answer)
    {
        final VenueError error = readClientOrderId(buffer, request);
        final Order order = null == error ? orderBook.find(scratch) : null;
        if (null != error)
        {
            answer.refuse(error);
        }
        else if (null == order || order.isCanceled())
        {
            answer.refuse(VenueError.CANCEL_REJECTED);
        }
        else
        {
            order.isCanceled(true);
            order.transactTimeMs(nowMs);
            write(order, answer.body());
        }
    }

    private void onQuery(final byte[] buffer, final Request request, final Answer answer)
    {
        final VenueError error = readClientOrderId(buffer, request);
        final Order order = null == error ? orderBook.find(scratch) : null;
        if (null != error)
        {
            answer.refuse(error);
        }
        else if (null == order)
        {
            answer.refuse(VenueError.UNKNOWN_ORDER);
        }
        else
        {
            write(order, answer.body());
        }
    }

    private VenueError readClientOrderId(final byte[] buffer, final Request request)
    {
        return QueryString.read(
            buffer,
            request.queryOffset(),
            request.queryLimit(),
            OrderField.CLIENT_ORDER_ID,
            CLIENT_ORDER_ID,
            scratch);
    }

    private static void onOptions(
        final byte[] buffer, final Request request, final Endpoint endpoint, final Answer answer)
    {
        if (null != endpoint)
        {
            answer.status(HttpStatus.NO_CONTENT);
            answer.allow(endpoint.allow());
        }
        else if (HttpText.equals(buffer, request.pathOffset(), request.pathLimit(), ASTERISK))
        {
            answer.status(HttpStatus.NO_CONTENT);
            answer.allow(Endpoint.ORDER.allow());
        }
        else
        {
            answer.refuse(VenueError.UNKNOWN_PATH);
        }
    }

    private static void write(final Order order, final AsciiText json)
    {
        write(order, OrderField.CLIENT_ORDER_ID, json.append(JSON_CLIENT_ORDER_ID));
        write(order, OrderField.SYMBOL, json.append(JSON_SYMBOL));
        write(order, OrderField.SIDE, json.append(JSON_SIDE));
        write(order, OrderField.TYPE, json.append(JSON_TYPE));
        json.append(JSON_PRICE);
        if (order.has(OrderField.PRICE))
        {
            write(order, OrderField.PRICE, json);
        }
        else
        {
            json.append(NO_PRICE);
        }

        write(order, OrderField.QUANTITY, json.append(JSON_QUANTITY));
        json.append(JSON_ORDER_ID).append(order.orderId());
        json.append(order.isCanceled() ? JSON_CANCELED : JSON_NEW).append(order.transactTimeMs()).append('}');
    }

    /** The values hold no character that JSON would have escaped; the checks of {@link OrderField} see to that. */
    private static void write(final Order order, final OrderField field, final AsciiText json)
    {
        json.append(order.text(), order.offset(field), order.limit(field));
    }

    private static boolean isExceeded(final int count, final int limit)
    {
        return VenueConfig.UNLIMITED != limit && count > limit;
    }
}
