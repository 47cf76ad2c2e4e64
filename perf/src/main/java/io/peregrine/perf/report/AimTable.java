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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the project aims at, each number an upper limit, and how far what was measured is from it. */
final class AimTable
{
    private static final double PERCENT = 100;
    private static final double CODEC_NS = 60;
    private static final double BOTH_CODECS_NS = 120;
    private static final double RING_NS = 400;
    private static final double CONNECTIONS_RATIO = 1.3;
    private static final double FIRST_ORDER_RATIO = 3;
    private static final String MANY = "1024";

    private final MarkdownTable table = new MarkdownTable(List.of("aim", "at most", "measured", "", "to the limit"));
    private final List<String> missing = new ArrayList<>();

    private AimTable()
    {
    }

    /** A row for each aim whose figure is there, and a line for those that are not. */
    static String of(
        final Optional<BenchResults> bench, final Optional<JmhResults> jmh, final Optional<StartupResults> startup)
    {
        final AimTable aims = new AimTable();
        aims.addBench(bench);
        aims.addJmh(jmh);
        aims.add("first order after the warm-up, to a steady one", Unit.RATIO, FIRST_ORDER_RATIO,
            startup.flatMap(StartupResults::warmedUpRatio));
        aims.add("first order after a warm-up with a rehearsal, to a steady one", Unit.RATIO, FIRST_ORDER_RATIO,
            startup.flatMap(StartupResults::rehearsedRatio));

        return aims.table.with(MarkdownTable.missing(aims.missing));
    }

    /** The limits of these are those that {@code bench} itself judges by. */
    private void addBench(final Optional<BenchResults> bench)
    {
        addGoal("plain round trip, p50, to the C floor", Unit.RATIO, bench, "plain.p50");
        addGoal("plain round trip, p99, to the C floor", Unit.RATIO, bench, "plain.p99");
        addGoal("plain round trip, p50, to the best peer", Unit.RATIO, bench, "plain.peer");
        addGoal("the same, when the answer takes 20 us", Unit.RATIO, bench, "plain-20us.peer");
        addGoal("the client's share of TLS", Unit.US, bench, "tls.share");
        addGoal("garbage a plain request", Unit.BYTES, bench, "plain.garbage");
        addGoal("garbage a request over TLS", Unit.BYTES, bench, "tls.garbage");
    }

    private void addJmh(final Optional<JmhResults> jmh)
    {
        add("encoding an order", Unit.NS, CODEC_NS, jmh.flatMap((all) -> all.mean("CodecBenchmark.encodeOrder")));
        add("parsing an answer", Unit.NS, CODEC_NS, jmh.flatMap((all) -> all.mean("CodecBenchmark.parseAnswer")));
        add("encoding an order and parsing its answer", Unit.NS, BOTH_CODECS_NS,
            jmh.flatMap((all) -> all.mean("CodecBenchmark.encodeOrderAndParseAnswer")));
        add("a strategy thread with a ring of its own, there and back, p50", Unit.NS, RING_NS,
            jmh.flatMap((all) -> all.median("RingBenchmark.roundTrip", "kind", "ONE_TO_ONE")));
        add("exchange in memory with 1,024 connections open, p50, to that with one", Unit.RATIO, CONNECTIONS_RATIO,
            jmh.flatMap((all) -> all.exchangeRatio("ExchangeBenchmark.inMemory", MANY)));
        add("exchange over sockets with 1,024 connections open, p50, to that with one", Unit.RATIO, CONNECTIONS_RATIO,
            jmh.flatMap((all) -> all.exchangeRatio("ExchangeBenchmark.overSockets", MANY)));
    }

    private void addGoal(
        final String title, final Unit unit, final Optional<BenchResults> bench, final String figure)
    {
        final Optional<JsonObject> goal = bench.flatMap((results) -> results.goal(figure));
        add(title, unit, goal.map((found) -> found.number("limit")).orElse(Double.NaN),
            goal.map((found) -> found.number("value")));
    }

    private void add(final String title, final Unit unit, final double limit, final Optional<Double> measured)
    {
        if (measured.isEmpty())
        {
            missing.add(title);
            return;
        }

        final double value = measured.get();
        table.row(List.of(title, unit.text(limit), unit.text(value), value <= limit ? "met" : "**missed**",
            0 == limit ? "-" : String.format(Locale.ROOT, "%+.1f %%", (value / limit - 1) * PERCENT)));
    }
}
