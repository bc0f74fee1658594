// Teams: a name that leads nowhere is refused with its code, its place and what is known there.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MusterError } from '../base/muster-error.ts';
import type { AgentContract, TeamContract } from './contract.ts';
import { defineTeam } from './team.ts';

const shape = z.object({});

function agent(name: string, more: Partial<AgentContract> = {}): AgentContract {
  return { name, responsibility: 'works', instructions: 'Work.', input: shape, output: shape, ...more };
}

function contract(more: Partial<TeamContract> = {}): TeamContract {
  return {
    name: 'crew',
    agents: [agent('a'), agent('b')],
    routes: { kind: 'sequence', agents: ['a', 'b'] },
    ...more,
  };
}

function refused(more: Partial<TeamContract>): MusterError {
  try {
    defineTeam(contract(more));
  } catch (error) {
    if (error instanceof MusterError) return error;
    throw error;
  }
  throw new Error('the team was accepted');
}

const one = (more: Partial<AgentContract>): Partial<TeamContract> => ({
  agents: [agent('a', more), agent('b')],
});
const graph = (start: readonly string[], from: string, to: string): Partial<TeamContract> => ({
  routes: { kind: 'graph', start, edges: [{ from, to }] },
});
const send = { description: 'sends', arguments: shape };

describe('a team', () => {
  const cases: readonly (readonly [string, Partial<TeamContract>, string, string])[] = [
    [
      'a sequence',
      { routes: { kind: 'sequence', agents: ['a', 'ghost'] } },
      'TEAM_UNKNOWN_AGENT',
      'routes, edge 1, to',
    ],
    ['a start', graph(['ghost'], 'a', 'b'), 'TEAM_UNKNOWN_AGENT', 'routes, start'],
    ['the source of an edge', graph(['a'], 'ghost', 'b'), 'TEAM_UNKNOWN_AGENT', 'routes, edge 1, from'],
    ['the target of an edge', graph(['a'], 'a', 'ghost'), 'TEAM_UNKNOWN_AGENT', 'routes, edge 1, to'],
    [
      'a router',
      { routes: { kind: 'router', router: 'ghost', agents: ['a'] } },
      'TEAM_UNKNOWN_AGENT',
      'routes, router',
    ],
    [
      'an agent of a router',
      { routes: { kind: 'router', router: 'a', agents: ['ghost'] } },
      'TEAM_UNKNOWN_AGENT',
      'routes, agents',
    ],
    ['an escalation path', one({ escalateTo: ['ghost'] }), 'TEAM_UNKNOWN_AGENT', 'agent a, escalateTo'],
    [
      'the owner of a key',
      { context: { k: { schema: shape, merge: 'ownerOnly', owner: 'ghost' } } },
      'TEAM_UNKNOWN_AGENT',
      'context k, owner',
    ],
    ['a tool', one({ tools: ['ghost'] }), 'TEAM_UNKNOWN_TOOL', 'agent a, tools'],
    ['a gate', one({ gates: ['ghost'] }), 'TEAM_UNKNOWN_GATE', 'agent a, gates'],
    ['a key that is read', one({ reads: ['ghost'] }), 'TEAM_UNKNOWN_KEY', 'agent a, reads'],
    ['a key that is written', one({ writes: ['ghost'] }), 'TEAM_UNKNOWN_KEY', 'agent a, writes'],
    ['a deliverable', { deliverables: ['ghost'] }, 'TEAM_UNKNOWN_KEY', 'deliverables'],
    [
      'an approval',
      { tools: { send: { ...send, approval: 'ghost' } } },
      'TEAM_UNKNOWN_APPROVAL',
      'tool send, approval',
    ],
  ];

  it.each(cases)('is refused where %s names nobody', (_what, more, code, place) => {
    const error = refused(more);
    expect(error.code).toBe(code);
    expect(error.place).toContain(`team crew, ${place}`);
    expect(error.message).toContain('(got "ghost")');
    expect(error.hint).toContain('known here: ');
  });

  it('lists the names that are known, so that a typing error can be seen', () => {
    expect(refused({ routes: { kind: 'sequence', agents: ['a', 'c'] } }).hint).toBe('known here: a, b');
    expect(refused(one({ tools: ['ghost'] })).hint).toBe('known here: none');
  });

  it.each([
    'end',
    'steward',
    '*',
    'human:boss',
    'a->b',
    'a#1',
    'a/b',
    '',
    '__proto__',
    'constructor',
    'toString',
  ])('is refused for an agent called "%s"', (name) => {
    const error = refused({ agents: [agent('a'), agent(name)], routes: { kind: 'sequence', agents: ['a'] } });
    expect(error.code).toBe('TEAM_BAD_AGENT_NAME');
    expect(error.place).toBe('team crew, agents');
  });

  it.each([
    ['a context key', { context: own('__proto__', { schema: shape }) }, 'context'],
    ['a tool', { tools: own('constructor', send) }, 'tools'],
    ['a gate', { gates: own('toString', () => null) }, 'gates'],
    ['an approval', { approvals: own('valueOf', {}) }, 'approvals'],
  ] as const)('is refused for %s with a name that every object is born with', (_what, more, place) => {
    expect(refused(more)).toMatchObject({ code: 'TEAM_BAD_NAME', place: `team crew, ${place}` });
  });

  it('is refused for two agents of one name', () => {
    expect(refused({ agents: [agent('a'), agent('a'), agent('b')] })).toMatchObject({
      code: 'TEAM_BAD_AGENT_NAME',
    });
  });

  it.each([
    ['a graph', { kind: 'graph', start: [], edges: [] }],
    ['a sequence', { kind: 'sequence', agents: [] }],
  ] as const)('is refused when nobody starts %s', (_what, routes) => {
    const error = refused({ routes });
    expect(error).toMatchObject({ code: 'TEAM_NO_START', place: 'team crew, routes' });
    expect(error.hint).toContain('at least one agent');
  });

  it('may escalate to people and end a graph by an edge to `end`', () => {
    const team = defineTeam(
      contract({ ...one({ escalateTo: ['human:boss'] }), ...graph(['a'], 'a', 'end') }),
    );
    expect(team.definition.agents['a']?.escalateTo).toEqual(['human:boss']);
  });

  it('is plain data in its definition, complete by defaults', () => {
    const { definition } = defineTeam(contract({ budget: { tokensMax: 5 }, tools: { send } }));
    expect(JSON.parse(JSON.stringify(definition))).toEqual(definition);
    expect(definition.agents['a']).toMatchObject({
      version: 1,
      budget: { tokensMax: 5 },
      join: 'any',
      scopes: [],
    });
    expect(definition.tools['send']).toEqual({
      name: 'send',
      effect: 'pure',
      scope: 'send',
      timeoutMs: 10_000,
      attemptsMax: 3,
      factMs: 0,
      probe: false,
    });
    expect(definition.routes).toEqual({ kind: 'graph', start: ['a'], edges: [{ from: 'a', to: 'b' }] });
  });
});

function own<T>(key: string, value: T): Record<string, T> {
  const record: Record<string, T> = {};
  return Object.defineProperty(record, key, { value, enumerable: true });
}
