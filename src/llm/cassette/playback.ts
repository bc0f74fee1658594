// The playback: a model double that gives each agent the answers recorded of it, in their order, whatever it asks now.
import { MusterError } from '../../base/muster-error.ts';
import { argumentsText, type Ask, type Message } from '../../team/ask.ts';
import { given } from './cassette.ts';
import type { ModelDouble } from '../double.ts';
import { FailedCall } from '../failed-call.ts';
import {
  askChanges,
  createDigester,
  promptText,
  type AskDigest,
  type Cassette,
  type Recorded,
  type Recording,
} from './recording.ts';

export interface PlaybackParts {
  readonly cassette: Cassette;
}

/**
 * For running a team into an incident again. An answer goes by agent and turn alone; where the ask is another one than
 * was recorded, as far as the recording knows it, the trace and the report tell that. Beyond the last recorded turn calls
 * fail, and that is told too: nothing is made up. An agent of whom nothing is recorded is a mistake (`MusterError`
 * PLAYBACK_UNKNOWN_AGENT): a team that gets no answers never goes round, and would pass.
 */
export function playback({ cassette }: PlaybackParts): ModelDouble {
  const reel = new Reel(cassette);
  const digestOf = createDigester(cassette.redaction);
  return {
    name: `playback of ${cassette.team}`,
    answer: (ask, _random, request) => {
      reel.expect(ask.agent);
      return given(reel.outcome(ask), request);
    },
    divergence: (ask, request) => reel.divergence(ask, digestOf(ask, request)),
  };
}

/** The recordings of a cassette, by agent and turn. */
export class Reel {
  readonly #recordings = new Map<string, Recording[]>();
  readonly #prompts: NonNullable<Cassette['prompts']>;
  readonly #redaction: Cassette['redaction'];

  constructor({ recordings, prompts = {}, redaction }: Cassette) {
    this.#prompts = prompts;
    this.#redaction = redaction;
    for (const recording of recordings) {
      const own = this.#recordings.get(recording.agent);
      if (own === undefined) this.#recordings.set(recording.agent, [recording]);
      else own.push(recording);
    }
  }

  /** Throws `MusterError` PLAYBACK_UNKNOWN_AGENT. */
  expect(agent: string): void {
    if (this.#recordings.has(agent)) return;
    throw new MusterError({
      code: 'PLAYBACK_UNKNOWN_AGENT',
      place: `agent '${agent}'`,
      message: this.#silence(agent, 1),
      hint: 'name the agent as the recording does: in agents, and in the rules that tell whose a call is (attribution)',
    });
  }

  /** What came of the call; throws `FailedCall` where none is recorded. */
  outcome({ agent, turn, attempt }: Pick<Ask, 'agent' | 'turn' | 'attempt'>): Recorded {
    const recording = this.#of(agent, turn, attempt);
    if (recording === null) throw overrun(this.#silence(agent, turn));
    return recording.outcome;
  }

  /** What differs; null where the ask is the recorded one, or the recording does not know what was asked. */
  divergence({ agent, turn, attempt, messages }: Ask, { ask: present }: AskDigest): string | null {
    const recording = this.#of(agent, turn, attempt);
    if (recording === null) return this.#silence(agent, turn);
    const { ask: recorded } = recording;
    if (recorded.messages.length === 0) return null;
    const what = [
      ...changesKnown(recording, present).map((name) =>
        name === 'system prompt' ? this.#promptChange(recorded.system, messages) : `another ${name}`,
      ),
      ...firstDifference(recorded.messages, present.messages),
    ];
    return what.length === 0 ? null : what.join('; ');
  }

  /** How it differs where the cassette holds the recorded one. */
  #promptChange(recorded: string, messages: readonly Message[]): string {
    const before = this.#prompts[recorded];
    if (before === undefined) return 'another system prompt';
    const now = promptText(messages, this.#redaction);
    return `another system prompt: recorded ${excerpt(before, now)}, asked ${excerpt(now, before)}`;
  }

  /** Of a turn, the attempt asked for, else the last one before it. */
  #of(agent: string, turn: number, attempt: number): Recording | null {
    let best: Recording | null = null;
    for (const one of this.#recordings.get(agent) ?? [])
      if (one.turn === turn && one.attempt <= attempt && one.attempt > (best?.attempt ?? 0)) best = one;
    return best;
  }

  #silence(agent: string, turn: number): string {
    const turns = (this.#recordings.get(agent) ?? []).map((one) => one.turn);
    const known = [...this.#recordings.keys()].map((name) => `'${name}'`).join(', ');
    return turns.length === 0
      ? `nothing is recorded of this agent; recorded are ${known}`
      : `turn ${turn} is asked for, and ${Math.max(...turns)} were recorded`;
  }
}

function overrun(message: string): FailedCall {
  return new FailedCall({ reason: 'badRequest', status: 400, retryable: false, message });
}

/** What production logs leave out (settings, often tools and the model) is no difference. */
function changesKnown({ ask }: Recording, present: AskDigest['ask']): readonly string[] {
  return askChanges(ask, present).flatMap((name) => {
    const part = partOf[name];
    const isKnown = part !== undefined && ask[part] !== 'none' && ask[part] !== 'unknown';
    return isKnown ? [name] : [];
  });
}

const partOf: Readonly<Record<string, 'system' | 'tools' | 'schema' | 'model'>> = {
  'system prompt': 'system',
  tools: 'tools',
  'response schema': 'schema',
  model: 'model',
};

const excerptChars = 60;

function firstDifference(recorded: readonly Message[], asked: readonly Message[]): readonly string[] {
  const length = Math.max(recorded.length, asked.length);
  for (let at = 0; at < length; at += 1) {
    const [before, now] = [textOf(recorded[at]), textOf(asked[at])];
    if (before !== now)
      return [`message ${at + 1}: recorded ${excerpt(before, now)}, asked ${excerpt(now, before)}`];
  }
  return [];
}

/** Logs name tools where the wire does not: names of results do not count. */
function textOf(message: Message | undefined): string {
  if (message === undefined) return '(none)';
  const calls = message.role === 'assistant' ? message.toolCalls : [];
  const told = calls.map((call) => ` ${call.name}(${argumentsText(call)})`);
  return `${message.role}: ${message.content}${told.join('')}`;
}

/** From shortly before the place where the two part. */
function excerpt(text: string, other: string): string {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at += 1;
  const start = Math.max(0, at - excerptChars / 3);
  return JSON.stringify(`${start > 0 ? '…' : ''}${text.slice(start, start + excerptChars)}`);
}
