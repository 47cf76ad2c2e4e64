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
package io.peregrine.perf.report;

/** The text of a page, parts of which stand between marks, to be replaced. */
final class MarkedPage
{
    private static final String ANY_BEGIN = "<!-- measured:";

    private String text;

    MarkedPage(final String text)
    {
        this.text = text;
    }

    /**
     * Replaces what stands between the marks of a name.
     *
     * @throws IllegalArgumentException when a mark is missing or stands there twice.
     */
    void replace(final String name, final String content)
    {
        final String begin = ANY_BEGIN + name + " -->\n";
        final String end = "<!-- end:" + name + " -->";
        final int beginIndex = text.indexOf(begin);
        if (beginIndex < 0)
        {
            throw new IllegalArgumentException("no mark " + begin.strip());
        }
        if (text.indexOf(begin, beginIndex + 1) >= 0)
        {
            throw new IllegalArgumentException("two marks " + begin.strip());
        }

        final int contentIndex = beginIndex + begin.length();
        final int endIndex = text.indexOf(end, contentIndex);
        final int nextIndex = text.indexOf(ANY_BEGIN, contentIndex);
        if (endIndex < 0 || nextIndex >= 0 && nextIndex < endIndex)
        {
            throw new IllegalArgumentException(begin.strip() + " is not closed by " + end);
        }

        text = text.substring(0, contentIndex) + content.strip() + "\n" + text.substring(endIndex);
    }

    String text()
    {
        return text;
    }
}
