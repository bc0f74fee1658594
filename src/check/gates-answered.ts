// Gates answered, a part of S7: a pass is what the gate itself said of this work, and not what the steward made of it.
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, type Ruling } from './verdict.ts';

type Called = Extract<StoryEvent<'gates'>, { readonly kind: 'gate.called' }>;

/** Before each pass the last word on that assignment, of the gates that it names, must have been yes. */
export function checkGateAnswers(index: TraceIndex): Ruling {
  const called = new Map<string, Called>();
  const said = new Map<string, { readonly passed: boolean; readonly gates: readonly string[] }>();
  for (const event of index.gates) {
    if (event.kind === 'gate.called') called.set(event.call, event);
    else if (event.kind === 'gate.answered') {
      const call = called.get(event.call);
      if (call !== undefined && call.assignment !== null)
        said.set(call.assignment, { passed: event.passed, gates: call.gates });
    } else {
      const word = said.get(event.assignment);
      if (word === undefined)
        return broken(`${event.agent} was passed by a gate that never answered`, event.seq);
      if (!word.passed) return broken(`${event.agent} was passed, and the gate had said no`, event.seq);
      const silent = event.gates.find((gate) => !word.gates.includes(gate));
      if (silent !== undefined)
        return broken(`${event.agent} was passed by the gate ${silent}, which was not asked`, event.seq);
    }
  }
  return held;
}
