// Tests of traces on disk: what redaction takes out, and what stops the writing when it has missed something.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Recorder } from '../../engine/recorder.ts';
import type { Trace } from '../../trace/trace.ts';
import { writeOtlp, writeTraces, type TraceOutput } from './trace-output.ts';

const key = `sk-${'a1'.repeat(12)}`;

function traceWith(message: string): Trace {
  const recorder = new Recorder();
  recorder.add({ kind: 'mission.started', mission: 'm', team: 't', pins: {} }, 0, 0);
  recorder.add({ kind: 'mission.ended', end: 'done', reason: message, contextVersion: 0, context: {} }, 1, 0);
  return {
    schemaVersion: 1,
    subject: 's',
    mission: { id: 'm', goal: message, input: {}, context: {} },
    team: null,
    seed: 1,
    startedAtMs: 0,
    events: recorder.events,
    result: null,
    audit: null,
    state: null,
  };
}

const writers = [
  ['NDJSON', 'trace.ndjson', writeTraces],
  ['one document', 'trace.json', writeTraces],
  ['OTLP', 'trace.otlp.json', writeOtlp],
] as const;

describe.for(writers)('a trace written as %s', ([, name, write]) => {
  const path = (): string => join(mkdtempSync(join(tmpdir(), 'trace-output-')), name);
  /** Redaction with a hole in it. */
  const blind: Pick<TraceOutput, 'redaction' | 'clean'> = { redaction: 'secrets', clean: (traces) => traces };

  it('is not written where the scan finds a secret that redaction has left, and the line is named', () => {
    const fresh = path();
    const code = 'IMPORT_SECRET_LEFT';
    expect(() => write([traceWith(key)], { path: fresh, ...blind })).toThrowError(
      expect.objectContaining({ code, place: expect.stringMatching(/ line \d+$/) as string }),
    );
    expect(existsSync(fresh)).toBe(false);
    writeFileSync(fresh, 'as it was');
    expect(() => write([traceWith(key)], { path: fresh, ...blind })).toThrowError(
      expect.objectContaining({ code }),
    );
    expect(readFileSync(fresh, 'utf8')).toBe('as it was');
  });

  it('is written where nothing is left, by redaction or because nothing was there', () => {
    const [redacted, harmless] = [path(), path()];
    write([traceWith(key)], { path: redacted, redaction: 'secrets' });
    expect(readFileSync(redacted, 'utf8')).toContain('[redacted:api-key]');
    expect(readFileSync(redacted, 'utf8')).not.toContain(key);
    write([traceWith('no secret at all')], { path: harmless, ...blind });
    expect(readFileSync(harmless, 'utf8')).toContain('no secret at all');
  });

  it('holds secrets where the user asks for that', () => {
    const whole = path();
    write([traceWith(key)], { path: whole, redaction: 'nothing' });
    expect(readFileSync(whole, 'utf8')).toContain(key);
  });
});
