// What a subcommand of `muster cassettes` has to say: as lines, as data, and as an exit code.
import type { Json } from '../../base/json.ts';

export interface Told {
  readonly lines: readonly string[];
  readonly data: Json;
  readonly exit: 0 | 1;
}

/** A count and its noun. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
