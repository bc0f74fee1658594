// The reader of message logs: a document, one conversation a line, or one message a line.
import { isJsonObject, type Json } from '../../base/json.ts';
import { sameBytes } from '../../base/same-bytes.ts';
import type { FormatReader, StepSink } from '../format.ts';
import { asList, below } from '../reading.ts';
import { broken } from '../source/broken.ts';
import { messageLogIn, placed, type MessageLog } from './message-log.ts';

/** One conversation as it is read. */
export interface LogWriter {
  take(message: Json, place: string): void;
  end(): void;
}

/** `open` begins a conversation; what stands around its messages is in the log. */
export class MessageLogReader implements FormatReader {
  readonly #open: (log: Omit<MessageLog, 'dialect' | 'messages'>) => LogWriter;
  readonly #isMessage: (value: Json) => boolean;
  readonly #sink: StepSink;
  #bare: LogWriter | null = null;
  /** The last conversation: where the next one goes on with it, that one tells it all. */
  #held: MessageLog | null = null;

  constructor(parts: {
    readonly open: (log: Omit<MessageLog, 'dialect' | 'messages'>) => LogWriter;
    /** Whether a record is a message itself, and no conversation. */
    readonly isMessage: (value: Json) => boolean;
    readonly sink: StepSink;
  }) {
    this.#open = parts.open;
    this.#sink = parts.sink;
    this.#isMessage = parts.isMessage;
  }

  read(value: Json, place: string): void {
    if (Array.isArray(value) && areConversations(value as readonly Json[])) {
      (value as readonly Json[]).forEach((one, index) => this.#conversation(one, below(place, index)));
      return;
    }
    if (this.#bare === null && !this.#isMessage(value)) this.#conversation(value, place);
    else {
      this.#bare ??= this.#open({ run: '', around: {}, place });
      this.#bare.take(value, place);
    }
  }

  end(): void {
    this.#tellHeld();
    this.#bare?.end();
  }

  #conversation(value: Json, place: string): void {
    const log = messageLogIn(value, place) ?? brokenLog(value, place);
    if (this.#held !== null && goesOn(this.#held, log))
      this.#sink.skip('conversation', 'the next one holds it, and goes on');
    else this.#tellHeld();
    this.#held = { ...log, run: log.run === '' && place !== '' ? place : log.run };
  }

  #tellHeld(): void {
    const log = this.#held;
    this.#held = null;
    if (log === null) return;
    const writer = this.#open(log);
    for (const { message, place } of log.messages) writer.take(message, place);
    writer.end();
  }
}

/** Requests that are logged one by one, and the states of a graph, grow by what was said since. */
function goesOn(held: MessageLog, next: MessageLog): boolean {
  if (next.messages.length <= held.messages.length) return false;
  return held.messages.every(({ message }, index) => sameBytes(message, next.messages[index]?.message));
}

/** A list of conversations is no conversation, whose members have none in them. */
function areConversations(list: readonly Json[]): boolean {
  const [first] = list;
  return first !== undefined && messageLogIn(list, '') === null && messageLogIn(first, '') !== null;
}

/** What was to be a conversation and is none: its messages are read as far as they go, so that the error says where. */
function brokenLog(value: Json, place: string): MessageLog {
  const keys = isJsonObject(value) ? Object.keys(value) : [];
  const key = ['messages', 'traj', 'trajectory', 'history', 'input', 'output'].find((one) =>
    keys.includes(one),
  );
  if (Array.isArray(value)) return { ...empty, messages: placed(value as readonly Json[], place) };
  if (key === undefined || !isJsonObject(value))
    throw broken(place, 'a message, or a conversation with messages, must stand here', value);
  const at = below(place, key);
  return { ...empty, messages: placed(asList(value[key], at), at) };
}

const empty: MessageLog = { run: '', around: {}, messages: [], place: '', dialect: null };
