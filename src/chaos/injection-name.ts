// The name of an injection by what it says: equal injections, equal names, whatever the order of their keys.
import { mixText } from '../base/fingerprint.ts';
import type { Injection } from './plan.ts';

/** 32 bits as base-36 digits. It names random streams, so it depends on nothing else of the plan. */
export function injectionName(injection: Injection): string {
  return (mixValue(injection) >>> 0).toString(36);
}

function mixValue(value: unknown): number {
  if (typeof value === 'string') return mixText(1, value);
  if (typeof value !== 'object' || value === null) return mixText(2, String(value));
  if (Array.isArray(value)) {
    let mixed = 3;
    for (const part of value) mixed = (Math.imul(mixed, 31) + mixValue(part)) | 0;
    return mixed;
  }
  // A sum does not see in which order the members stand.
  let mixed = 4;
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) mixed = (mixed + mixText(mixValue(member), key)) | 0;
  }
  return mixed;
}
