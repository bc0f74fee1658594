// Reading replies: what the wires of all providers have in common when a real one has answered.
import { createParser } from 'eventsource-parser';
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Read, StreamEvent } from './codec.ts';

/** The events of a whole stream of server-sent events; what is not one is passed over, as clients do. */
export function streamEvents(text: string): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  const parser = createParser({ onEvent: ({ event, data }) => events.push({ event: event ?? null, data }) });
  parser.feed(text);
  parser.reset({ consume: true });
  return events;
}

/** The object of an event's data; null for `[DONE]` and whatever else is none. */
export function dataOf(data: string): JsonObject | null {
  try {
    const value = JSON.parse(data) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    // A frame that is no JSON says nothing.
    return null;
  }
}

/** A stream that ended before it said that it did. */
export function cutShort(): Read {
  const message = 'the stream ended before the answer was whole';
  return { kind: 'failure', failure: { reason: 'cut', message, retryable: true } };
}
