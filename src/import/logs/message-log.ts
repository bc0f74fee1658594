// A message log: where the messages of a file stand, and whose conversation they are.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { below, firstText } from '../reading.ts';
import { isResponse } from './items.ts';
import { dialectOf, type MessageDialect } from './message-dialect.ts';

export interface MessageLog {
  /** Empty where the file holds one conversation and names it not. */
  readonly run: string;
  /** What stands around the messages; empty for a bare list. */
  readonly around: JsonObject;
  readonly messages: readonly { readonly message: Json; readonly place: string }[];
  readonly place: string;
  readonly dialect: MessageDialect | null;
}

/** Under these names people keep conversations. */
const listKeys = [
  'messages',
  'traj',
  'trajectory',
  'history',
  'chat_history',
  'conversation',
  'input',
  'output',
  'items',
] as const;

/** Enough to tell a dialect by. */
const sampled = 64;

/** The conversation that a value holds, itself or in one of the usual fields; null where it holds none. */
export function messageLogIn(value: Json, place: string): MessageLog | null {
  if (Array.isArray(value)) return logOf(value as readonly Json[], {}, place);
  if (!isJsonObject(value)) return null;
  if (isResponse(value) && !Array.isArray(value['input']))
    return { run: '', around: {}, messages: [{ message: value, place }], place, dialect: 'responses' };
  for (const key of listKeys) {
    const list = value[key];
    if (!Array.isArray(list)) continue;
    const found = logOf(list as readonly Json[], value, below(place, key));
    if (found !== null) return key === 'input' ? withOutput(found, value, below(place, 'output')) : found;
  }
  return messageLogInState(value, place);
}

/** AutoGen saves an agent with what its model was shown, and a team with its thread. */
function messageLogInState(
  { llm_context: context, agent_states: states }: JsonObject,
  place: string,
): MessageLog | null {
  if (isJsonObject(context)) return messageLogIn(context, below(place, 'llm_context'));
  if (!isJsonObject(states)) return null;
  const at = below(place, 'agent_states');
  for (const [name, state] of Object.entries(states)) {
    const thread = isJsonObject(state) ? state['message_thread'] : null;
    if (Array.isArray(thread))
      return logOf(thread as readonly Json[], {}, below(below(at, name), 'message_thread'));
  }
  return null;
}

/** A call that is logged with its answer: what came out follows what went in. */
function withOutput(log: MessageLog, around: JsonObject, place: string): MessageLog {
  const { output } = around;
  if (!Array.isArray(output)) return log;
  if (dialectOf((output as readonly Json[]).slice(0, sampled)) !== 'responses')
    return { ...log, messages: [...log.messages, ...placed(output as readonly Json[], place)] };
  const { usage = null, model = null } = around;
  const response = { object: 'response', output: output as readonly Json[], usage, model };
  return { ...log, dialect: 'responses', messages: [...log.messages, { message: response, place }] };
}

export function placed(messages: readonly Json[], place: string): MessageLog['messages'] {
  return messages.map((message, index) => ({ message, place: below(place, index) }));
}

function logOf(messages: readonly Json[], around: JsonObject, place: string): MessageLog | null {
  const dialect = dialectOf(messages.slice(0, sampled));
  const run = firstText(around, ['id', 'run_id', 'conversation_id', 'session_id', 'trace_id', 'thread_id']);
  return dialect === null
    ? null
    : { run: run ?? '', around, messages: placed(messages, place), place, dialect };
}

/** Whether a file that begins like this is a message log of a dialect, whichever way its messages come. */
export function holdsDialect(values: readonly Json[], wanted: MessageDialect): boolean {
  const [first] = values;
  if (first === undefined || values.some(isOtherFormat)) return false;
  const bare = dialectOf(values);
  if (bare !== null) return bare === wanted;
  const logs = values.map((value) => messageLogIn(value, '')?.dialect ?? null);
  return logs.every((dialect) => dialect !== null) && logs[0] === wanted;
}

/** Formats that keep their messages within records of their own. */
function isOtherFormat(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const marks = ['run_type', 'dotted_order', 'resourceSpans', 'observations', '$schemaVersion', 'muster'];
  const isCompletion = 'response' in value && 'messages' in value;
  const isTrajectory =
    Array.isArray(value['trajectory']) && Array.isArray(value['history']) && 'info' in value;
  const isSweAgent = isTrajectory || isSweHistory(value['history']);
  return isCompletion || isSweAgent || marks.some((mark) => mark in value);
}

/** SWE-agent names whose history each message is part of, and what kind it is. */
export function isSweHistory(history: Json | undefined): boolean {
  if (!Array.isArray(history) || history.length === 0) return false;
  return (history as readonly Json[]).every(
    (one) =>
      isJsonObject(one) && 'role' in one && 'agent' in one && ('message_type' in one || 'thought' in one),
  );
}
