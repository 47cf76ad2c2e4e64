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
package io.peregrine.perf.bench;

/**
 * How long the rig measures, and where.
 *
 * @param rounds      of each scenario.
 * @param firstWarmUp round trips of each client before the first round.
 * @param warmUp      round trips at the beginning of each round, over its new connection.
 * @param count       round trips measured in a round.
 * @param serverCpu   the core that the server spins on, -1 for any.
 */
record RoundPlan(int rounds, int firstWarmUp, int warmUp, int count, int serverCpu)
{
}
