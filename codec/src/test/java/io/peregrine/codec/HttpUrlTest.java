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
package io.peregrine.codec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HttpUrlTest
{
    @ParameterizedTest
    @CsvSource(nullValues = "null", value = {
        "http://h,                  http,  h,           80,    /,      null, h",
        "HTTP://Host.Example,       http,  Host.Example,80,    /,      null, Host.Example",
        "hTTpS://h/,                https, h,           443,   /,      null, h",
        "http://h:80/a/b,           http,  h,           80,    /a/b,   null, h",
        "http://h:443/,             http,  h,           443,   /,      null, h:443",
        "https://h:443/,            https, h,           443,   /,      null, h",
        "https://h:80,              https, h,           80,    /,      null, h:80",
        "http://h:1,                http,  h,           1,     /,      null, h:1",
        "http://h:65535/x?y,        http,  h,           65535, /x,     y,    h:65535",
        "http://h?y=/z?,            http,  h,           80,    /,      y=/z?, h",
        "http://h/?,                http,  h,           80,    /,      '',   h",
        "http://my_host-1.a~b/,     http,  my_host-1.a~b, 80,  /,      null, my_host-1.a~b",
        "http://127.0.0.1:8080/,    http,  127.0.0.1,   8080,  /,      null, 127.0.0.1:8080",
        "http://[::1]/,             http,  ::1,         80,    /,      null, [::1]",
        "https://[2001:DB8::1]:8443/p, https, 2001:DB8::1, 8443, /p,   null, [2001:DB8::1]:8443",
        "http://[::ffff:1.2.3.4],   http,  ::ffff:1.2.3.4, 80, /,      null, [::ffff:1.2.3.4]",
        "http://h/a@b:c,            http,  h,           80,    /a@b:c, null, h",
    })
    void shouldTakeApart(
        final String text,
        final String scheme,
        final String host,
        final int port,
        final String path,
        final String query,
        final String hostHeader)
    {
        final HttpUrl url = HttpUrl.parse(text);
        assertEquals(scheme, url.scheme());
        assertEquals("https".equals(scheme), url.isSecure());
        assertEquals(host, url.host());
        assertEquals(port, url.port());
        assertEquals(path, url.path());
        assertEquals(query, url.query());
        assertEquals(hostHeader, url.hostHeader());
        assertEquals(null == query ? path : path + "?" + query, url.target());
        assertEquals(scheme + "://" + hostHeader + url.target(), url.toString());
        assertEquals(url.toString(), HttpUrl.parse(url.toString()).toString());
    }

    @Test
    void shouldTellWhetherThePortIsTheDefault()
    {
        assertTrue(HttpUrl.parse("http://h:80").isDefaultPort());
        assertFalse(HttpUrl.parse("http://h:443").isDefaultPort());
        assertTrue(HttpUrl.parse("https://h").isDefaultPort());
        assertNull(HttpUrl.parse("http://h").query());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "h", "h:80", "//h", "/p", "http:", "http:/h", "http://", "http:///p", "http://?q", "ftp://h", "ws://h",
        "httpx://h", "http//h", " http://h", "http://h ", "http://a b", "http://h/a b", "http://h/\r\nX: y",
        "http://h\u0000", "http://h/\u007F", "http://h/\u00E9", "http://\u00FC.de", "http://h/#f", "http://h#f",
        "http://u@h", "http://u:p@h/", "http://@h", "http://h:", "http://h:/p", "http://:80", "http://h:0",
        "http://h:00000", "http://h:65536", "http://h:99999", "http://h:000080", "http://h:+80", "http://h:-1",
        "http://h:8x", "http://h:80:81", "http://::1/", "http://[::1", "http://[::1]x", "http://[::1]80",
        "http://[::1]:", "http://[]", "http://[h]", "http://[1.2.3.4]", "http://[::1%25eth0]", "http://[:::]",
        "http://[1:2:3:4:5:6:7:8:9]", "http://[[::1]]", "http://h%20", "http://h,i", "http://h\\i", "http://h<i",
        "http://h]", "http://h[::1]"
    })
    void shouldRefuse(final String text)
    {
        final HttpException exception = assertThrows(HttpException.class, () -> HttpUrl.parse(text));
        assertEquals(RequestError.INVALID_URL, exception.error());
        assertTrue(exception.getMessage().startsWith("INVALID_URL: "), exception.getMessage());
    }

    @Test
    void shouldNotRepeatCredentials()
    {
        final HttpException exception =
            assertThrows(HttpException.class, () -> HttpUrl.parse("http://user:secret@h/"));
        assertEquals("INVALID_URL: it has user information", exception.getMessage());
    }
}
