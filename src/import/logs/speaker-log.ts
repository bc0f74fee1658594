// A speaker log: a conversation of several agents, told by who says what; each line one step.
import type { Json } from '../../base/json.ts';
import type { Usage } from '../../team/usage.ts';
import { toolArguments } from '../dialect/pieces.ts';
import { unpacked } from '../dialect/unpacked.ts';
import type { StepSink } from '../format.ts';
import type { Said, StepBody } from '../step.ts';
import { stepAt } from '../step-at.ts';

/** What a line is: words of a model, a tool that it asks for, what came of it, a handoff, or words of somebody else. */
export type LineKind = 'words' | 'call' | 'result' | 'handoff' | 'system' | 'user' | 'environment';

export interface SpeakerLine {
  readonly agent: string;
  readonly kind: LineKind;
  /** Whom the words are for, where the line says so: they are handed over. */
  readonly to: string | null;
  readonly content: string;
  /** What the model says beside a call. */
  readonly words: string;
  /** Of a call or a result; null: not told. */
  readonly tool: string | null;
  /** Joins a call with its result; null: not told. */
  readonly callId: string | null;
  readonly failed: boolean;
  readonly startMs: number | null;
  readonly usage: Usage | null;
  readonly place: string;
}

/** One of the calls of an answer; `content`: its arguments, as a text. */
export type AskedTool = Pick<SpeakerLine, 'tool' | 'callId' | 'content'>;

/** What lines of few words leave open. */
export const plainLine = {
  to: null,
  words: '',
  tool: null,
  callId: null,
  failed: false,
  startMs: null,
  usage: null,
} as const;

/** A tool that nobody names. */
const namelessTool = 'code';

export class SpeakerLog {
  readonly #run: string;
  readonly #sink: StepSink;
  /** The tools of calls, for results that do not name them. */
  readonly #tools = new Map<string, string>();
  #calls = 0;
  /** The last call whose result did not come yet. */
  #open: { readonly id: string; readonly tool: string; readonly agent: string } | null = null;

  constructor(run: string, sink: StepSink) {
    this.#run = run;
    this.#sink = sink;
  }

  take(line: SpeakerLine): void {
    switch (line.kind) {
      case 'words':
        this.#tell(line, modelBody(line, { text: line.content }));
        if (line.to !== null) this.#handOver(line, line.to);
        return;
      case 'handoff':
        return this.#handOver(line, line.to ?? 'unknown');
      case 'call':
        return this.ask(line, [line]);
      case 'result':
        return this.#result(line);
      case 'user':
      case 'system':
      case 'environment':
        if (line.content !== '')
          this.#tell(line, { kind: 'message', role: line.kind, to: line.to, content: line.content });
        return;
    }
  }

  /** Calls that a model asks for in one answer. */
  ask(line: Omit<SpeakerLine, 'kind' | 'content'>, calls: readonly AskedTool[]): void {
    const toolCalls = calls.map((call) => this.#called(line.agent, call));
    this.#tell(line, modelBody(line, { text: line.words, toolCalls }));
  }

  #called(agent: string, { callId, tool, content }: AskedTool): Said['toolCalls'][number] {
    this.#calls += 1;
    const id = callId ?? `call ${this.#calls}`;
    const name = tool ?? namelessTool;
    this.#open = { id, tool: name, agent };
    if (callId !== null) this.#tools.set(id, name);
    const { argumentsText, ...args } = toolArguments(content);
    return { id, name, arguments: argumentsText === undefined ? args.arguments : { text: content } };
  }

  /** Where several results follow one call, the later ones are results of that call told on. */
  #result(line: SpeakerLine): void {
    const { callId } = line;
    const named = callId === null ? null : (this.#tools.get(callId) ?? null);
    if (callId !== null) this.#tools.delete(callId);
    const open = callId === null ? this.#open : { id: callId, tool: line.tool ?? named, agent: null };
    const tool = line.tool ?? open?.tool ?? null;
    this.#open = null;
    if (open === null && tool === null) {
      this.take({ ...line, kind: 'environment' });
      return;
    }
    const result: Json = unpacked(line.content);
    this.#tell(
      { ...line, agent: open?.agent ?? line.agent },
      {
        kind: 'tool',
        tool: tool ?? namelessTool,
        callId: open?.id ?? null,
        arguments: {},
        result: line.failed ? null : result,
        error: line.failed ? line.content : null,
      },
    );
  }

  #handOver(line: SpeakerLine, to: string): void {
    this.#tell(line, { kind: 'handoff', from: line.agent, to, payload: { content: line.content } });
  }

  #tell({ agent, startMs, place }: Pick<SpeakerLine, 'agent' | 'startMs' | 'place'>, body: StepBody): void {
    const at = { run: this.#run, id: null, parent: null, agent, startMs, endMs: null, place };
    this.#sink.step(stepAt(at, body));
  }
}

function modelBody(
  { usage }: Pick<SpeakerLine, 'usage'>,
  said: Partial<Pick<Said, 'text' | 'toolCalls'>>,
): StepBody {
  const { text = '', toolCalls = [] } = said;
  return {
    kind: 'model',
    model: null,
    input: null,
    offers: [],
    said: { text, toolCalls, finishReason: null, refusal: null, reasoning: null },
    usage,
    error: null,
  };
}

/** Who is no agent with a model: a person, or the machine that runs what agents write. */
export function bystander(name: string): 'user' | 'environment' | 'system' | null {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (['user', 'human', 'userproxy', 'customer'].includes(plain)) return 'user';
  if (['system', 'chatmanager', 'groupchatmanager'].includes(plain)) return 'system';
  if (
    ['computerterminal', 'environment', 'terminal', 'executor', 'codeexecutor', 'codeexecutoragent'].includes(
      plain,
    )
  )
    return 'environment';
  return null;
}
