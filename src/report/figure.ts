// Figures as a reader sees them: shares, durations, counts; the same on every machine, whatever its locale.

/** `98.3%`, rounded down at the last digit so that nothing is shown better than it is; `100%` only for all. */
export function shareText(share: number | null): string {
  if (share === null) return '–';
  const tenths = Math.floor(share * 1000 + 1e-9);
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${(tenths / 10).toFixed(1)}%`;
}

/** `850 ms`, `2.4 s`, `3 min 20 s`, `2 h 05 min`; `never` for null. */
export function durationText(ms: number | null): string {
  if (ms === null) return 'never';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${trimmed(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${padded(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${padded(minutes % 60)} min`;
}

/** `1 234 567`, with narrow no-break spaces between groups of three. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** `1 trial`, `2 trials`. */
export function pluralText(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2026-03-01 10:15 UTC` */
export function instantText(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function trimmed(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
