// The flags of `muster run --subject`, read into the description of an ad-hoc subject.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { environmentVariable } from '../../base/environment.ts';
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { MusterError } from '../../base/muster-error.ts';
import { nearestName } from '../../chaos/nearest-name.ts';
import { parsePlan } from '../../chaos/parse-plan.ts';
import type { Plan } from '../../chaos/plan.ts';
import { wirePlans } from '../../chaos/wire-plans.ts';
import type { Mission } from '../../team/mission.ts';
import { durationMs } from '../../vitest/duration.ts';
import { jsonIn } from '../json-file.ts';
import type { AdHocSubject } from './ad-hoc-subject.ts';

/** As commander gives them. */
export interface SubjectFlags {
  readonly script?: string;
  readonly cassettes?: string;
  readonly mission?: string;
  readonly plan?: readonly string[];
  readonly env?: readonly string[];
  readonly timeout?: string;
  readonly timeScale?: string;
}

/** Without `--plan` it has no plan yet. Throws `MusterError` for whatever cannot have been meant. */
export function adHocOf(command: string, flags: SubjectFlags): AdHocSubject {
  const { script, cassettes, mission, plan = [], env = [], timeout = '30s', timeScale = '1' } = flags;
  if (script !== undefined && cassettes !== undefined)
    throw badFlag('--cassettes', cassettes, 'either a script or recordings answer, not both');
  return {
    command,
    cwd: '.',
    mission: missionOf(mission),
    plans: plan.map(planOf),
    script: script ?? null,
    cassettes: cassettes ?? null,
    env: env.map(setVariable),
    timeoutMs: durationMs(timeout),
    timeScale: scaleOf(timeScale),
  };
}

/** A file with a mission, or with its input alone; or the task in words. */
function missionOf(text: string | undefined): Mission {
  if (text === undefined) return { id: 'mission', goal: '', input: {}, context: {} };
  if (!text.endsWith('.json') && !existsSync(text))
    return { id: 'mission', goal: text, input: { request: text }, context: {} };
  const value = jsonIn(text);
  if (!isJsonObject(value)) throw badFlag('--mission', text, 'a mission is a JSON object');
  const { id, goal, input, context } = value;
  const isWhole = isObject(input);
  return {
    id: typeof id === 'string' ? id : basename(text, '.json'),
    goal: typeof goal === 'string' ? goal : '',
    input: isWhole ? input : value,
    context: isWhole && isObject(context) ? context : {},
  };
}

function isObject(value: Json | undefined): value is JsonObject {
  return isJsonObject(value);
}

function planOf(text: string): Plan {
  const named = wirePlans.find(({ name }) => name === text);
  if (named !== undefined) return named;
  if (text.endsWith('.json') || existsSync(text)) return parsePlan(jsonIn(text), { place: text });
  const names = wirePlans.map(({ name }) => name);
  throw new MusterError({
    code: 'UNKNOWN_PLAN',
    place: '--plan',
    message: 'there is no file and no plan of this name',
    value: text,
    hint: `did you mean ${nearestName(text, names)}? There are ${names.join(', ')}; or name a JSON file`,
  });
}

function setVariable(name: string): string {
  if (environmentVariable(name) !== undefined) return name;
  throw badFlag(
    '--env',
    name,
    'no variable of this name is set; a value is set before the command, as in A=b muster …',
  );
}

function scaleOf(text: string): number {
  const scale = Number(text);
  if (Number.isFinite(scale) && scale > 0) return scale;
  throw badFlag('--time-scale', text, 'a factor is a number above zero, such as 0.1');
}

function badFlag(place: string, value: string, message: string): MusterError {
  return new MusterError({ code: 'BAD_USAGE', place, message, value });
}
