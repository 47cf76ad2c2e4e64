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
package io.peregrine.perf.cli.demo;

import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.ResponseError;
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.EngineCounter;
import io.peregrine.engine.EngineCounters;
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsSessionInfo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what the demonstration has shown, and says whether it is as it should be. */
final class DemoReport
{
    private final PrintWriter out;
    private final boolean isGarbageFree;
    private final List<String> troubles = new ArrayList<>();

    /** With a TLS provider that makes garbage, that is told and no trouble. */
    DemoReport(final PrintWriter out, final boolean isGarbageFree)
    {
        this.out = out;
        this.isGarbageFree = isGarbageFree;
    }

    void onConnected(final TlsSessionInfo tls)
    {
        print("%s", null == tls ? "plain HTTP" :
            "TLS by " + tls.provider() + ": " + tls.protocol() + ", " + tls.cipherSuite());
        out.flush();
    }

    void onWarmedUp(final List<? extends OrderFlow> warmUp, final List<? extends OrderFlow> settling)
    {
        final Tally tally = total(warmUp);
        tally.add(total(settling));
        judge("warm-up", tally);
        print("warm-up: %,d requests sent, %,d answers matched", tally.sent(), tally.matched());
        out.flush();
    }

    void onMeasured(
        final List<? extends OrderFlow> flows,
        final long garbageBytes,
        final AnswerChecker checker,
        final EngineCounters counters)
    {
        printTallies(flows);
        print("%,d connections made", counters.get(EngineCounter.CONNECTS));
        printErrors(counters);
        print("last seen: X-MBX-USED-WEIGHT-1M %,d, X-MBX-ORDER-COUNT-10S %,d",
            checker.usedWeight(), checker.orderCount());
        printGarbage(garbageBytes, total(flows).sent());

        out.println();
        final LatencyTable table = new LatencyTable(out);
        table.printHead();
        flows.forEach((flow) -> table.printRow(flow.name(), flow.latencyNs()));
        out.flush();
    }

    /** What is not as it should be, in one line; null when all is well. */
    String trouble()
    {
        return troubles.isEmpty() ? null : String.join("; ", troubles);
    }

    private void printTallies(final List<? extends OrderFlow> flows)
    {
        final Tally orders = new Tally();
        final Tally followUps = new Tally();
        for (final OrderFlow flow : flows)
        {
            orders.add(flow.orders());
            followUps.add(flow.followUps());
        }

        judge("orders", orders);
        judge("queries and cancels", followUps);
        out.println();
        print("%,d orders sent", orders.sent());
        print("%,d answers matched", orders.matched());
        print("%,d answers lost", orders.lost());
        print("%,d answers mismatched", orders.mismatched());
        print("%,d queries and cancels sent, %,d answers matched", followUps.sent(), followUps.matched());
    }

    private void printErrors(final EngineCounters counters)
    {
        final List<String> errors = new ArrayList<>();
        addErrors(counters, ResponseError.values(), errors);
        addErrors(counters, ConnectionError.values(), errors);
        addErrors(counters, TlsError.values(), errors);
        print("errors: %s", errors.isEmpty() ? "none" : String.join(", ", errors));
    }

    private void printGarbage(final long bytes, final long requests)
    {
        if (0 == bytes)
        {
            print("0 bytes of garbage a request in steady state");
        }
        else
        {
            print("%,.3f bytes of garbage a request in steady state", (double)bytes / requests);
            if (isGarbageFree)
            {
                troubles.add(String.format(Locale.ROOT, "%,d bytes of garbage in %,d requests", bytes, requests));
            }
        }
    }

    private void judge(final String what, final Tally tally)
    {
        if (!tally.isFlawless())
        {
            troubles.add(String.format(Locale.ROOT, "%s: %,d answers lost, %,d mismatched; first %s",
                what, tally.lost(), tally.mismatched(), tally.firstTrouble()));
        }
    }

    private void print(final String format, final Object... values)
    {
        out.printf(Locale.ROOT, format + "%n", values);
    }

    private static void addErrors(final EngineCounters counters, final ErrorCode[] codes, final List<String> errors)
    {
        for (final ErrorCode code : codes)
        {
            if (counters.get(code) > 0)
            {
                errors.add(code.name() + " " + counters.get(code));
            }
        }
    }

    private static Tally total(final List<? extends OrderFlow> flows)
    {
        final Tally total = new Tally();
        for (final OrderFlow flow : flows)
        {
            total.add(flow.orders());
            total.add(flow.followUps());
        }

        return total;
    }
}
