// Recording: wraps a model double and keeps what it was asked and what it answered, failures too.
import { MusterError } from '../base/muster-error.ts';
import type { Answer, Ask } from '../team/ask.ts';
import type { Random } from '../base/random.ts';
import type { ModelDouble } from './double.ts';
import { FailedCall } from './failed-call.ts';
import { createDigester, type Cassette, type Recorded, type Recording } from './recording.ts';
import { redactJson, type Redaction } from './redaction.ts';

export interface RecordParts {
  readonly of: ModelDouble;
  readonly team: string;
  readonly redaction?: Redaction;
}

export interface Recorder {
  /** Answers as the wrapped double does. */
  readonly double: ModelDouble;
  /** What has been recorded so far, without secrets; `writeCassette` puts it on the disk. */
  cassette(): Cassette;
}

/** The same request at the same turn and attempt is kept once: the last answer counts. */
export function record({ of, team, redaction = 'secrets' }: RecordParts): Recorder {
  const recordings = new Map<string, Recording>();
  const digestOf = createDigester(redaction);
  const keep = (ask: Ask, outcome: Recorded): void => {
    const { agent, turn, attempt } = ask;
    const { key, ask: recorded } = digestOf(ask);
    const kept = { agent, turn, attempt, key, ask: recorded, outcome: redactJson(outcome, redaction) };
    recordings.set(`${key}/${turn}/${attempt}`, kept);
  };
  return {
    double: {
      name: `recorded ${of.name}`,
      answer: (ask, random) => answerAndKeep(of, { ask, random, keep }),
    },
    cassette: () => ({ schemaVersion: 1, team, redaction, recordings: [...recordings.values()] }),
  };
}

/**
 * The recordings of both. Where both recorded the same request at the same turn and attempt, the newer one counts.
 * Throws `MusterError` CASSETTE_MISMATCH for cassettes of different teams or redactions.
 */
export function mergeCassettes(older: Cassette, newer: Cassette): Cassette {
  if (older.team !== newer.team || older.redaction !== newer.redaction) {
    throw new MusterError({
      code: 'CASSETTE_MISMATCH',
      message: `a cassette of '${older.team}' (${older.redaction}) and one of '${newer.team}' (${newer.redaction}) do not go together`,
      hint: 'keep them in two files',
    });
  }
  const merged = new Map<string, Recording>();
  for (const one of [...older.recordings, ...newer.recordings])
    merged.set(`${one.key}/${one.turn}/${one.attempt}`, one);
  return { ...newer, recordings: [...merged.values()] };
}

interface Kept {
  readonly ask: Ask;
  readonly random: Random;
  readonly keep: (ask: Ask, outcome: Recorded) => void;
}

/** Stays synchronous where the double is. */
function answerAndKeep(of: ModelDouble, { ask, random, keep }: Kept): Answer | Promise<Answer> {
  const answered = (answer: Answer): Answer => {
    keep(ask, { kind: 'answer', answer });
    return answer;
  };
  const failed = (error: unknown): never => {
    if (error instanceof FailedCall) keep(ask, { kind: 'failure', failure: error.failure });
    throw error;
  };
  try {
    const answer = of.answer(ask, random);
    return answer instanceof Promise ? answer.then(answered, failed) : answered(answer);
  } catch (error) {
    return failed(error);
  }
}
