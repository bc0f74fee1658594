// aimock fixture files read as scripts: their matches become those of entries, fixtures in sequence become replies in order.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { canonicalJson } from '../../base/canonical.ts';
import { jsonPointer } from '../../base/json-text.ts';
import { MusterError } from '../../base/muster-error.ts';
import { aimockReply } from './aimock-reply.ts';
import { aimockFile, type AimockFixture, type AimockMatch } from './aimock-schema.ts';

/** Known by its content: a list of fixtures, where a script has entries. */
export function isAimockFile(value: Json): boolean {
  return isJsonObject(value) && Array.isArray(value['fixtures']) && value['entries'] === undefined;
}

/**
 * What only labels a reply or paces it (ids, dates, latency, recorded timings) is left out. Throws `MusterError`:
 * AIMOCK_INVALID with a JSON pointer, AIMOCK_UNSUPPORTED.
 */
export function scriptOfAimock(value: Json, place: string): JsonObject {
  const read = aimockFile.safeParse(value);
  if (!read.success) throw invalid(read.error.issues[0], place);
  const groups = new Map<string, Group>();
  for (const [index, fixture] of read.data.fixtures.entries()) {
    const at = `${place}#/fixtures/${index}`;
    if ('chaos' in fixture) throw chaosInFixture(at);
    const { sequenceIndex, ...match } = fixture.match;
    // What has no place in a sequence is an entry of its own.
    const name = sequenceIndex === undefined ? at : canonicalJson(match);
    const group = groups.get(name) ?? { match: fixture.match, members: [] };
    groups.set(name, group);
    group.members.push({ fixture, at });
  }
  return { entries: withToolResultFirst([...groups.values()]).map(entryOf) };
}

interface Group {
  readonly match: AimockMatch;
  readonly members: { readonly fixture: AimockFixture; readonly at: string }[];
}

/** A script cannot ask for the absence of a tool result: what has one is looked at first. */
function withToolResultFirst(groups: readonly Group[]): readonly Group[] {
  const without = groups.filter(({ match }) => match.hasToolResult === false);
  return [...groups.filter(({ match }) => match.hasToolResult !== false), ...without];
}

function entryOf({ match, members }: Group): JsonObject {
  const inOrder = members.toSorted((one, other) => placeOf(one.fixture) - placeOf(other.fixture));
  const replies = inOrder.map(({ fixture, at }) => aimockReply(fixture, at));
  const isSequence = match.sequenceIndex !== undefined;
  for (const [place, { fixture, at }] of inOrder.entries())
    if (isSequence && placeOf(fixture) !== place) throw gapBefore(place, at);
  return { match: matchOf(match), replies, ...(isSequence ? { afterLast: 'otherEntry' } : {}) };
}

function placeOf({ match }: AimockFixture): number {
  return match.sequenceIndex ?? 0;
}

function matchOf(match: AimockMatch): JsonObject {
  const { userMessage, systemMessage, model, turnIndex, context } = match;
  const body = bodyRule(match);
  const toolResult = toolResultRule(match);
  return {
    ...(userMessage === undefined ? {} : { user: userMessage }),
    ...(systemMessage === undefined || systemMessage.length === 0
      ? {}
      : { system: systemRule(systemMessage) }),
    ...(model === undefined ? {} : { model: { pattern: `^${escaped(model)}(?:-\\d.*)?$` } }),
    ...(turnIndex === undefined ? {} : { ordinal: turnIndex + 1 }),
    ...(context === undefined ? {} : { headers: { 'x-aimock-context': context } }),
    ...(body === null ? {} : { body }),
    ...(toolResult === null ? {} : { toolResult }),
  };
}

function systemRule(texts: string | readonly string[]): Json {
  return typeof texts === 'string' ? texts : { pattern: allOf(texts.map(escaped)) };
}

/** What a script has no word for is looked for in the request as it was sent. */
function bodyRule({ inputText, toolCallId, toolName, responseFormat }: AimockMatch): Json {
  const member = (name: string, value: string): string =>
    `"${name}"\\s*:\\s*${escaped(JSON.stringify(value))}`;
  const patterns = [
    ...(inputText === undefined ? [] : [escaped(JSON.stringify(inputText).slice(1, -1))]),
    ...(toolCallId === undefined ? [] : [escaped(JSON.stringify(toolCallId))]),
    ...(toolName === undefined ? [] : [member('name', toolName)]),
    ...(responseFormat === undefined ? [] : [member('type', responseFormat)]),
  ];
  return patterns.length === 0 ? null : { pattern: allOf(patterns) };
}

function toolResultRule({ toolCallId, toolResultContains, hasToolResult }: AimockMatch): Json {
  if (toolResultContains !== undefined) return toolResultContains;
  return toolCallId !== undefined || hasToolResult === true ? {} : null;
}

function allOf(patterns: readonly string[]): string {
  return `^${patterns.map((one) => `(?=[\\s\\S]*${one})`).join('')}`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function invalid(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
  place: string,
) {
  return new MusterError({
    code: 'AIMOCK_INVALID',
    place: `${place}${jsonPointer(issue?.path ?? [])}`,
    message: `this cannot be read as an aimock fixture: ${issue?.message ?? 'invalid'}`,
  });
}

function gapBefore(place: number, at: string): MusterError {
  return new MusterError({
    code: 'AIMOCK_INVALID',
    place: `${at}/match/sequenceIndex`,
    message: `the sequence has no fixture, or more than one, with sequenceIndex ${place}`,
  });
}

function chaosInFixture(at: string): MusterError {
  return new MusterError({
    code: 'AIMOCK_UNSUPPORTED',
    place: `${at}/chaos`,
    message: 'the chaos of a single fixture is not read',
    hint: 'say it in a chaos plan: muster gateway --plan',
  });
}
