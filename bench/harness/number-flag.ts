// A whole number given on the command line of a benchmark.
import { MusterError } from '../../src/base/muster-error.ts';

/** The number after `--name`, or `usual` when the flag is not there. */
export function numberFlag(args: readonly string[], name: string, usual: number): number {
  const at = args.indexOf(`--${name}`);
  if (at === -1) return usual;
  const value = Number(args[at + 1]);
  if (Number.isInteger(value) && value > 0) return value;
  throw new MusterError({
    code: 'BAD_USAGE',
    place: `--${name}`,
    message: 'a whole number above zero is missing',
    value: args[at + 1],
  });
}
