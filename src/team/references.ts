// References: every name in a team leads somewhere, or the team is refused with the place of the name.
import { MusterError } from '../base/muster-error.ts';
import type { TeamContract } from './contract.ts';
import type { TeamDefinition } from './definition.ts';

/** Throws `TEAM_UNKNOWN_AGENT`, `TEAM_UNKNOWN_TOOL`, `TEAM_UNKNOWN_GATE`, `TEAM_UNKNOWN_KEY`, … naming the first bad place. */
export function checkReferences(contract: TeamContract, team: TeamDefinition): void {
  const known: Known = {
    AGENT: Object.keys(team.agents),
    TOOL: Object.keys(team.tools),
    GATE: Object.keys(contract.gates ?? {}),
    KEY: Object.keys(team.context),
    APPROVAL: Object.keys(team.approvals),
  };
  const need = (what: keyof Known, name: string, place: string): void => {
    if (!known[what].includes(name))
      throw unknownName(what, name, `team ${team.name}, ${place}`, known[what]);
  };
  checkAgentNames(contract);
  checkInheritedNames(contract);
  for (const agent of Object.values(team.agents)) {
    const place = `agent ${agent.name}`;
    for (const tool of agent.tools) need('TOOL', tool, `${place}, tools`);
    for (const gate of agent.gates) need('GATE', gate, `${place}, gates`);
    for (const key of agent.reads) need('KEY', key, `${place}, reads`);
    for (const key of agent.writes) need('KEY', key, `${place}, writes`);
    for (const to of agent.escalateTo)
      if (!to.startsWith('human:')) need('AGENT', to, `${place}, escalateTo`);
  }
  for (const tool of Object.values(team.tools)) {
    if (tool.approval !== undefined) need('APPROVAL', tool.approval, `tool ${tool.name}, approval`);
  }
  for (const key of team.deliverables) need('KEY', key, 'deliverables');
  for (const [key, definition] of Object.entries(team.context)) {
    if (definition.owner !== undefined) need('AGENT', definition.owner, `context ${key}, owner`);
  }
  checkRoutes(team, (name, place) => need('AGENT', name, place));
}

type Known = Readonly<Record<'AGENT' | 'TOOL' | 'GATE' | 'KEY' | 'APPROVAL', readonly string[]>>;

function checkAgentNames(contract: TeamContract): void {
  const seen = new Set<string>();
  for (const { name } of contract.agents) {
    const reserved =
      name === 'end' ||
      name === 'steward' ||
      name === '*' ||
      name.startsWith('human:') ||
      isInherited(name) ||
      /->|[#/]/.test(name);
    if (name === '' || reserved || seen.has(name)) {
      throw new MusterError({
        code: 'TEAM_BAD_AGENT_NAME',
        place: `team ${contract.name}, agents`,
        message: seen.has(name) ? 'two agents share one name' : 'an agent cannot have this name',
        value: name,
        hint: 'give each agent a name of its own; `end`, `steward`, `*`, `human:…`, `->`, `#` and `/` are taken',
      });
    }
    seen.add(name);
  }
}

/** Names are looked up in plain records: one that every object is born with would always be found. */
function isInherited(name: string): boolean {
  return name in Object.prototype;
}

function checkInheritedNames(contract: TeamContract): void {
  const { tools = {}, gates = {}, approvals = {}, context = {} } = contract;
  for (const [place, named] of Object.entries({ tools, gates, approvals, context })) {
    const name = Object.keys(named).find(isInherited);
    if (name === undefined) continue;
    throw new MusterError({
      code: 'TEAM_BAD_NAME',
      place: `team ${contract.name}, ${place}`,
      message: 'every object is born with a member of this name',
      value: name,
      hint: 'give it another name',
    });
  }
}

function checkRoutes(team: TeamDefinition, need: (name: string, place: string) => void): void {
  const { routes } = team;
  if (routes.kind === 'router') {
    need(routes.router, 'routes, router');
    for (const agent of routes.agents) need(agent, 'routes, agents');
    return;
  }
  if (routes.start.length === 0) {
    throw new MusterError({
      code: 'TEAM_NO_START',
      place: `team ${team.name}, routes`,
      message: 'no agent starts the mission',
      hint: 'name at least one agent in `start`',
    });
  }
  for (const agent of routes.start) need(agent, 'routes, start');
  for (const [index, edge] of routes.edges.entries()) {
    need(edge.from, `routes, edge ${index + 1}, from`);
    if (edge.to !== 'end') need(edge.to, `routes, edge ${index + 1}, to`);
  }
}

function unknownName(what: keyof Known, name: string, place: string, known: readonly string[]): MusterError {
  return new MusterError({
    code: `TEAM_UNKNOWN_${what}`,
    place,
    message: `the name leads nowhere`,
    value: name,
    hint: `known here: ${known.length === 0 ? 'none' : known.join(', ')}`,
  });
}
