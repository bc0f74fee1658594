// An ad-hoc subject: what `muster run --subject` was told, complete, as it is kept for `muster replay`.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { environmentVariable } from '../../base/environment.ts';
import { MusterError } from '../../base/muster-error.ts';
import { parsePlan } from '../../chaos/parse-plan.ts';
import type { Plan } from '../../chaos/plan.ts';
import { childProcess } from '../../child/child-process.ts';
import type { Subject } from '../../engine/run.ts';
import type { RunSetup } from '../../gateway/run-setup.ts';
import { scriptSetup } from '../../gateway/script-setup.ts';
import type { Random } from '../../base/random.ts';
import { unattributed } from '../../llm/attribution.ts';
import { cassettes } from '../../llm/cassette/cassettes.ts';
import { begun, type ModelDouble, type ModelRequest } from '../../llm/double.ts';
import { faked } from '../../llm/faked/faked.ts';
import type { Answer, Ask } from '../../team/ask.ts';
import type { Mission } from '../../team/mission.ts';
import { latestReport } from '../../vitest/report-folder.ts';
import { warnOnStderr } from '../gateway-recording.ts';
import { jsonIn } from '../json-file.ts';

export interface AdHocSubject {
  readonly command: string;
  /** Folder in which it runs, from the root, as are all paths. */
  readonly cwd: string;
  readonly mission: Mission;
  readonly plans: readonly Plan[];
  /** Paths; null: answers are made up. */
  readonly script: string | null;
  readonly cassettes: string | null;
  /** Names of variables that the child inherits beyond the usual ones; values are never kept. */
  readonly env: readonly string[];
  readonly timeoutMs: number;
  readonly timeScale: number;
}

/** In the folder of the report, beside the rows that it explains. */
export const adHocFile = 'subject.json';

const jsonObject = z.record(z.string(), z.json());
const fileSchema = z.object({
  schemaVersion: z.literal(1),
  command: z.string(),
  cwd: z.string(),
  mission: z.object({ id: z.string(), goal: z.string(), input: jsonObject, context: jsonObject }),
  plans: z.array(z.unknown()),
  script: z.string().nullable(),
  cassettes: z.string().nullable(),
  env: z.array(z.string()),
  timeoutMs: z.number(),
  timeScale: z.number(),
});

export function adHocText(subject: AdHocSubject): string {
  return `${JSON.stringify({ schemaVersion: 1, ...subject }, null, 2)}\n`;
}

/** Of the last report; null when that was no ad-hoc campaign. Throws `AD_HOC_CORRUPT`. */
export function lastAdHoc(root: string): AdHocSubject | null {
  const path = join(latestReport, adHocFile);
  if (!existsSync(join(root, path))) return null;
  const read = fileSchema.safeParse(jsonOrNull(readFileSync(join(root, path), 'utf8')));
  if (!read.success)
    throw new MusterError({
      code: 'AD_HOC_CORRUPT',
      place: path,
      message: read.error.issues[0]?.message ?? 'not the description of a subject',
      hint: 'muster run --subject … writes it anew',
    });
  const { plans, command, cwd, mission, script, cassettes, env, timeoutMs, timeScale } = read.data;
  return {
    command,
    cwd,
    mission,
    script,
    cassettes,
    env,
    timeoutMs,
    timeScale,
    plans: plans.map((plan, index) => parsePlan(plan, { place: `${path}, plans[${index}]` })),
  };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Told as a description that does not fit.
    return null;
  }
}

/** Paths are from the root. The subject itself, and the plan that its script file brings. Throws what is wrong with script and cassettes. */
export function openAdHoc(
  told: AdHocSubject,
  root: string,
): { readonly subject: Subject; readonly chaos: Plan | null } {
  const written: Partial<RunSetup> =
    told.script === null ? {} : scriptSetup(jsonIn(resolve(root, told.script)), told.script);
  const { model, attribution, agents, handoffs, repeatedAsks, chaos = null } = written;
  const recorded =
    told.cassettes === null
      ? undefined
      : orUnattributed(cassettes({ folder: resolve(root, told.cassettes), warn: warnOnStderr }));
  const subject = childProcess({
    command: told.command,
    cwd: resolve(root, told.cwd),
    model: recorded ?? model ?? faked(),
    env: inherited(told.env),
    timeoutMs: told.timeoutMs,
    timeScale: told.timeScale,
    ...(attribution === undefined ? {} : { attribution }),
    ...(agents === undefined ? {} : { agents }),
    ...(handoffs === undefined ? {} : { handoffs }),
    ...(repeatedAsks === undefined ? {} : { repeatedAsks }),
  });
  return { subject, chaos };
}

/** A gateway that was given no rules recorded every call as nobody's; what such a call asked is in its recording. */
function orUnattributed(model: ModelDouble): ModelDouble {
  return {
    ...model,
    begin: () => orUnattributed(begun(model)),
    answer: (ask, random, request) => {
      try {
        return model.answer(ask, random, request);
      } catch (error) {
        if (!(error instanceof MusterError) || error.code !== 'CASSETTE_MISS') throw error;
        return asNobody(model, { ask, random, request, missed: error });
      }
    },
  };
}

interface Missed {
  readonly ask: Ask;
  readonly random: Random;
  readonly request: ModelRequest | undefined;
  readonly missed: MusterError;
}

function asNobody(model: ModelDouble, { ask, random, request, missed }: Missed): Answer | Promise<Answer> {
  try {
    return model.answer({ ...ask, agent: unattributed }, random, request);
  } catch {
    // The miss under the agent's own name says more.
    throw missed;
  }
}

function inherited(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, environmentVariable(name) ?? '']));
}
