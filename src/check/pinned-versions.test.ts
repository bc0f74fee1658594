// S12 catches agents that run at a version which nobody pinned.
import { versionsStayPinned } from './pinned-versions.ts';
import { healthyStory } from './testing/healthy-story.test-support.ts';
import { outsideTrace, prove } from './testing/prove.test-support.ts';
import { behind, changed, tell, without, type Line } from './testing/trace-story.test-support.ts';

const repinned = (agent: string): Line => ({ kind: 'agent.pinned', agent, version: 2 });

prove({
  invariant: versionsStayPinned,
  holds: {
    'work under way when its pin moves': tell(behind(healthyStory, 'model.called', [repinned('writer')])),
    'a new pin that the next visit follows': tell(
      behind(healthyStory, 'handoff.sent', [
        repinned('writer'),
        { kind: 'agent.started', agent: 'writer', version: 2, assignment: 'a5', visit: 2 },
      ]),
    ),
  },
  breaks: [
    [
      'a start at another version',
      tell(changed(healthyStory, 'agent.started', { version: 2 })),
      'started at version 2',
    ],
    [
      'a model call at another version',
      tell(changed(healthyStory, 'model.called', { version: 2 })),
      'called at version 2',
    ],
    [
      'a tool call at another version',
      tell(changed(healthyStory, 'tool.called', { version: 2 })),
      'called at version 2',
    ],
    [
      'a start that does not follow the new pin',
      tell(behind(healthyStory, 'handoff.sent', [repinned('closer')])),
      'pinned is 2',
    ],
  ],
  unknown: {
    'a team that tells no versions': outsideTrace,
    'a trace without the pins': tell(without(healthyStory, 'mission.started')),
  },
});
