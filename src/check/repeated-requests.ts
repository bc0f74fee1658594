// Repeated requests, a part of S10: an agent that asks for the same thing again and again is stopped in time.
import { fingerprint } from '../base/fingerprint.ts';
import type { TeamDefinition } from '../team/definition.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, type Ruling } from './verdict.ts';

type Answered = Extract<StoryEvent<'requests'>, { readonly kind: 'model.answered' }>;

/** Counts the tool calls of accepted answers. At `repeatsMax` the loop is broken; the request after that is the last. */
export function checkRequests(index: TraceIndex, team: TeamDefinition): Ruling {
  const max = team.limits.repeatsMax + 1;
  const assignments = new Map<string, string>();
  const answers = new Map<string, Answered>();
  const counts = new Map<string, number>();
  for (const event of index.requests) {
    if (event.kind === 'model.called') assignments.set(event.call, event.assignment ?? '');
    else if (event.kind === 'model.answered') answers.set(event.call, event);
    else if (event.event === 'model.answered') {
      for (const { name, arguments: given } of answers.get(event.command)?.toolCalls ?? []) {
        const request = `${assignments.get(event.command) ?? ''} ${name} ${fingerprint(given)}`;
        const count = (counts.get(request) ?? 0) + 1;
        counts.set(request, count);
        if (count > max) return broken(`the same call of ${name}: ${count} of ${max}`, event.seq);
      }
    }
  }
  return held;
}
