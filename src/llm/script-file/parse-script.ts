// Parsing a script file: from any text to a document that says what it means, or the place where it does not.
import type { z } from 'zod';
import { isJsonObject, type Json } from '../../base/json.ts';
import { jsonPointer, readJson } from '../../base/json-text.ts';
import { MusterError } from '../../base/muster-error.ts';
import { faultFor } from '../../chaos/fault-reading.ts';
import { nearestName } from '../../chaos/nearest-name.ts';
import { parsePlan } from '../../chaos/parse-plan.ts';
import { isAimockFile, scriptOfAimock } from '../aimock/aimock-script.ts';
import { scriptDocument, type EntryMatch, type ScriptDocument } from './script-document.ts';

/** Throws `MusterError`: SCRIPT_NOT_JSON, and what `parseScript` throws. */
export function parseScriptText(text: string, place: string): ScriptDocument {
  const read = readJson(text);
  if (read.kind === 'value') return parseScript(read.value, place);
  throw new MusterError({
    code: 'SCRIPT_NOT_JSON',
    place: `${place}:${read.place}`,
    message: `the script file is not JSON: ${read.message}`,
  });
}

/**
 * A list is short for a document of these entries; an aimock fixture file is read as one. Throws `MusterError`:
 * SCRIPT_INVALID with a JSON pointer, SCRIPT_BAD_PATTERN, SCRIPT_BAD_FAULT, for a chaos plan what `parsePlan` throws, and
 * for an aimock file what `scriptOfAimock` throws.
 */
export function parseScript(written: Json, place: string): ScriptDocument {
  const value = isAimockFile(written) ? scriptOfAimock(written, place) : written;
  const isList = Array.isArray(value);
  const read = scriptDocument.safeParse(isList ? { entries: value as Json } : value);
  if (!read.success) throw invalid(read.error, { value, place, isList });
  const { data } = read;
  const inEntries = (...path: readonly PropertyKey[]): string =>
    place + jsonPointer(isList ? path : ['entries', ...path]);
  for (const [index, entry] of data.entries.entries()) {
    checkPatterns(entry.match, inEntries(index, 'match'));
    for (const [ordinal, { fault }] of entry.replies.entries())
      if (fault !== undefined) checkFault(fault, inEntries(index, 'replies', ordinal, 'fault'));
  }
  for (const [index, rule] of data.attribution.entries())
    checkPatterns(rule, place + jsonPointer(['attribution', index]));
  if (data.chaos === null) return data;
  const { agents } = data.settings;
  const where = { place: `${place}#/chaos`, ...(agents === undefined ? {} : { agents }) };
  return { ...data, chaos: parsePlan(data.chaos, where) };
}

interface Unreadable {
  readonly value: Json;
  readonly place: string;
  readonly isList: boolean;
}

function invalid(error: z.ZodError, { value, place, isList }: Unreadable): MusterError {
  const { path, issue } = deepest(error.issues[0], []);
  const steps = isList && path[0] === 'entries' ? path.slice(1) : path;
  return new MusterError({
    code: 'SCRIPT_INVALID',
    place: place + jsonPointer(steps),
    message: `this is not a script file: ${issue?.message ?? 'unreadable'}`,
    value: valueAt(value, steps),
    hint: hintFor(issue, isJsonObject(value) && steps.length === 0),
  });
}

interface Found {
  readonly issue: z.core.$ZodIssue | undefined;
  readonly path: readonly PropertyKey[];
}

/** Of alternatives that all failed, the one that got furthest tells what was meant. */
function deepest(issue: z.core.$ZodIssue | undefined, before: readonly PropertyKey[]): Found {
  const path = [...before, ...(issue?.path ?? [])];
  if (issue?.code !== 'invalid_union') return { issue, path };
  let best: Found = { issue, path };
  for (const alternative of issue.errors) {
    const found = deepest(alternative[0], path);
    if (found.path.length > best.path.length || found.issue?.code === 'unrecognized_keys') best = found;
  }
  return best;
}

const knownKeys: Readonly<Record<string, readonly string[]>> = {
  document: ['schemaVersion', 'settings', 'attribution', 'chaos', 'entries'],
  entry: ['name', 'match', 'replies', 'retry', 'afterLast'],
  match: ['agent', 'model', 'body', 'user', 'system', 'toolResult', 'headers', 'ordinal'],
  reply: [
    'content',
    'toolCalls',
    'finishReason',
    'refusal',
    'reasoning',
    'usage',
    'embedding',
    'fault',
    'faultAttempts',
  ],
};

function hintFor(issue: z.core.$ZodIssue | undefined, isDocument: boolean): string {
  const all = Object.values(knownKeys).flat();
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return `did you mean '${nearestName(key, isDocument ? knownKeys['document']! : all)}'?`;
  }
  return 'a script file is { entries: [{ match: { agent, model, body, … }, replies: [{ content, toolCalls, … }] }] }';
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<PropertyKey, unknown>)[step];
  }
  return at;
}

/** Every regular expression below a value must compile. */
function checkPatterns(rules: Partial<EntryMatch> | Json, place: string): void {
  if (typeof rules !== 'object' || rules === null) return;
  const { pattern, flags } = rules as { pattern?: unknown; flags?: unknown };
  if (typeof pattern === 'string') {
    try {
      void new RegExp(pattern, typeof flags === 'string' ? flags : '');
    } catch (cause) {
      throw new MusterError({
        code: 'SCRIPT_BAD_PATTERN',
        place,
        message: cause instanceof Error ? cause.message : 'this is no regular expression',
        value: pattern,
      });
    }
    return;
  }
  for (const [key, rule] of Object.entries(rules)) checkPatterns(rule, `${place}/${key}`);
}

function checkFault(fault: { readonly kind: string }, place: string): void {
  const { fault: found } = faultFor({ fault }, place);
  if (found.layer === 'llm') return;
  throw new MusterError({
    code: 'SCRIPT_BAD_FAULT',
    place,
    message: `${found.kind} bends no reply of a model, but crossings of the ${found.layer} layer`,
    value: fault.kind,
    hint: 'put it into the chaos plan of the file',
  });
}
