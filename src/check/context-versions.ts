// S6: the mission context moves one version at a time, and nobody works on, or writes over, what has moved.
import type { JsonObject } from '../base/json.ts';
import type { TeamDefinition } from '../team/definition.ts';
import { applyPatch, movedKey, openContext, type GhostContext } from './ghost-context.ts';
import type { Invariant } from './invariant.ts';
import { sameJson } from './same-json.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, unknown, type Ruling } from './verdict.ts';

export const contextMovesByOne: Invariant = {
  id: 'S6',
  sentence:
    'Context versions go up by one a commit, nothing stale is read or written over, and the end is the fold of all commits.',
  check(index) {
    const { team, mission } = index.trace;
    if (team === null) return unknown('this team has no context that the trace can follow');
    const ghost = openContext(mission.context);
    for (const event of index.contexts) {
      const wrong = event.kind === 'context.read' ? staleRead(ghost, event) : badCommit(ghost, event, team);
      if (wrong !== null) return broken(wrong, event.seq);
      if (event.kind === 'context.committed') applyPatch(ghost, event.patch, team.context);
    }
    return foldIsTheEnd(index, ghost);
  },
};

type Commit = Extract<StoryEvent<'contexts'>, { readonly kind: 'context.committed' }>;
type Read = Exclude<StoryEvent<'contexts'>, Commit>;

/** A commit that came from outside, by a person, and not from an agent's assignment. */
export function isEdit(commit: { readonly assignment: string }): boolean {
  return commit.assignment.startsWith('edit');
}

function staleRead(ghost: GhostContext, event: Read): string | null {
  if (event.version === ghost.version) return null;
  return `${event.agent} was served context ${event.version}; the newest is ${ghost.version}`;
}

function badCommit(ghost: GhostContext, event: Commit, team: TeamDefinition): string | null {
  if (event.version !== ghost.version + 1)
    return `version ${event.version} was committed after ${ghost.version}`;
  if (event.base > ghost.version) return `a commit is based on version ${event.base}, which is not there yet`;
  if (isEdit(event)) return null;
  const keys = Object.keys(event.patch);
  const foreign = keys.find(
    (key) => team.context[key]?.merge === 'ownerOnly' && team.context[key].owner !== event.agent,
  );
  if (foreign !== undefined) return `${event.agent} wrote ${foreign}, which another agent owns`;
  const lost = movedKey(
    ghost,
    keys.filter((key) => team.context[key]?.merge === 'reject'),
    event.base,
  );
  if (lost !== null) return `${event.agent} wrote ${lost} on base ${event.base}, and a newer write is lost`;
  const drift = movedKey(ghost, constraintsOf(team), event.base);
  return drift === null
    ? null
    : `${event.agent} committed on base ${event.base}; the constraint ${drift} is newer`;
}

function constraintsOf(team: TeamDefinition): readonly string[] {
  return Object.keys(team.context).filter((key) => team.context[key]?.constraint === true);
}

function foldIsTheEnd(index: TraceIndex, ghost: GhostContext): Ruling {
  const end = index.ends[0];
  if (end === undefined) return held;
  if (end.contextVersion !== ghost.version)
    return broken(
      `the mission ended at context ${end.contextVersion}, its commits lead to ${ghost.version}`,
      end.seq,
    );
  const key = differingKey(ghost, end.context);
  return key === null
    ? held
    : broken(`the final context differs from the fold of its commits at ${key}`, end.seq);
}

function differingKey(ghost: GhostContext, context: JsonObject): string | null {
  for (const key of Object.keys(context)) if (!ghost.values.has(key)) return key;
  for (const [key, value] of ghost.values) if (!sameJson(context[key], value)) return key;
  return null;
}
