// AppWorld: the log of a task as text; what an agent's code brought is printed up to three times on its way back.
import type { Json } from '../../base/json.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { plainLine, SpeakerLog, type SpeakerLine } from '../logs/speaker-log.ts';
import { broken } from '../source/broken.ts';

export const appworld: TraceFormat = {
  name: 'appworld',
  title: 'AppWorld logs: lines of text',
  shapes: ['text'],
  detects: ({ values }) =>
    values.some(
      (line) => typeof line === 'string' && /^(?:Response from|Message to) .+ Agent$/.test(line.trim()),
    ),
  open: (sink) => new LogReader(sink),
};

type HeadKind =
  | 'task'
  | 'response'
  | 'output'
  | 'api'
  | 'message'
  | 'reply'
  | 'enter'
  | 'exit'
  | 'evaluation';

const heads: readonly (readonly [kind: HeadKind, pattern: RegExp])[] = [
  ['task', /^\*{4,} (Task .*?) \*{4,}$/],
  ['api', /^Response from (\w+) API$/],
  ['response', /^Response from (.+)$/],
  ['output', /^(Code Execution Output)$/],
  ['message', /^Message to (.+)$/],
  ['reply', /^Reply from (.+) to .+$/],
  ['enter', /^Entering (.+) message loop$/],
  ['exit', /^Exiting (.+) message loop$/],
  ['evaluation', /^(Evaluation)$/],
];

interface Block {
  readonly kind: HeadKind;
  readonly name: string;
  readonly lines: string[];
  readonly place: string;
}

/**
 * Indentation tells how deep in message loops a line stands: four blanks a loop, and four more for what a block holds.
 * Where a block's result is printed again on its way back, it is skipped as an echo.
 */
class LogReader implements FormatReader {
  readonly #sink: StepSink;
  #log: SpeakerLog;
  #block: Block | null = null;
  #loops: { readonly agent: string; readonly caller: string; readonly place: string }[] = [];
  #speaker = '';
  #results = new Set<string>();
  #told = 0;

  constructor(sink: StepSink) {
    this.#sink = sink;
    this.#log = new SpeakerLog('', sink);
  }

  read(value: Json, place: string): void {
    const line = typeof value === 'string' ? value : '';
    const depth = this.#loops.length * 4;
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const text = line.trim();
    const found = text === '' || indent > depth ? null : headOf(text);
    if (found !== null && (indent === depth || found.kind === 'exit'))
      this.#head({ ...found, lines: [], place });
    else if (
      text === '' ||
      indent > depth ||
      this.#block?.kind === 'task' ||
      this.#block?.kind === 'evaluation'
    )
      this.#block?.lines.push(line.slice(Math.min(indent, depth + 4)));
    else throw broken(place, 'this stands under no head of the log', text);
  }

  end(): void {
    this.#close();
    const open = this.#loops.at(-1);
    if (open !== undefined)
      throw broken(open.place, `the message loop of ${open.agent} that begins here does not end`);
    if (this.#told === 0) throw broken('', 'no agent says anything in this log');
  }

  #head(block: Block): void {
    this.#close();
    if (block.kind === 'enter') {
      this.#loops.push({ agent: block.name, caller: this.#speaker, place: block.place });
      this.#sink.skip('message loop', 'its head is no step');
    } else if (block.kind === 'exit') this.#exit(block);
    else this.#block = block;
  }

  #exit({ name, place }: Block): void {
    const loop = this.#loops.pop();
    if (loop?.agent !== name) throw broken(place, 'a message loop ends that did not begin', name);
    this.#speaker = loop.caller;
    this.#sink.skip('message loop', 'its head is no step');
  }

  #close(): void {
    const block = this.#block;
    this.#block = null;
    if (block === null) return;
    const content = block.lines.join('\n').trim();
    switch (block.kind) {
      case 'task':
        return this.#tell(block, { agent: 'user', kind: 'user', content });
      case 'response':
        return this.#response(block, content);
      case 'output':
        return this.#output(block, content);
      case 'api':
      case 'message':
        return this.#passedOn(block, content);
      case 'reply':
        return this.#reply(block, content);
      case 'evaluation':
        return this.#sink.skip('evaluation', 'it was made after the run');
      case 'enter':
      case 'exit':
        return undefined;
    }
  }

  #response(block: Block, content: string): void {
    this.#speaker = block.name;
    this.#results.clear();
    this.#tell(block, {
      agent: block.name,
      kind: 'call',
      tool: 'code',
      content: JSON.stringify({ code: content }),
    });
  }

  /** Code that calls another agent brings its result only once that agent is through. */
  #output(block: Block, content: string): void {
    if (content.startsWith('# CallExtension')) {
      this.#sink.skip('call of an agent', 'its message loop tells it');
      return;
    }
    this.#result(block, content);
  }

  /** To the agent of a loop that just began it is the task; otherwise what its code brought, told again or not. */
  #passedOn(block: Block, content: string): void {
    const loop = this.#loops.at(-1);
    if (
      block.kind === 'message' &&
      loop?.agent === block.name &&
      this.#speaker === loop.caller &&
      loop.caller !== block.name
    ) {
      this.#speaker = block.name;
      this.#results.clear();
      this.#sink.step({
        ...placeOf(block, loop.caller),
        kind: 'handoff',
        from: loop.caller,
        to: block.name,
        payload: { content },
      });
      this.#told += 1;
    } else if (this.#results.has(content))
      this.#sink.skip('printed reply', 'the log prints it on its way back');
    else this.#result(block, content);
  }

  /** What an agent says at the end of its loop goes back to its caller, for whom it is the result of the call. */
  #reply(block: Block, content: string): void {
    const caller = this.#loops.at(-1)?.caller ?? null;
    this.#results.add(content);
    this.#tell(block, { agent: block.name, kind: 'words', content, to: caller });
  }

  #result(block: Block, content: string): void {
    this.#results.add(content);
    const failed = content.startsWith('Execution failed');
    this.#tell(block, { agent: this.#speaker, kind: 'result', content, failed });
  }

  #tell(block: Block, line: Pick<SpeakerLine, 'agent' | 'kind' | 'content'> & Partial<SpeakerLine>): void {
    this.#told += 1;
    this.#log.take({ ...plainLine, ...line, place: block.place });
  }
}

function placeOf(
  { place }: Block,
  agent: string,
): { run: string; id: null; parent: null; agent: string; startMs: null; endMs: null; place: string } {
  return { run: '', id: null, parent: null, agent, startMs: null, endMs: null, place };
}

function headOf(text: string): { readonly kind: HeadKind; readonly name: string } | null {
  for (const [kind, pattern] of heads) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return { kind, name };
  }
  return null;
}
