// The words of a step: what was said, what a tool was used with, what was handed on.
import { canonicalJson } from '../base/canonical.ts';
import type { TraceEvent, TraceEventOf } from '../trace/event.ts';

/** The events that steps begin with. */
export type StepEvent = TraceEventOf<'model.answered' | 'tool.called' | 'handoff.sent'>;

export function isStepEvent(event: TraceEvent): event is StepEvent {
  return event.kind === 'model.answered' || event.kind === 'tool.called' || event.kind === 'handoff.sent';
}

/** As the detector compares them; arguments and payloads as JSON with sorted keys. */
export function stepText(event: StepEvent): string {
  switch (event.kind) {
    case 'model.answered':
      return event.content;
    case 'tool.called':
      return canonicalJson(event.arguments);
    case 'handoff.sent':
      return canonicalJson(event.payload);
  }
}
