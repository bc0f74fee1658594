// A site: where in a team a fault hit, read from the name of its crossing.

/** `site` is the edge (`from->to`) for a handoff, and the agent everywhere else. */
export interface Site {
  readonly layer: string;
  readonly phase: string;
  readonly agent: string;
  readonly site: string;
}

/** Reads `layer/phase/agent/subject#ordinal`; a subject may hold slashes of its own. */
export function siteOf(crossing: string): Site {
  const [layer = '', phase = '', agent = ''] = crossing.split('/', 3);
  const start = layer.length + phase.length + agent.length + 3;
  const subject = crossing.slice(start, Math.max(start, crossing.lastIndexOf('#')));
  return { layer, phase, agent, site: layer === 'handoff' ? subject : agent };
}
