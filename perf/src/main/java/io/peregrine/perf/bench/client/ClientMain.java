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
package io.peregrine.perf.bench.client;

import io.peregrine.perf.floor.Turn;
import io.peregrine.perf.floor.TurnInput;
import io.peregrine.perf.floor.TurnPlan;
import io.peregrine.perf.venue.CpuPinning;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A JVM for one client, which does what each line on standard input says and ends with it. {@code CONNECT PORT
 * CERTIFICATE|- BODY_LENGTH ECHO|-} is answered {@code CONNECTED}; {@code TURN WARM_UP COUNT RATE MAX_NS} is answered
 * {@code TURN GARBAGE_BYTES COUNT LOOKS}, the times and the looks, as {@link TurnInput} reads them;
 * {@code DISCONNECT} is answered {@code DISCONNECTED}. Whatever fails is answered {@code FAILED REASON}.
 */
public final class ClientMain
{
    static final String READY = "READY";
    static final String CONNECT = "CONNECT ";
    static final String CONNECTED = "CONNECTED";
    static final String TURN = "TURN ";
    static final String DISCONNECT = "DISCONNECT";
    static final String DISCONNECTED = "DISCONNECTED";
    static final String NO_FILE = "-";

    private static final String FAILED = "FAILED ";

    private final ClientKind kind;
    private BenchClient client;
    private CoreLooks looks;
    private RoundDriver driver;

    private ClientMain(final ClientKind kind)
    {
        this.kind = kind;
    }

    /**
     * Runs to the end of standard input.
     *
     * @param args the name of a {@link ClientKind}, and the core to bind all threads to, or -1.
     * @throws IOException when standard input fails.
     */
    public static void main(final String[] args) throws IOException
    {
        final PrintStream out = System.out;
        final ClientMain main = new ClientMain(ClientKind.valueOf(args[0]));
        // Before there are others: they inherit it.
        CpuPinning.pin(Integer.parseInt(args[1]));
        try (BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
        {
            out.println(READY);
            String line = input.readLine();
            while (null != line)
            {
                main.answer(line, out);
                out.flush();
                line = input.readLine();
            }
        }
        System.exit(0);
    }

    private void answer(final String line, final PrintStream out) throws IOException
    {
        Turn turn = null;
        String answer;
        try
        {
            final String[] words = line.split(" ");
            if (line.startsWith(CONNECT))
            {
                connect(words);
                answer = CONNECTED;
            }
            else if (line.startsWith(TURN))
            {
                turn = driver.turn(TurnPlan.parse(words, 1));
                answer = TURN + turn.garbageBytes() + " " + turn.timesNs().length + " " + turn.looksNs().length;
            }
            else
            {
                looks.close();
                client.close();
                answer = DISCONNECTED;
            }
        }
        catch (final Exception ex)
        {
            answer = FAILED + ex.toString().replaceAll("\\R", " ");
        }

        out.println(answer);
        if (null != turn)
        {
            TurnInput.writeTimes(turn.timesNs(), out);
            TurnInput.writeTimes(turn.looksNs(), out);
        }
    }

    private void connect(final String[] words) throws Exception
    {
        client = kind.open(new Target(Integer.parseInt(words[1]), file(words[2])));
        looks = new CoreLooks(file(words[4]));
        driver = new RoundDriver(client, Integer.parseInt(words[3]), looks);
    }

    private static Path file(final String word)
    {
        return NO_FILE.equals(word) ? null : Path.of(word);
    }
}
