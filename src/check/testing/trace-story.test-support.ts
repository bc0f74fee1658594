// Trace stories: traces told event by event, to plant one fault at a time in a run that was healthy.
import { initialState } from '../../steward/state.ts';
import { auditLine, type AuditLine } from '../../trace/audit.ts';
import type { Note } from '../../steward/note.ts';
import type { TraceBody, TraceEvent } from '../../trace/event.ts';
import type { Trace } from '../../trace/trace.ts';
import { isNote } from './note-kinds.test-support.ts';
import { storyTeam } from './story-team.test-support.ts';

/** One event of a story. `atMs` is counted from the start; without it, each event is a millisecond after the last. */
export type Line = TraceBody & { readonly atMs?: number; readonly cause?: number };
export type Story = readonly Line[];
export type LineKind = TraceBody['kind'];
type LineOf<K extends LineKind> = Extract<Line, { readonly kind: K }>;

export const storyStartMs = 1_000_000;

/** Makes a trace of a story: numbers the events, and keeps an audit trail with one entry a note. */
export function tell(story: Story, parts: Partial<Trace> = {}): Trace {
  let atMs = storyStartMs;
  const events = story.map((line, place): TraceEvent => {
    atMs = line.atMs === undefined ? atMs + 1 : storyStartMs + line.atMs;
    return { cause: 0, ...line, seq: place + 1, atMs };
  });
  const audit = auditOf(events);
  return {
    schemaVersion: 1,
    subject: 'story',
    mission: { id: 'm1', goal: 'close', input: {}, context: { brief: 'short', notes: ['asked'] } },
    team: storyTeam,
    seed: 1,
    startedAtMs: storyStartMs,
    events,
    result: null,
    audit,
    state: { ...initialState(), status: 'ended', events: audit.length },
    ...parts,
  };
}

/** The same story told by a team that is not the steward's. */
export function tellOutside(story: Story, parts: Partial<Trace> = {}): Trace {
  return tell(story, { team: null, audit: null, state: null, ...parts });
}

/** Leaves out the `nth` event of a kind (1-based). */
export function without(story: Story, kind: LineKind, nth = 1): Story {
  const place = placeOf(story, kind, nth);
  return story.filter((_line, other) => other !== place);
}

/** Changes fields of the `nth` event of a kind. */
export function changed<K extends LineKind>(
  story: Story,
  kind: K,
  patch: Partial<LineOf<K>> & { readonly nth?: number },
): Story {
  const { nth = 1, ...fields } = patch;
  const place = placeOf(story, kind, nth);
  return story.map((line, other) => (other === place ? { ...line, ...fields } : line));
}

/** Puts events behind the `nth` event of a kind. */
export function behind(story: Story, kind: LineKind, more: Story, nth = 1): Story {
  const place = placeOf(story, kind, nth);
  return [...story.slice(0, place + 1), ...more, ...story.slice(place + 1)];
}

/** Tells the `nth` event of a kind twice in a row. */
export function twice(story: Story, kind: LineKind, nth = 1): Story {
  return behind(story, kind, [story[placeOf(story, kind, nth)]!], nth);
}

/** The `seq` that the `nth` event of a kind gets. */
export function seqOf(story: Story, kind: LineKind, nth = 1): number {
  return placeOf(story, kind, nth) + 1;
}

function placeOf(story: Story, kind: LineKind, nth: number): number {
  let count = 0;
  const place = story.findIndex((line) => line.kind === kind && (count += 1) === nth);
  if (place < 0) throw new Error(`the story has no ${kind} number ${nth}`);
  return place;
}

function auditOf(events: readonly TraceEvent[]): readonly AuditLine[] {
  const audit: AuditLine[] = [];
  for (const event of events) {
    if (!isNote(event)) continue;
    const note = { ...event } as Partial<TraceEvent> & Note;
    for (const stamp of ['seq', 'atMs', 'cause'] as const) delete note[stamp];
    audit.push(
      auditLine({ kind: 'cancelled', atMs: event.atMs, by: 'x', reason: '' }, audit.length + 1, [note]),
    );
  }
  return audit;
}
