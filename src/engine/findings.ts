// Findings: what the driver checked at every step and what it saw broken, summed up for the trace.
import type { TraceBody } from '../trace/event.ts';

export type Finding = Extract<TraceBody, { readonly kind: 'finding' }>;

export class Findings {
  readonly #found = new Map<string, { times: number; broken: number; detail: string }>();

  /** One more check of an invariant. The first breach's detail is kept. */
  note(invariant: string, broken: boolean, detail: string): void {
    let found = this.#found.get(invariant);
    if (found === undefined) this.#found.set(invariant, (found = { times: 0, broken: 0, detail: '' }));
    found.times += 1;
    if (!broken) return;
    if (found.broken === 0) found.detail = detail;
    found.broken += 1;
  }

  all(): readonly Finding[] {
    const findings: Finding[] = [];
    for (const [invariant, { times, broken, detail }] of this.#found) {
      findings.push({ kind: 'finding', invariant, held: broken === 0, detail, times });
    }
    return findings;
  }
}
