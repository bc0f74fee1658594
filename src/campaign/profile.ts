// Profiles: how many trials a scenario gets when nobody says a number.
import type { Profile } from './record.ts';

/** 59 trials without a failure prove 95 %, 299 prove 99 %. */
export function trialsOf(profile: Profile): number {
  switch (profile) {
    case 'dev':
      return 60;
    case 'pr':
      return 100;
    case 'release':
      return 300;
    case 'nightly':
      return 2_000;
  }
}
