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

import io.peregrine.perf.cli.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReportCommandTest
{
    private static final List<String> NAMES = List.of(
        "environment", "goals", "round-trips", "codec", "rings", "connections", "tls", "startup");

    @TempDir
    private Path directory;

    private ReportInputs inputs;

    @BeforeEach
    void setUp() throws IOException
    {
        inputs = new ReportInputs(directory);
        inputs.writePage(NAMES);
    }

    @Test
    void shouldSayHowFarRoundTripsAreFromTheAims() throws IOException
    {
        report("--bench", inputs.writeBench().toString());

        final String goals = section("goals");
        thenHas(goals, "| plain round trip, p50, to the C floor | 1.050x | 1.050x | met | +0.0 % |");
        thenHas(goals, "| plain round trip, p99, to the C floor | 1.150x | 1.200x | **missed** | +4.3 % |");
        thenHas(goals, "| plain round trip, p50, to the best peer | 0.360x | 0.270x | met | -25.0 % |");
        thenHas(goals, "| garbage a plain request | 0 B | 0.25 B | **missed** | - |");
        final String missing = goals.substring(goals.indexOf("Not measured: "));
        thenHas(missing, "garbage a request over TLS");
        thenHas(missing, "the client's share of TLS");
        thenHas(missing, "encoding an order;");
        assertFalse(goals.contains("| encoding an order |"), goals);
    }

    @Test
    void shouldSayHowFarBenchmarksAreFromTheAims() throws IOException
    {
        final Path jmh = inputs.writeJmh(
            ReportInputs.average("CodecBenchmark.encodeOrder", "", 66),
            ReportInputs.average("CodecBenchmark.parseAnswer", "", 60),
            ReportInputs.entry("CodecBenchmark.encodeOrderAndParseAnswer", "thrpt", "", 1, 1, "ops/ns"),
            ReportInputs.sample("RingBenchmark.roundTrip", "\"kind\": \"MANY_TO_ONE\"", 300),
            ReportInputs.sample("RingBenchmark.roundTrip", "\"kind\": \"ONE_TO_ONE\"", 500),
            ReportInputs.sample("RingBenchmark.twoProducers", "\"kind\": \"ONE_TO_ONE\"", 900),
            ReportInputs.sample("ExchangeBenchmark.inMemory", "\"connections\": \"1\"", 400),
            ReportInputs.sample("ExchangeBenchmark.inMemory", "\"connections\": \"1024\"", 416),
            ReportInputs.sample("ExchangeBenchmark.overSockets", "\"connections\": \"1024\"", 12_000));
        report("--jmh", jmh.toString());

        final String goals = section("goals");
        thenHas(goals, "| encoding an order | 60.0 ns | 66.0 ns | **missed** | +10.0 % |");
        thenHas(goals, "| parsing an answer | 60.0 ns | 60.0 ns | met | +0.0 % |");
        thenHas(goals, "| a strategy thread with a ring of its own, there and back, p50 | 400 ns | 500 ns " +
            "| **missed** | +25.0 % |");
        thenHas(goals, "| exchange in memory with 1,024 connections open, p50, to that with one | 1.300x | 1.040x " +
            "| met | -20.0 % |");
        final String missing = goals.substring(goals.indexOf("Not measured: "));
        thenHas(missing, "encoding an order and parsing its answer;");
        thenHas(missing, "exchange over sockets with 1,024 connections open");
    }

    @Test
    void shouldTakeTheWarmUpWithoutCacheForTheFirstOrder() throws IOException
    {
        report("--startup", inputs.writeStartup().toString());

        thenHas(section("goals"),
            "| first order after the warm-up, to a steady one | 3.000x | 12.0x | **missed** | +300.0 % |");
        thenHas(section("goals"),
            "| first order after a warm-up with a rehearsal, to a steady one | 3.000x | 4.000x " +
            "| **missed** | +33.3 % |");
        thenHas(section("startup"), "| cold | 513 ms | 3,794 us | 108 us | 94.80 us | 47.40 us | 8,100 us " +
            "| 20.00 us | 66.00 us | 189.7x |");
    }

    @Test
    void shouldShowRoundTripsAndTheirPlots() throws IOException
    {
        report("--bench", inputs.writeBench().toString());

        thenHas(section("environment"), "commit:  abc1234");
        final String trips = section("round-trips");
        thenHas(trips, "**plain: plain, answer body 21 bytes, one order after another**; 7 rounds, 0 spoiled.");
        thenHas(trips, "| C floor | 10.00 | 1.000x | 11.00 | 1.000x | 20.00 | 1.000x | 30.00 | - |");
        thenHas(trips, "| OkHttp | 50.00 | 5.000x +- 1.0 % | 60.00 | 5.500x +- 2.0 % | 70.00 | (3.500x +- 6.0 %) | " +
            "80.00 | 9,400 B |");
        thenHas(trips, "(plots/plain.svg)");
        thenHas(trips, "(plots/plain-garbage.svg)");
        try (var plots = Files.list(directory.resolve("docs/plots")))
        {
            assertEquals(List.of("plain-garbage.svg", "plain.svg"),
                plots.map((plot) -> plot.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void shouldMakeTablesOfBenchmarks() throws IOException
    {
        report("--jmh", inputs.writeJmh(
            ReportInputs.average("ParseBenchmark.parse", "\"headers\": \"40\"", 1_700),
            ReportInputs.average("CodecBenchmark.encodeOrder", "", 66),
            ReportInputs.average("TlsSealBenchmark.seal420", "\"provider\": \"wolfSSL\"", 500),
            ReportInputs.average("TlsSealBenchmark.seal420", "\"provider\": \"JDK\"", 2_000),
            ReportInputs.average("SlotBenchmark.acquireAndClose", "\"connections\": \"1\"", 11),
            ReportInputs.sample("ExchangeBenchmark.inMemory", "\"connections\": \"1\"", 400),
            ReportInputs.sample("ExchangeBenchmark.inMemory", "\"connections\": \"1024\"", 500),
            ReportInputs.sample("HopBenchmark.hop", "\"lines\": \"8\"", 870)).toString());

        thenHas(section("codec"), """
            | CodecBenchmark.encodeOrder | 66.0 | - | 61.0 |
            | ParseBenchmark.parse, headers 40 | 1,700 | - | 1,695 |

            forks: 2, iterations: 5 of 1 s

            Not measured: CodecBenchmark.parseAnswer; CodecBenchmark.encodeOrderAndParseAnswer;""");
        thenHas(section("tls"), """
            | provider, ns | wolfSSL | JDK |
            | --- | --- | --- |
            | TlsSealBenchmark.seal420, mean | 500 | 2,000 |
            """);
        thenHas(section("connections"), """
            | SlotBenchmark.acquireAndClose, mean | 11.0 | - |
            | ExchangeBenchmark.inMemory, p50 | 400 | 500 |
            | ExchangeBenchmark.inMemory, mean | 410 | 510 |
            """);
        thenHas(section("rings"), "| HopBenchmark.hop, lines 8 | 870 | 870 | 870 | 870 | 880 |");
    }

    @Test
    void shouldRewriteOnlyWhatWasGiven() throws IOException
    {
        report("--startup", inputs.writeStartup().toString());

        for (final String name : NAMES)
        {
            assertEquals(List.of("goals", "startup").contains(name), !section(name).equals("old " + name + "\n"), name);
        }
        final String page = Files.readString(inputs.page());
        thenHas(page, "Before codec.\n");
        assertTrue(page.startsWith("# Performance\n"), page);
        assertTrue(page.endsWith("\nThe end.\n"), page);
    }

    @Test
    void shouldWriteTheSameTwice() throws IOException
    {
        final String[] args = {
            "--bench", inputs.writeBench().toString(),
            "--jmh", inputs.writeJmh(ReportInputs.average("CodecBenchmark.encodeOrder", "", 66)).toString(),
            "--startup", inputs.writeStartup().toString()};
        report(args);
        final String once = Files.readString(inputs.page());
        report(args);

        assertEquals(once, Files.readString(inputs.page()));
        assertFalse(once.contains("\nold "), once);
    }

    @Test
    void shouldWriteNothingWithoutItsMarks() throws IOException
    {
        final String bench = inputs.writeBench().toString();
        final List<String> names = new ArrayList<>(NAMES);
        names.remove("round-trips");
        inputs.writePage(names);
        thenFails("no mark <!-- measured:round-trips -->", "--bench", bench);

        inputs.writePage(NAMES);
        replaceInPage("<!-- end:round-trips -->", "");
        thenFails("<!-- measured:round-trips --> is not closed by <!-- end:round-trips -->", "--bench", bench);

        inputs.writePage(NAMES);
        replaceInPage("<!-- end:goals -->", "");
        replaceInPage("The end.", "<!-- end:goals -->");
        thenFails("<!-- measured:goals --> is not closed", "--bench", bench);

        inputs.writePage(List.of("goals", "goals", "environment", "round-trips"));
        thenFails("two marks <!-- measured:goals -->", "--bench", bench);
    }

    @Test
    void shouldSayWhichFileIsWrong() throws IOException
    {
        thenFails("there is no " + directory.resolve("results.json"), "--bench", directory.toString());
        thenFails("startup.json: not what was expected as variants: null", "--startup",
            Files.writeString(directory.resolve("startup.json"), "{}").toString());
        thenFails("CodecBenchmark.encodeOrder is in us/op, not in ns/op", "--jmh", inputs.writeJmh(
            ReportInputs.entry("CodecBenchmark.encodeOrder", "avgt", "", 1, 1, "us/op")).toString());
        final CommandRun nothing = CommandRun.of("report");
        assertEquals(2, nothing.exitCode());
        thenHas(nothing.err(), "nothing to report");
    }

    private void report(final String... args)
    {
        final CommandRun run = run(args);
        assertEquals(0, run.exitCode(), run.err());
    }

    private void thenFails(final String complaint, final String... args) throws IOException
    {
        final String before = Files.readString(inputs.page());
        final CommandRun run = run(args);

        assertEquals(1, run.exitCode(), run.err());
        thenHas(run.err(), complaint);
        assertEquals(before, Files.readString(inputs.page()));
        assertFalse(Files.exists(directory.resolve("docs/plots")));
    }

    private CommandRun run(final String... args)
    {
        final List<String> all = new ArrayList<>(List.of("report", "--docs", directory.resolve("docs").toString()));
        all.addAll(List.of(args));

        return CommandRun.of(all.toArray(String[]::new));
    }

    private void replaceInPage(final String what, final String by) throws IOException
    {
        Files.writeString(inputs.page(), Files.readString(inputs.page()).replace(what, by));
    }

    private String section(final String name) throws IOException
    {
        final String begin = "<!-- measured:" + name + " -->\n";
        final String page = Files.readString(inputs.page());
        final int index = page.indexOf(begin) + begin.length();

        return page.substring(index, page.indexOf("<!-- end:" + name + " -->", index));
    }

    private static void thenHas(final String text, final String part)
    {
        assertTrue(text.contains(part), text);
    }
}
