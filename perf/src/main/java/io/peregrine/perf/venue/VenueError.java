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

/** Why the venue turns a request down: its status beside the code and the message of the JSON answer. */
enum VenueError
{
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, -1000, "Malformed HTTP request."),
    AMBIGUOUS_FRAMING(HttpStatus.BAD_REQUEST, -1000, "The end of the request is stated in more than one way."),
    HOST_REQUIRED(HttpStatus.BAD_REQUEST, -1000, "A request has one Host field."),
    LENGTH_REQUIRED(HttpStatus.LENGTH_REQUIRED, -1000, "Content-Length or chunked transfer coding is required."),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, -1000, "The body is too large."),
    TARGET_TOO_LONG(HttpStatus.URI_TOO_LONG, -1000, "The request line is too long."),
    HEAD_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, -1000, "The header fields are too large."),
    UNKNOWN_TRANSFER_CODING(HttpStatus.NOT_IMPLEMENTED, -1000, "The only transfer coding known is chunked."),
    UNKNOWN_VERSION(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, -1000, "The versions known are HTTP/1.0 and HTTP/1.1."),

    UNKNOWN_METHOD(HttpStatus.NOT_IMPLEMENTED, -1000, "Unknown method."),
    UNKNOWN_PATH(HttpStatus.NOT_FOUND, -1000, "Unknown path."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, -1000, "The path does not serve this method."),

    TOO_MUCH_WEIGHT(HttpStatus.TOO_MANY_REQUESTS, -1003, "Too much request weight used."),
    TOO_MANY_ORDERS(HttpStatus.TOO_MANY_REQUESTS, -1015, "Too many new orders."),

    MALFORMED_JSON(HttpStatus.BAD_REQUEST, -1100, "The body is not one JSON object."),
    DUPLICATE_FIELD(HttpStatus.BAD_REQUEST, -1101, "A parameter was sent more than once."),
    BAD_CLIENT_ORDER_ID(HttpStatus.BAD_REQUEST, -1102, mandatory("clientOrderId")),
    BAD_SYMBOL(HttpStatus.BAD_REQUEST, -1102, mandatory("symbol")),
    BAD_SIDE(HttpStatus.BAD_REQUEST, -1102, mandatory("side")),
    BAD_TYPE(HttpStatus.BAD_REQUEST, -1102, mandatory("type")),
    BAD_QUANTITY(HttpStatus.BAD_REQUEST, -1102, mandatory("quantity")),
    BAD_PRICE(HttpStatus.BAD_REQUEST, -1102, mandatory("price")),

    DUPLICATE_ORDER(HttpStatus.CONFLICT, -2010, "Duplicate order sent."),
    CANCEL_REJECTED(HttpStatus.NOT_FOUND, -2011, "Unknown order sent."),
    UNKNOWN_ORDER(HttpStatus.NOT_FOUND, -2013, "Order does not exist.");

    private final HttpStatus status;
    private final byte[] json;

    VenueError(final HttpStatus status, final int code, final String message)
    {
        this.status = status;
        json = HttpText.ascii("{\"code\":" + code + ",\"msg\":\"" + message + "\"}");
    }

    HttpStatus status()
    {
        return status;
    }

    /** The whole JSON answer; the array is not to be changed. */
    byte[] json()
    {
        return json;
    }

    private static String mandatory(final String field)
    {
        return "Mandatory parameter '" + field + "' was not sent, was empty, or malformed.";
    }
}
