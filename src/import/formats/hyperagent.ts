// HyperAgent: the log of a run as lines of text, or within a document; each reply is printed as often as loggers are on.
import { isJsonObject, type Json } from '../../base/json.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { plainLine, SpeakerLog } from '../logs/speaker-log.ts';
import { asList, asObject, below } from '../reading.ts';
import { broken } from '../source/broken.ts';

export const hyperagent: TraceFormat = {
  name: 'hyperagent',
  title: 'HyperAgent logs: lines of text, or {trajectory: [lines]}',
  shapes: ['document', 'text'],
  detects: ({ shape, values }) =>
    shape === 'text' ? values.some(isHead) : values.every((value) => linesIn(value)?.some(isHead) === true),
  open: (sink) => new LogReader(sink),
};

const head = /^HyperAgent_?\S* - ([A-Z]+) - (.*)$/s;

function isHead(line: Json): boolean {
  return typeof line === 'string' && head.test(line);
}

function linesIn(value: Json): readonly Json[] | null {
  const lines = isJsonObject(value) ? (value['trajectory'] ?? value['log'] ?? null) : value;
  return Array.isArray(lines) ? (lines as readonly Json[]) : null;
}

interface Block {
  readonly speaker: string;
  readonly to: string | null;
  readonly lines: string[];
  readonly place: string;
}

/**
 * A run that begins anew adds a logger, and each adds one print of every reply: so many beginnings stand in a row. Of a
 * reply that stands n times in a row, n divided by the loggers are replies, and the rest are prints.
 */
class LogReader implements FormatReader {
  readonly #sink: StepSink;
  readonly #log: SpeakerLog;
  #loggers = 0;
  #starting = false;
  #block: Block | null = null;
  #last: { readonly block: Block; prints: number } | null = null;
  #told = 0;

  constructor(sink: StepSink) {
    this.#sink = sink;
    this.#log = new SpeakerLog('', sink);
  }

  read(value: Json, place: string): void {
    if (typeof value === 'string') {
      this.#line(value, place);
      return;
    }
    const key = isJsonObject(value) && 'log' in value && !('trajectory' in value) ? 'log' : 'trajectory';
    const list = Array.isArray(value) ? place : below(place, key);
    const lines = Array.isArray(value)
      ? (value as readonly Json[])
      : asList(asObject(value, place)[key], list);
    lines.forEach((line, index) => {
      if (typeof line !== 'string')
        throw broken(below(list, index), 'a line of the log must stand here', line);
      this.#line(line, below(list, index));
    });
  }

  end(): void {
    this.#closeBlock();
    this.#flush();
    if (this.#told === 0) throw broken('', 'no agent says anything in this log');
  }

  #line(line: string, place: string): void {
    const [, level, text] = head.exec(line) ?? [];
    if (level === undefined || text === undefined) {
      if (this.#block === null && line.trim() !== '' && !this.#starting)
        throw broken(place, 'a line of HyperAgent must stand here', line);
      this.#block?.lines.push(line);
      return;
    }
    this.#closeBlock();
    if (text.startsWith('Initialized HyperAgent')) this.#start();
    else this.#speak(text, place);
  }

  #start(): void {
    this.#flush();
    this.#loggers = this.#starting ? this.#loggers + 1 : 1;
    this.#starting = true;
  }

  #speak(text: string, place: string): void {
    const [, speaker, to, first] = /^([\w-]+?)(?:->([\w-]+)|'s Response): ?(.*)$/s.exec(text) ?? [];
    if (speaker === undefined || first === undefined) {
      this.#sink.skip('log line', 'no agent says it');
      return;
    }
    this.#starting = false;
    this.#block = { speaker, to: to ?? null, lines: [first], place };
  }

  #closeBlock(): void {
    const block = this.#block;
    this.#block = null;
    if (block === null) return;
    if (this.#last !== null && isSame(this.#last.block, block)) this.#last.prints += 1;
    else {
      this.#flush();
      this.#last = { block, prints: 1 };
    }
  }

  #flush(): void {
    if (this.#last === null) return;
    const { block, prints } = this.#last;
    this.#last = null;
    const replies = Math.ceil(prints / Math.max(1, this.#loggers));
    for (let print = replies; print < prints; print += 1)
      this.#sink.skip('printed reply', 'the log prints each reply once a logger');
    const content = wordsOf(block);
    for (let reply = 0; reply < replies; reply += 1) {
      this.#told += 1;
      this.#log.take({
        ...plainLine,
        agent: block.speaker,
        to: block.to,
        kind: 'words',
        content,
        place: block.place,
      });
    }
  }
}

function isSame(one: Block, other: Block): boolean {
  return one.speaker === other.speaker && one.to === other.to && wordsOf(one) === wordsOf(other);
}

function wordsOf({ lines }: Block): string {
  return lines.join('\n').trim();
}
