// Does one seed, run twice, give one trace, and another seed another?
import { traceHash } from '../../campaign/trace-hash.ts';
import { plan, inject } from '../../chaos/plan-builder.ts';
import { probability } from '../../chaos/triggers.ts';
import { simulate } from '../../engine/sim.ts';
import type { Finding } from './finding.ts';
import { tinyDoubles, tinyMission, tinyTeam } from './tiny-team.ts';

const seeds = 5;

export async function checkDeterminism(): Promise<Finding> {
  const check = 'one seed, one trace';
  const hashes = new Set<string>();
  for (let seed = 1; seed <= seeds; seed += 1) {
    const [first, second] = [await hashOf(seed), await hashOf(seed)];
    if (first !== second) return { check, state: 'fail', reason: `seed ${seed} gave ${first} and ${second}` };
    hashes.add(first);
  }
  if (hashes.size !== seeds)
    return {
      check,
      state: 'fail',
      reason: `${seeds} seeds gave only ${hashes.size} traces: the seed is not heard`,
    };
  return {
    check,
    state: 'ok',
    reason: `${seeds} seeds, each twice, under chaos; seed 1 is ${await hashOf(1)}`,
  };
}

async function hashOf(seed: number): Promise<string> {
  const chaos = plan('doctor', 'a tiny team outlasts slow and failing answers', [
    inject('llm.serverError', {}, probability(0.3)),
    inject('tool.latency', { ms: 800 }, probability(0.5)),
  ]);
  const trace = await simulate({
    team: tinyTeam,
    doubles: tinyDoubles,
    plan: { mission: tinyMission, seed, chaos, horizonMs: 3_600_000, schedule: null, role: 'judged' },
  });
  return traceHash(trace);
}
