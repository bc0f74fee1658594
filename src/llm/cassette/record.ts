// Recording: wraps a model double and keeps what it was asked and what it answered, failures too.
import { MusterError } from '../../base/muster-error.ts';
import type { Random } from '../../base/random.ts';
import type { Answer, Ask } from '../../team/ask.ts';
import { credentialsOf } from '../redaction/credentials.ts';
import type { ModelDouble, ModelRequest } from '../double.ts';
import { FailedCall } from '../failed-call.ts';
import {
  bodyOfText,
  createDigester,
  recordingName,
  textOfBody,
  type Cassette,
  type Recorded,
  type Recording,
} from './recording.ts';
import { redactBody } from '../redaction/redact-body.ts';
import { redactJson, type Redaction } from '../redaction/redaction.ts';
import { isSent, type SentReply } from '../sent-reply.ts';

export const usualRedaction: Redaction = 'secretsAndContacts';

export interface RecordParts {
  readonly of: ModelDouble;
  readonly team: string;
  /** Absent: secrets and contacts. */
  readonly redaction?: Redaction;
  /** Hears of every recording as it is made. */
  readonly onRecorded?: (recording: Recording) => void;
}

export interface Recorder {
  /** Answers as the wrapped double does. */
  readonly double: ModelDouble;
  /** What has been recorded so far, without secrets; `writeCassette` puts it on the disk. */
  cassette(): Cassette;
}

/** The same request at the same turn and attempt is kept once: the last answer counts. */
export function record({ of, team, redaction = usualRedaction, onRecorded }: RecordParts): Recorder {
  const recordings = new Map<string, Recording>();
  const digestOf = createDigester(redaction);
  const keep: Keep = (ask, request, outcome) => {
    const { agent, turn, attempt } = ask;
    const kept = {
      agent,
      turn,
      attempt,
      ...digestOf(ask, request),
      outcome: cleaned(outcome, redaction, request),
    };
    recordings.set(recordingName(kept), kept);
    onRecorded?.(kept);
  };
  return {
    double: {
      name: `recorded ${of.name}`,
      answer: (ask, random, request) => answerAndKeep(of, { ask, random, request, keep }),
    },
    cassette: () => ({ schemaVersion: 1, team, redaction, recordings: [...recordings.values()] }),
  };
}

/** What came over the wire is cleaned as the text that it was: a stream may tell a secret in pieces. */
function cleaned(outcome: Recorded, redaction: Redaction, request: ModelRequest | undefined): Recorded {
  const known = request === undefined ? [] : credentialsOf(request);
  if (outcome.kind !== 'sent') return redactJson(outcome, redaction, known);
  return {
    ...outcome,
    headers: redactJson(outcome.headers, redaction, known),
    body: bodyOfText(redactBody(textOfBody(outcome.body), redaction, known)),
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
  for (const one of [...older.recordings, ...newer.recordings]) merged.set(recordingName(one), one);
  return { ...newer, recordings: [...merged.values()] };
}

type Keep = (ask: Ask, request: ModelRequest | undefined, outcome: Recorded) => void;

interface Kept {
  readonly ask: Ask;
  readonly random: Random;
  readonly request: ModelRequest | undefined;
  readonly keep: Keep;
}

/** Stays synchronous where the double is. */
function answerAndKeep(of: ModelDouble, { ask, random, request, keep }: Kept): Answer | Promise<Answer> {
  const answered = (answer: Answer): Answer => {
    keep(ask, request, isSent(answer) ? sentOutcome(answer.sent) : { kind: 'answer', answer });
    return answer;
  };
  const failed = (error: unknown): never => {
    if (error instanceof FailedCall) {
      const { failure, sent } = error;
      keep(ask, request, sent === null ? { kind: 'failure', failure } : sentOutcome(sent));
    }
    throw error;
  };
  try {
    const answer = of.answer(ask, random, request);
    return answer instanceof Promise ? answer.then(answered, failed) : answered(answer);
  } catch (error) {
    return failed(error);
  }
}

function sentOutcome({ status, headers, text }: SentReply): Recorded {
  return { kind: 'sent', status, headers, body: bodyOfText(text) };
}
