// Settings: what a run is told from outside, handed from the plugin or the command line to every worker.
import type { CompactEvent } from '../campaign/compact-trace.ts';
import type { Profile, ScenarioRecord } from '../campaign/record.ts';

/**
 * One trial to be run again, and nothing else: by its 0-based number in the campaign of `MusterSettings.seed`, or from
 * a failure or regression file (path relative to the root), which holds its own seed and plan.
 */
export interface ReplaySettings {
  readonly scenario: string;
  readonly from:
    | { readonly kind: 'trial'; readonly trial: number }
    | { readonly kind: 'file'; readonly path: string };
}

export interface MusterSettings {
  readonly seed: number;
  readonly profile: Profile;
  /** Trials a scenario; null leaves it to the profile. */
  readonly trials: number | null;
  /** Only scenarios with one of these tags; empty: all. */
  readonly tags: readonly string[];
  /** The folder that holds `suites`, `fixtures`, `reports`. */
  readonly root: string;
  readonly replay: ReplaySettings | null;
}

/** Under this key vitest provides the settings to workers, and tests hand back their records in `task.meta`. */
export const musterKey = 'muster';

declare module 'vitest' {
  interface ProvidedContext {
    muster: MusterSettings;
  }
  interface TaskMeta {
    muster?: ScenarioRecord;
    /** What came of a replayed trial. */
    replayed?: ReplayedTrial;
  }
}

/** A replayed trial, run twice: the hashes tell whether it is deterministic. */
export interface ReplayedTrial {
  readonly scenario: string;
  readonly seed: number;
  readonly passed: boolean;
  readonly outcome: string;
  readonly why: string | null;
  readonly traceHashes: readonly [string, string];
  readonly events: readonly CompactEvent[];
}
