// Settings as text: what the command line and the environment say, read into values or refused.
import { MusterError } from '../base/muster-error.ts';
import { nearestName } from '../chaos/nearest-name.ts';
import type { Profile } from '../campaign/record.ts';

/** Every profile, the smallest first. */
export const profiles = ['dev', 'pr', 'release', 'nightly'] as const satisfies readonly Profile[];

/** A non-negative whole number. `place` names the flag or variable. Throws `BAD_SEED`. */
export function readSeed(text: string, place: string): number {
  const seed = wholeNumber(text);
  if (seed !== null) return seed;
  throw new MusterError({
    code: 'BAD_SEED',
    place,
    message: 'a seed is a whole number, 0 or more',
    value: text,
    hint: `write ${place} 7`,
  });
}

/** A positive whole number. Throws `ZERO_TRIALS` or `BAD_TRIALS`. */
export function readTrials(text: string, place: string): number {
  const trials = wholeNumber(text);
  if (trials === null)
    throw new MusterError({
      code: 'BAD_TRIALS',
      place,
      message: 'trials are counted in whole numbers',
      value: text,
      hint: `write ${place} 59`,
    });
  if (trials > 0) return trials;
  throw new MusterError({
    code: 'ZERO_TRIALS',
    place,
    message: 'zero trials measure nothing, so nothing could be claimed',
    value: text,
    hint: 'ask for 1 or more; 59 trials without a failure prove a pass rate of 95 %',
  });
}

/** Throws `BAD_PROFILE`. */
export function readProfile(text: string, place: string): Profile {
  const profile = profiles.find((name) => name === text);
  if (profile !== undefined) return profile;
  throw new MusterError({
    code: 'BAD_PROFILE',
    place,
    message: 'there is no such profile',
    value: text,
    hint: `did you mean ${nearestName(text, profiles)}? There are ${profiles.join(', ')}`,
  });
}

/** Names with commas between them. Throws `NO_TAGS` where there is none: to choose nothing can not have been meant. */
export function readTags(text: string, place: string): readonly string[] {
  const tags = text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  if (tags.length > 0) return tags;
  throw new MusterError({
    code: 'NO_TAGS',
    place,
    message: 'no tag is named',
    value: text,
    hint: `write ${place} release,crashes`,
  });
}

/** The number that a text of digits says; null for anything else. */
export function wholeNumber(text: string): number | null {
  if (!/^\d{1,16}$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : null;
}
