// muster's own traces: heads and events, one a line; or whole traces as JSON documents.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { eventFault } from '../../trace/event-shape.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { traceMark } from '../../trace/trace-file.ts';
import type { FormatReader, StepSink, TraceFormat, TraceHead } from '../format.ts';
import { asObject, below, listIn, neededText, objectIn } from '../reading.ts';
import { broken } from '../source/broken.ts';

export const muster: TraceFormat = {
  name: 'muster',
  title: "muster's own traces, as NDJSON or JSON",
  shapes: ['records'],
  detects: ({ values: [first] }) => isJsonObject(first) && first['muster'] === traceMark.muster,
  open: (sink) => new MusterReader(sink),
};

class MusterReader implements FormatReader {
  readonly #sink: StepSink;
  #runs = 0;
  #seq = 0;

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    const record = asObject(value, place);
    if (record['muster'] === undefined) this.#event(record, place);
    else this.#head(record, place);
  }

  end(): void {
    if (this.#runs === 0) throw broken('', 'the head of a trace is missing');
  }

  #head(record: JsonObject, place: string): void {
    this.#runs += 1;
    this.#seq = 0;
    this.#sink.head(this.#run, headOf(record, place));
    listIn(record, 'events', place).forEach((event, index) =>
      this.#event(event, below(below(place, 'events'), index)),
    );
  }

  #event(value: Json, place: string): void {
    const fault =
      this.#runs === 0 ? { field: '', message: 'a head must come before its events' } : eventFault(value);
    if (fault !== null)
      throw broken(fault.field === '' ? place : below(place, fault.field), fault.message, value);
    const event = value as unknown as TraceEvent;
    this.#seq += 1;
    if (event.seq !== this.#seq)
      throw broken(
        below(place, 'seq'),
        `events are numbered without gaps, and this must be ${this.#seq}`,
        event.seq,
      );
    this.#sink.event(this.#run, event);
  }

  get #run(): string {
    return String(this.#runs);
  }
}

/** What muster wrote itself is trusted for its inner shapes; its version is not. */
export function headOf(record: JsonObject, place: string): TraceHead {
  if (record['version'] !== traceMark.version)
    throw broken(
      below(place, 'version'),
      `version ${traceMark.version} can be read`,
      record['version'] ?? null,
    );
  const mission = objectIn(record, 'mission', place) ?? {};
  neededText(mission, 'id', below(place, 'mission'));
  neededText(record, 'subject', place);
  const kept = Object.entries(record).filter(([key]) => !notOfHead.includes(key));
  return Object.fromEntries(kept) as unknown as TraceHead;
}

const notOfHead = ['muster', 'version', 'events'];
