// S6: the mission context moves one version at a time, and nobody works on, or writes over, what has moved.
import type { JsonObject } from '../base/json.ts';
import type { TeamDefinition } from '../team/definition.ts';
import { checkFacts } from './facts-served.ts';
import { applyPatch, movedKey, openContext, sliceOf, type GhostContext } from './ghost-context.ts';
import type { Invariant } from './invariant.ts';
import { sameJson } from './same-json.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, unknown, worst, type Ruling } from './verdict.ts';

export const contextMovesByOne: Invariant = {
  id: 'S6',
  sentence:
    'Context versions go up by one a commit, nothing stale is shown or written over, and the end is the fold of all commits.',
  check(index) {
    const { team, mission } = index.trace;
    if (team === null) return unknown('this team has no context that the trace can follow');
    const course: Course = {
      team,
      constraints: constraintsOf(team),
      ghost: openContext(mission.context),
      reads: new Map(),
      conflicts: new Map(),
    };
    for (const event of index.contexts) {
      const wrong = follow(course, event);
      if (wrong !== null) return broken(wrong, event.seq);
    }
    return worst(foldIsTheEnd(index, course.ghost), checkFacts(index));
  },
};

type Event = StoryEvent<'contexts'>;
type EventOf<K extends Event['kind']> = Extract<Event, { readonly kind: K }>;

/** `reads` holds what each assignment was last served, and at which version; `conflicts` at which version it failed. */
interface Course {
  readonly team: TeamDefinition;
  readonly constraints: readonly string[];
  readonly ghost: GhostContext;
  readonly reads: Map<string, { readonly version: number; readonly slice: JsonObject }>;
  readonly conflicts: Map<string, number>;
}

function follow(course: Course, event: Event): string | null {
  switch (event.kind) {
    case 'context.read':
      return staleRead(course, event);
    case 'model.called':
      return staleCall(course, event);
    case 'context.conflicted':
      course.conflicts.set(event.assignment, event.version);
      return null;
    case 'context.committed': {
      const wrong = badCommit(course, event);
      applyPatch(course.ghost, event.patch, course.team.context);
      return wrong;
    }
  }
}

/** A commit that came from outside, by a person, and not from an agent's assignment. */
export function isEdit(commit: { readonly assignment: string }): boolean {
  return commit.assignment.startsWith('edit');
}

function staleRead({ ghost, constraints, reads }: Course, event: EventOf<'context.read'>): string | null {
  if (event.version !== ghost.version)
    return `${event.agent} was served context ${event.version}; the newest is ${ghost.version}`;
  const hidden = constraints.find((key) => !event.keys.includes(key));
  if (hidden !== undefined) return `${event.agent} was not shown the constraint ${hidden}`;
  reads.set(event.assignment, { version: event.version, slice: sliceOf(ghost, event.keys) });
  return null;
}

/** Between its reads an assignment is shown just what it read, so that an answer can be laid to one version. */
function staleCall({ reads, conflicts }: Course, event: EventOf<'model.called'>): string | null {
  const read = event.assignment === null ? undefined : reads.get(event.assignment);
  if (read === undefined) return null;
  const moved = conflicts.get(event.assignment ?? '') ?? 0;
  if (read.version < moved)
    return `${event.agent} was asked again on context ${read.version}, after a conflict at ${moved}`;
  if (event.contextVersion !== null && event.contextVersion !== read.version)
    return `${event.agent} was asked on context ${event.contextVersion}, and had read ${read.version}`;
  return event.slice === null || sameJson(event.slice, read.slice)
    ? null
    : `${event.agent} was shown something else than context ${read.version}`;
}

function badCommit({ ghost, team, constraints }: Course, event: EventOf<'context.committed'>): string | null {
  if (event.version !== ghost.version + 1)
    return `version ${event.version} was committed after ${ghost.version}`;
  if (event.base > ghost.version) return `a commit is based on version ${event.base}, which is not there yet`;
  if (isEdit(event)) return null;
  const keys = Object.keys(event.patch);
  const rules = team.context;
  const foreign = keys.find((key) => rules[key]?.merge === 'ownerOnly' && rules[key].owner !== event.agent);
  if (foreign !== undefined) return `${event.agent} wrote ${foreign}, which another agent owns`;
  const guarded = keys.filter((key) => rules[key]?.merge === 'reject');
  const lost = movedKey(ghost, guarded, event.base);
  if (lost !== null) return `${event.agent} wrote ${lost} on base ${event.base}, and a newer write is lost`;
  const drift = movedKey(ghost, constraints, event.base);
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
