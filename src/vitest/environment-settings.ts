// Settings from the environment: what a run is told when no command line says otherwise.
import { environmentVariable } from '../base/environment.ts';
import { readProfile, readSeed, readTags, readTrials } from './setting-text.ts';
import type { MusterSettings } from './settings.ts';

/**
 * `MUSTER_SEED` (1), `MUSTER_PROFILE` (dev), `MUSTER_TRIALS` (by the profile) and `MUSTER_TAGS` (all). Throws `MusterError`
 * for a bad value.
 */
export function environmentSettings(root: string): MusterSettings {
  const trials = environmentVariable('MUSTER_TRIALS');
  const tags = environmentVariable('MUSTER_TAGS');
  return {
    seed: readSeed(environmentVariable('MUSTER_SEED') ?? '1', 'MUSTER_SEED'),
    profile: readProfile(environmentVariable('MUSTER_PROFILE') ?? 'dev', 'MUSTER_PROFILE'),
    trials: trials === undefined ? null : readTrials(trials, 'MUSTER_TRIALS'),
    tags: tags === undefined ? [] : readTags(tags, 'MUSTER_TAGS'),
    root,
    replay: null,
  };
}
