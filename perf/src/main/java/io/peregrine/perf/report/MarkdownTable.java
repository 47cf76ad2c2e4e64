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

import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A table in Markdown, growing row by row. */
final class MarkdownTable
{
    private static final String DASHES = "---";

    private final StringBuilder text = new StringBuilder();
    private boolean hasRows;

    MarkdownTable(final List<String> heads)
    {
        append(heads);
        append(Collections.nCopies(heads.size(), DASHES));
    }

    void row(final List<String> cells)
    {
        append(cells);
        hasRows = true;
    }

    /** The rows, and in a paragraph below them each note that is not empty; notes alone when there are no rows. */
    String with(final String... notes)
    {
        final StringBuilder all = new StringBuilder(hasRows ? text : "");
        for (final String note : notes)
        {
            if (!note.isEmpty())
            {
                all.append('\n').append(note).append('\n');
            }
        }

        return all.toString().strip();
    }

    /** The note that says what has no row, empty when everything has. */
    static String missing(final Collection<String> names)
    {
        return names.isEmpty() ? "" : "Not measured: " + String.join("; ", names) + ".";
    }

    private void append(final List<String> cells)
    {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
