// A scenario: a claim about a team under chaos, as one vitest test whose trials loop inside it.
import { inject, test } from 'vitest';
import type { ScenarioOptions, ScenarioTools } from './scenario-options.ts';
import { ScenarioRunner } from './scenario-runner.ts';
import { musterKey, type MusterSettings } from './settings.ts';

/** Declares a scenario. `id` is `team/claim`; the body calls `trials` or `forAll` once. */
export function scenario(
  id: string,
  options: ScenarioOptions,
  body: (tools: ScenarioTools) => Promise<void>,
): void {
  test(id, { timeout: 600_000 }, async (context) => {
    const settings = inject(musterKey);
    const why = whyLeftOut(id, options, settings);
    if (why !== null) return context.skip(why);
    const runner = new ScenarioRunner(id, options, settings);
    await body(runner.tools());
    await runner.finish(context);
  });
}

/** Null when it is to run. What is replayed is named, so its tags do not matter. */
function whyLeftOut(
  id: string,
  { tags = [] }: ScenarioOptions,
  { replay, tags: wanted }: MusterSettings,
): string | null {
  if (replay !== null) return replay.scenario === id ? null : `only ${replay.scenario} is replayed`;
  return wanted.length === 0 || tags.some((tag) => wanted.includes(tag))
    ? null
    : `it bears none of the tags ${wanted.join(', ')}`;
}
