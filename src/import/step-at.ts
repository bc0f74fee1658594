// A step out of where it stands and what it is: written member by member, as a spread that gains keys costs more than all
// that is read for it.
import type { Step, StepBody, StepPlace } from './step.ts';

/** Takes both apart, and keeps neither. */
export function stepAt({ run, id, parent, agent, startMs, endMs, place }: StepPlace, body: StepBody): Step {
  switch (body.kind) {
    case 'model': {
      const { kind, model, input, offers, said, usage, error } = body;
      // oxfmt-ignore
      return { run, id, parent, agent, startMs, endMs, place, kind, model, input, offers, said, usage, error };
    }
    case 'tool': {
      const { kind, tool, callId, arguments: args, result, error } = body;
      // oxfmt-ignore
      return { run, id, parent, agent, startMs, endMs, place, kind, tool, callId, arguments: args, result, error };
    }
    case 'agent':
      return { run, id, parent, agent, startMs, endMs, place, kind: body.kind };
    case 'handoff': {
      const { kind, from, to, payload } = body;
      return { run, id, parent, agent, startMs, endMs, place, kind, from, to, payload };
    }
    case 'message': {
      const { kind, role, to, content } = body;
      return { run, id, parent, agent, startMs, endMs, place, kind, role, to, content };
    }
    case 'approval': {
      const { kind, name, decision } = body;
      return { run, id, parent, agent, startMs, endMs, place, kind, name, decision };
    }
  }
}
