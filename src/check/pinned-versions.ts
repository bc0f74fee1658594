// S12: a mission stays with the versions of its agents that it was started with, unless the journal says otherwise.
import type { Invariant } from './invariant.ts';
import type { StoryEvent } from './trace-index.ts';
import { broken, held, unknown } from './verdict.ts';

export const versionsStayPinned: Invariant = {
  id: 'S12',
  sentence: 'Agents run at their pinned versions.',
  check(index) {
    if (index.trace.team === null) return unknown('this team tells no versions');
    const pins = new Map<string, number>();
    const startedAt = new Map<string, number>();
    for (const event of index.versions) {
      const wrong = drift(event, pins, startedAt);
      if (wrong !== null) return broken(wrong, event.seq);
    }
    return pins.size > 0 || index.versions.length === 0 ? held : unknown('the trace does not tell the pins');
  },
};

/** Work that was under way when a pin moved ends at the version that it began with. */
function drift(
  event: StoryEvent<'versions'>,
  pins: Map<string, number>,
  startedAt: Map<string, number>,
): string | null {
  switch (event.kind) {
    case 'mission.started':
      for (const agent of Object.keys(event.pins)) pins.set(agent, event.pins[agent]!);
      return null;
    case 'agent.pinned':
      pins.set(event.agent, event.version);
      return null;
    case 'agent.started':
      startedAt.set(event.assignment, event.version);
      return pins.size === 0 || event.version === pins.get(event.agent)
        ? null
        : `${event.agent} was started at version ${event.version}, pinned is ${pins.get(event.agent) ?? 'none'}`;
    case 'model.called':
    case 'tool.called': {
      const own = startedAt.get(event.assignment ?? '') ?? pins.get(event.agent);
      return pins.size === 0 || event.version === own
        ? null
        : `${event.agent} called at version ${event.version}, and works at ${own ?? 'none'}`;
    }
  }
}
