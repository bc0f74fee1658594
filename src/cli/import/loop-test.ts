// From loop to test: an imported trace that loops becomes a cassette, a trace, a regression and a suite of the project.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MusterError } from '../../base/muster-error.ts';
import { incidentCassette } from '../../campaign/incident/incident-cassette.ts';
import { incidentScenario, incidentSuite } from '../../campaign/incident/incident-suite.ts';
import { calmPlan } from '../../campaign/regression.ts';
import { faultyLoops } from '../../check/loops.ts';
import type { ImportedAsk, Imported } from '../../import/imported.ts';
import { cassetteText } from '../../llm/cassette-file.ts';
import { redactJson } from '../../llm/redaction.ts';
import { traceLines } from '../../trace/trace-file.ts';
import type { Loop } from '../../loop/loop.ts';
import type { Trace } from '../../trace/trace.ts';
import { writeScanned } from './trace-output.ts';

export interface LoopTestFlags {
  /** Names the files; the file's own name where null. */
  readonly name: string | null;
  /** The project's folder. */
  readonly out: string;
}

export interface LoopTest {
  readonly name: string;
  /** Relative to `out`, in the order in which they were written. */
  readonly paths: readonly string[];
  readonly why: string;
  readonly scenario: string;
  /** Model calls of which the file holds what they were asked, of all. */
  readonly asksKnown: number;
  readonly asks: number;
}

/** Writes all files or none. Throws IMPORT_NO_LOOP, IMPORT_EXISTS, IMPORT_SECRET_LEFT. */
export function writeLoopTest(file: string, imported: Imported, flags: LoopTestFlags): LoopTest {
  const { trace, loop, asks } = looping(file, imported);
  const name = slug(flags.name ?? basename(file).replace(/\.[^.]*$/, ''));
  const why = loopText(loop);
  const texts = textsOf({ name, why, trace: redactJson(trace, 'secrets'), asks });
  writeAll(flags.out, texts);
  return {
    name,
    paths: Object.keys(texts),
    why,
    scenario: incidentScenario(name),
    asksKnown: asks.filter(({ input }) => input !== null).length,
    asks: trace.events.filter(({ kind }) => kind === 'model.called').length,
  };
}

/** The first run of the file that loops, and its first loop. */
function looping(
  file: string,
  { runs, asks }: Imported,
): { readonly trace: Trace; readonly loop: Loop; readonly asks: readonly ImportedAsk[] } {
  let at = 0;
  for (const trace of runs) {
    const calls = trace.events.filter(({ kind }) => kind === 'model.called').length;
    const own = asks.slice(at, at + calls);
    at += asks.length === 0 ? 0 : calls;
    const [loop] = faultyLoops(trace);
    if (loop !== undefined) return { trace, loop, asks: own };
  }
  throw new MusterError({
    code: 'IMPORT_NO_LOOP',
    place: file,
    message: `nobody goes round and round in ${runs.length === 1 ? 'this trace' : `these ${runs.length} traces`}, so a test would pass from the start`,
    hint: 'nothing was written; without --as the trace is told as it is',
  });
}

function loopText({ kind, agents, firstStep, period, repetitions, tokens, reason }: Loop): string {
  return `${kind} of ${agents.join(', ')} from step ${firstStep}, period ${period}, ${repetitions} times, ${tokens} tokens: ${reason}`;
}

interface TextParts {
  readonly name: string;
  readonly why: string;
  readonly trace: Trace;
  readonly asks: readonly ImportedAsk[];
}

/** By path; the suite comes last, for it needs the others. */
function textsOf({ name, why, trace, asks }: TextParts): Readonly<Record<string, string>> {
  const regression = {
    schemaVersion: 1,
    id: name,
    scenario: incidentScenario(name),
    seed: trace.seed,
    plan: calmPlan,
    outcome: 'absorbed',
    why: `expected no loop: ${why}`,
  };
  return {
    [join('fixtures', 'cassettes', `${name}.json`)]: cassetteText(incidentCassette(trace, asks)),
    [join('fixtures', 'traces', `${name}.ndjson`)]: [...traceLines([trace])].join(''),
    [join('fixtures', 'regressions', `${name}.json`)]: `${JSON.stringify(regression, null, 2)}\n`,
    [join('suites', `${name}.suite.ts`)]: incidentSuite({ name, why }),
  };
}

/** What is there already is somebody's work: it is never written over. */
function writeAll(root: string, texts: Readonly<Record<string, string>>): void {
  const paths = Object.keys(texts).map((path) => join(root, path));
  const there = paths.find((path) => existsSync(path));
  if (there !== undefined)
    throw new MusterError({
      code: 'IMPORT_EXISTS',
      place: there,
      message: 'a file of this name is there already, so nothing was written',
      hint: '--name gives the test another name',
    });
  try {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeScanned(text, { path: join(root, path), redaction: 'secrets' });
    }
  } catch (error) {
    for (const path of paths) rmSync(path, { force: true });
    throw error;
  }
}

const nameLengthMax = 60;

/** A foreign name as a file may have it: no path, no code. */
function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, nameLengthMax)
    .replaceAll(/^-+|-+$/g, '');
  return plain === '' ? 'incident' : plain;
}
