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
package io.peregrine.pool;

/** What an {@link AtomicClientPool} counts besides what its engine does. */
public enum PoolCounter
{
    /** Clients opened. */
    CLIENTS_OPENED("Clients opened"),

    /** Clients closed, by themselves or because their thread has ended. */
    CLIENTS_CLOSED("Clients closed"),

    /** Clients whose thread ended before they were closed. */
    CLIENTS_DIED("Clients died"),

    /** Requests taken from the rings. */
    REQUESTS_TAKEN("Requests taken"),

    /** Requests that were not sent because their client was gone. */
    REQUESTS_DISCARDED("Requests discarded"),

    /** Verdicts that came after their client was gone. */
    ANSWERS_DISCARDED("Answers discarded"),

    /** Messages that were held back because a client's answer ring was full. */
    ANSWERS_HELD("Answers held"),

    /** How often a client's requests were not taken any more because its answer ring was full. */
    STALLS("Stalls"),

    /** Duty cycles that ended with an unexpected exception. */
    DUTY_CYCLE_ERRORS("Duty cycle errors");

    private final String label;

    PoolCounter(final String label)
    {
        this.label = label;
    }

    /**
     * What the counter is called.
     *
     * @return the label.
     */
    public String label()
    {
        return label;
    }
}
