// Failure groups: failures of one scenario that left the control's path at the same point, under the same kinds of fault.
import type { FailureRecord } from '../campaign/record.ts';

export interface FailureGroup {
  readonly scenario: string;
  /** Kinds of fault in the shrunk plan, sorted, each once. */
  readonly faults: readonly string[];
  /** What happened at the first divergent step; null where no run was compared. */
  readonly divergence: string | null;
  readonly failures: readonly FailureRecord[];
  /** The failure with the smallest plan, the earliest of those: the one to look at. */
  readonly example: FailureRecord;
}

/** Groups failures, the largest group first. */
export function groupFailures(failures: readonly FailureRecord[]): readonly FailureGroup[] {
  const groups = new Map<string, FailureRecord[]>();
  for (const failure of failures) {
    const key = JSON.stringify([failure.scenario, divergenceText(failure), faultKinds(failure.shrunk)]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [failure]);
    else known.push(failure);
  }
  return [...groups.values()].map(groupOf).sort((one, other) => other.failures.length - one.failures.length);
}

/** The kinds of fault in a plan, sorted, each once. */
function faultKinds(plan: FailureRecord['plan']): readonly string[] {
  return [...new Set(plan.injections.map((injection) => injection.fault.kind))].sort();
}

function divergenceText({ divergence }: FailureRecord): string | null {
  return divergence === null ? null : `${divergence.agent}: ${divergence.what}`;
}

function groupOf(failures: readonly FailureRecord[]): FailureGroup {
  const example = failures.reduce((best, failure) =>
    failure.shrunk.injections.length < best.shrunk.injections.length ? failure : best,
  );
  return {
    scenario: example.scenario,
    faults: faultKinds(example.shrunk),
    divergence: divergenceText(example),
    failures,
    example,
  };
}
