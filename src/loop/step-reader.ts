// Reads steps out of events as they come. Echoes in a log, second tries and parallel siblings are no steps of a loop.
import { canonicalJson } from '../base/canonical.ts';
import { Recent } from '../base/recent.ts';
import { totalTokens } from '../team/usage.ts';
import type { TraceEvent, TraceEventOf } from '../trace/event.ts';
import type { Step } from './step.ts';
import { stepText } from './step-text.ts';
import { printOf, type TextPrint } from './text-print.ts';

/** Calls, agents and handoffs that are remembered by name. */
const rememberedMax = 4_096;
/** A log that prints everything so often in a row echoes; more often is a repetition. */
const echoesMax = 3;

interface AgentBook {
  turns: number;
  tokens: number;
  rejections: number;
  /** Calls that its last answer asked for and that did not come yet. */
  siblings: number;
  readonly asked: Set<string>;
}

type Draft = Omit<Step, 'result' | 'failed'>;
type Deed = Pick<Draft, 'agent' | 'kind' | 'scope' | 'tool' | 'edge' | 'manner'> & {
  readonly what: string;
  readonly text: string;
};

export class StepReader {
  #place = 0;
  readonly #agents = new Recent<AgentBook>(rememberedMax);
  readonly #calls = new Recent<Draft | null>(rememberedMax);
  readonly #assignments = new Recent<string>(rememberedMax);
  readonly #gated = new Recent<string>(rememberedMax);
  #lastAgent = '';
  #echo = { text: '', times: 0 };

  /** 1-based place of the last step that was read. */
  get place(): number {
    return this.#place;
  }

  /** The step that this event completes; null for most events. */
  read(event: TraceEvent): Step | null {
    if (event.kind === 'model.answered') return this.#answered(event);
    if (event.kind === 'tool.returned') return this.#returned(event.call, textOf(event.result), false);
    if (event.kind === 'tool.failed') return this.#returned(event.call, event.message, true);
    if (event.kind === 'handoff.sent') return this.#handed(event);
    this.#note(event);
    return null;
  }

  /** What is no step by itself, but says something about those to come. */
  #note(event: TraceEvent): void {
    if (event.kind === 'tool.called') this.#called(event);
    else if (event.kind === 'message.said') this.#said(event);
    else if (event.kind === 'gate.called') this.#gated.set(event.call, event.agent);
    else if (event.kind === 'model.called' && event.assignment !== null)
      this.#assignments.set(event.call, event.assignment);
    else if (event.kind === 'gate.answered' && !event.passed)
      this.#book(this.#gated.get(event.call) ?? this.#lastAgent).rejections += 1;
  }

  #answered(event: TraceEventOf<'model.answered'>): Step | null {
    const name = `answer ${event.call}`;
    if (this.#calls.get(name) !== undefined) return null;
    this.#calls.set(name, null);
    const book = this.#book(event.agent);
    book.tokens += totalTokens(event.usage);
    book.siblings = event.toolCalls.length;
    book.asked.clear();
    this.#lastAgent = event.agent;
    const scope = this.#assignments.get(event.call) ?? '';
    const draft = this.#draft(event, {
      agent: event.agent,
      kind: 'said',
      scope,
      tool: null,
      edge: null,
      manner: null,
      what: '',
      text: stepText(event),
    });
    const isEcho = this.#hears(event.content) && event.usageUnknown === true;
    const isPlain = event.toolCalls.length === 0 && event.content.trim() !== '';
    return isPlain && !isEcho ? { ...draft, result: null, failed: false } : null;
  }

  #called(event: TraceEventOf<'tool.called'>): void {
    if (this.#isSecondTry(event) || this.#calls.get(event.call) !== undefined) return;
    const draft = this.#draft(event, {
      agent: event.agent,
      kind: 'used',
      scope: '',
      tool: event.tool,
      edge: null,
      manner: `${event.agent}\n${event.tool}\n${Object.keys(event.arguments).sort().join(' ')}`,
      what: `${event.tool}\n`,
      text: stepText(event),
    });
    this.#calls.set(event.call, this.#isSibling(event.agent, draft.deed) ? null : draft);
  }

  /** A call that failed and that an answer asks for anew is the agent's own deed, and no second try of the same one. */
  #isSecondTry({ agent, attempt }: TraceEventOf<'tool.called'>): boolean {
    return attempt > 1 && this.#book(agent).siblings === 0;
  }

  /** The same call twice in one answer is one deed. */
  #isSibling(agent: string, deed: string): boolean {
    const book = this.#book(agent);
    if (book.siblings === 0) return false;
    book.siblings -= 1;
    if (book.asked.has(deed)) return true;
    book.asked.add(deed);
    return false;
  }

  #returned(call: string, result: string, failed: boolean): Step | null {
    const draft = this.#calls.get(call);
    if (draft === undefined || draft === null) return null;
    this.#calls.set(call, null);
    return { ...draft, result: printOf(result), failed };
  }

  #handed(event: TraceEventOf<'handoff.sent'>): Step | null {
    const name = `handoff ${event.handoff}`;
    if (event.attempt > 1 || this.#calls.get(name) !== undefined || event.from === event.to) return null;
    this.#calls.set(name, null);
    const edge = `${event.from}->${event.to}`;
    const deed = { agent: event.from, kind: 'handed', scope: '', tool: null, edge, manner: null } as const;
    const draft = this.#draft(event, { ...deed, what: `${edge}\n`, text: stepText(event) });
    return { ...draft, result: null, failed: false };
  }

  /** People and environments speak: it has its place, but it is nothing that an agent did. */
  #said({ content }: TraceEventOf<'message.said'>): void {
    this.#place += 1;
    this.#hears(content);
  }

  /** Whether a log printed the same once more. */
  #hears(text: string): boolean {
    const isSame = text === this.#echo.text;
    this.#echo = { text, times: isSame ? this.#echo.times + 1 : 1 };
    return isSame && this.#echo.times <= echoesMax;
  }

  #draft(event: TraceEvent, { what, text, ...deed }: Deed): Draft {
    const book = this.#book(deed.agent);
    book.turns += 1;
    this.#place += 1;
    const print: TextPrint = printOf(text);
    return {
      place: this.#place,
      seq: event.seq,
      atMs: event.atMs,
      agentTokens: book.tokens,
      turn: book.turns,
      ...deed,
      print,
      rejections: book.rejections,
      deed: `${deed.agent}\n${deed.kind}\n${deed.scope}\n${what}${print.sameness}`,
    };
  }

  #book(agent: string): AgentBook {
    const known = this.#agents.get(agent);
    if (known !== undefined) return known;
    const book: AgentBook = { turns: 0, tokens: 0, rejections: 0, siblings: 0, asked: new Set() };
    this.#agents.set(agent, book);
    return book;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}
