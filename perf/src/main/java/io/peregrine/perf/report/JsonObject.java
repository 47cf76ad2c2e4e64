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

import io.peregrine.perf.cli.JsonValues;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * An object of a file that another command wrote. What is not as expected is an {@link IllegalArgumentException} that
 * names the file and the field.
 *
 * @param file   it is from.
 * @param fields by name.
 */
record JsonObject(Path file, Map<String, Object> fields)
{
    static JsonObject read(final Path file) throws IOException
    {
        return root(file).object("");
    }

    /** The objects of a file that is a list of them. */
    static List<JsonObject> readAll(final Path file) throws IOException
    {
        return root(file).objects("");
    }

    boolean has(final String name)
    {
        return null != fields.get(name);
    }

    String text(final String name)
    {
        return as(String.class, name);
    }

    /** A number; not a number when it is written as {@code "NaN"}, as an error is that was not estimated. */
    double number(final String name)
    {
        return "NaN".equals(fields.get(name)) ? Double.NaN : as(Number.class, name).doubleValue();
    }

    boolean flag(final String name)
    {
        return as(Boolean.class, name);
    }

    @SuppressWarnings("unchecked")
    JsonObject object(final String name)
    {
        return new JsonObject(file, as(Map.class, name));
    }

    @SuppressWarnings("unchecked")
    List<JsonObject> objects(final String name)
    {
        return ((List<Object>)as(List.class, name)).stream()
            .map((value) -> new JsonObject(file, Collections.singletonMap("", value)).object("")).toList();
    }

    @SuppressWarnings("unchecked")
    List<String> texts(final String name)
    {
        return ((List<Object>)as(List.class, name)).stream().map(String::valueOf).toList();
    }

    private static JsonObject root(final Path file) throws IOException
    {
        if (!Files.exists(file))
        {
            throw new IOException("there is no " + file);
        }

        return new JsonObject(file, Collections.singletonMap("", JsonValues.parse(Files.readString(file))));
    }

    private <T> T as(final Class<T> type, final String name)
    {
        final Object value = fields.get(name);
        if (!type.isInstance(value))
        {
            throw new IllegalArgumentException(file + ": not what was expected" +
                (name.isEmpty() ? "" : " as " + name) + ": " + value);
        }

        return type.cast(value);
    }
}
