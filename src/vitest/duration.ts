// Durations as people write them: `500ms`, `30s`, `5m`, `2h`.
import { MusterError } from '../base/muster-error.ts';

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds. Throws `BAD_DURATION`. */
export function durationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (match === null)
    throw new MusterError({
      code: 'BAD_DURATION',
      message: 'this is not a duration',
      value: text,
      hint: 'write 500ms, 30s, 5m or 2h',
    });
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}
