// A scenario: a claim about a team under chaos, as one vitest test whose trials loop inside it.
import { inject, test } from 'vitest';
import type { ScenarioOptions, ScenarioTools } from './scenario-options.ts';
import { ScenarioRunner } from './scenario-runner.ts';
import { musterKey } from './settings.ts';

/** Declares a scenario. `id` is `team/claim`; the body calls `trials` or `forAll` once. */
export function scenario(
  id: string,
  options: ScenarioOptions,
  body: (tools: ScenarioTools) => Promise<void>,
): void {
  test(id, { timeout: 600_000 }, async (context) => {
    const settings = inject(musterKey);
    if (settings.replay !== null && settings.replay.scenario !== id)
      return context.skip(`only ${settings.replay.scenario} is replayed`);
    const runner = new ScenarioRunner(id, options, settings);
    await body(runner.tools());
    await runner.finish(context);
  });
}
