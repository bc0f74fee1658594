// Flags of recording: what `muster gateway` replays, what it records and from whom, and what it says of stale recordings.
import { MusterError } from '../base/muster-error.ts';
import { cassettes, type RecordMode } from '../llm/cassette/cassettes.ts';
import type { ModelDouble } from '../llm/double.ts';
import type { Provider, Upstreams } from '../llm/cassette/upstream.ts';
import { UsageMarks } from '../llm/cassette/usage-marks.ts';

export interface RecordingFlags {
  readonly cassettes?: string;
  /** True where the flag has no value. */
  readonly record?: string | true;
  readonly upstream?: readonly string[];
  readonly stale?: string;
  readonly keepContacts?: boolean;
  readonly markUsed?: boolean;
}

export interface RecordingSetup {
  readonly model: ModelDouble;
  /** To be called once nothing is replayed any more. */
  readonly finish: () => void;
}

const usualFolder = 'fixtures/cassettes';

/** Null where nothing is said of cassettes. Throws `MusterError`: BAD_USAGE, and what `cassettes` throws. */
export function recordingSetup(flags: RecordingFlags): RecordingSetup | null {
  const mode = modeOf(flags);
  const upstreams = upstreamsOf(flags.upstream ?? []);
  if (mode === 'none' && Object.keys(upstreams).length > 0)
    throw badFlag('--upstream', flags.upstream?.join(' ') ?? '', 'nothing is sent upstream without --record');
  const folder = flags.cassettes ?? (mode === 'none' ? null : usualFolder);
  if (folder === null) return null;
  const marks = flags.markUsed === true ? new UsageMarks(folder) : null;
  return {
    model: cassettes({
      folder,
      mode,
      live: upstreams,
      redaction: flags.keepContacts === true ? 'secrets' : 'secretsAndContacts',
      stale: staleOf(flags.stale ?? 'warn'),
      warn: warnOnStderr,
      onUsed: (recording) => marks?.mark(recording),
    }),
    finish: () => marks?.write(),
  };
}

/** Where warnings of replay go: the output is for base URLs. */
export function warnOnStderr(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}

function modeOf({ record }: RecordingFlags): RecordMode {
  switch (record) {
    case undefined:
      return 'none';
    case true:
      return 'missing';
    case 'none':
    case 'missing':
    case 'all':
      return record;
    default:
      throw badFlag('--record', record, 'it is none, missing or all');
  }
}

function staleOf(text: string): 'warn' | 'miss' {
  if (text === 'warn' || text === 'miss') return text;
  throw badFlag('--stale', text, 'it is warn or miss');
}

const providers: readonly Provider[] = ['openai', 'anthropic', 'gemini'];

function upstreamsOf(texts: readonly string[]): Upstreams {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name = '', url = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      const provider = providers.find((one) => one === name);
      if (provider === undefined || !/^https?:\/\//.test(url) || !URL.canParse(url))
        throw badFlag(
          '--upstream',
          text,
          'an upstream is a provider and its base URL: openai=https://api.openai.com/v1',
        );
      return [provider, url];
    }),
  );
}

function badFlag(place: string, value: string, message: string): MusterError {
  return new MusterError({ code: 'BAD_USAGE', place, message, value });
}
