// The flags of `muster run`, read into values; what is not ours is read as vitest's own.
import { parseCLI, type CliOptions } from 'vitest/node';
import { MusterError } from '../base/muster-error.ts';
import { nearestName } from '../chaos/nearest-name.ts';
import { environmentSettings } from '../vitest/environment-settings.ts';
import type { MusterSettings } from '../vitest/settings.ts';
import { readProfile, readSeed, readTags, readTrials, wholeNumber } from '../vitest/setting-text.ts';

/** As commander gives them. */
export interface RunFlags {
  readonly profile?: string;
  readonly trials?: string;
  readonly seed?: string;
  readonly tags?: string;
  readonly workers?: string;
  readonly shard?: string;
  readonly reporter?: string;
  readonly lastFailed?: boolean;
  readonly json?: boolean;
}

/** What a flag says goes before the environment. The root is the current folder until vitest has read its config. */
export function settingsOf(flags: Pick<RunFlags, 'seed' | 'trials' | 'profile' | 'tags'>): MusterSettings {
  const given = environmentSettings(process.cwd());
  return {
    ...given,
    ...(flags.seed === undefined ? {} : { seed: readSeed(flags.seed, '--seed') }),
    ...(flags.trials === undefined ? {} : { trials: readTrials(flags.trials, '--trials') }),
    ...(flags.tags === undefined ? {} : { tags: readTags(flags.tags, '--tags') }),
    ...(flags.profile === undefined ? {} : { profile: readProfile(flags.profile, '--profile') }),
  };
}

export interface VitestRequest {
  readonly filters: readonly string[];
  readonly options: CliOptions;
}

const ownFlags = [
  'profile',
  'trials',
  'seed',
  'tags',
  'workers',
  'shard',
  'reporter',
  'last-failed',
  'json',
  'help',
];

/** Takes vitest's flags out of the words that were not ours. Throws `UNKNOWN_FLAG` for one that is ours, mistyped. */
export function vitestRequest(words: readonly string[], flags: RunFlags): VitestRequest {
  for (const word of words) refuseMistyped(word);
  const { filter, options } = parseCLI(['vitest', 'run', ...words]);
  const { reporter } = flags;
  return {
    filters: filter,
    options: {
      ...options,
      ...(flags.workers === undefined ? {} : { maxWorkers: readWorkers(flags.workers) }),
      ...(flags.shard === undefined ? {} : { shard: readShard(flags.shard) }),
      ...(reporter === undefined || isOwnReporter(reporter) ? {} : { reporters: [reporter] }),
    },
  };
}

/** `terminal` is the whole report, `quiet` one line; others are vitest's and come on top. */
export function isOwnReporter(name: string): name is 'terminal' | 'quiet' {
  return name === 'terminal' || name === 'quiet';
}

function refuseMistyped(word: string): void {
  const name = /^--([a-z][a-z-]+)(?:=|$)/.exec(word)?.[1];
  if (name === undefined) return;
  const near = nearestName(name, ownFlags);
  const [shorter, longer] = [name, near].sort((one, other) => one.length - other.length);
  const alike = new Set(shorter).size > 2 && isOneSlipAway(shorter ?? '', longer ?? '');
  if (!alike) return;
  throw new MusterError({
    code: 'UNKNOWN_FLAG',
    place: word,
    message: 'there is no such flag',
    hint: `did you mean --${near}?`,
  });
}

/** One letter more, or one other letter, or two that changed places. */
function isOneSlipAway(shorter: string, longer: string): boolean {
  let start = 0;
  while (start < shorter.length && shorter[start] === longer[start]) start += 1;
  const [rest, other] = [shorter.slice(start), longer.slice(start)];
  if (shorter.length + 1 === longer.length) return rest === other.slice(1);
  if (shorter.length !== longer.length) return false;
  return rest.slice(1) === other.slice(1) || `${rest[1]}${rest[0]}${rest.slice(2)}` === other;
}

function readWorkers(text: string): number {
  const workers = wholeNumber(text);
  if (workers !== null && workers > 0) return workers;
  throw new MusterError({
    code: 'BAD_WORKERS',
    place: '--workers',
    message: 'workers are counted in whole numbers from 1 on',
    value: text,
    hint: 'write --workers 2',
  });
}

function readShard(text: string): string {
  const [index = 0, count = 0] = /^(\d+)\/(\d+)$/.exec(text)?.slice(1).map(Number) ?? [];
  if (index >= 1 && index <= count) return text;
  throw new MusterError({
    code: 'BAD_SHARD',
    place: '--shard',
    message: 'a shard is one part of several',
    value: text,
    hint: 'write --shard 1/3 for the first of three',
  });
}
