// Reading a fault: from the plain JSON of an injection to the fault it names and its complete parameters.
import type { z } from 'zod';
import { MusterError } from '../base/muster-error.ts';
import { faultOf, faults } from './catalogue.ts';
import type { Fault } from './fault.ts';
import { issuePath } from './issue-path.ts';
import { nearestName } from './nearest-name.ts';
import type { Injection } from './plan.ts';

export interface ReadFault {
  readonly fault: Fault;
  /** Complete: defaults are filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Throws `MusterError`: PLAN_UNKNOWN_FAULT for a kind that is not in the catalogue, PLAN_BAD_PARAMETERS. */
export function faultFor({ fault: named }: Pick<Injection, 'fault'>, place: string): ReadFault {
  const { kind, ...given } = named;
  const fault = faultOf(kind);
  if (fault === undefined) throw unknownFault(kind, place);
  const read = fault.parameters.safeParse(given);
  if (!read.success) throw badParameters(fault, given, { place, error: read.error });
  return { fault, parameters: read.data };
}

function unknownFault(kind: string, place: string): MusterError {
  const kinds = faults.map((fault) => fault.kind);
  return new MusterError({
    code: 'PLAN_UNKNOWN_FAULT',
    place: `${place}.kind`,
    message: 'no fault of this kind is in the catalogue',
    value: kind,
    hint: `Did you mean '${nearestName(kind, kinds)}'? All kinds: muster faults ls`,
  });
}

interface Refusal {
  readonly place: string;
  readonly error: z.ZodError;
}

function badParameters(fault: Fault, given: unknown, { place, error }: Refusal): MusterError {
  const issue = error.issues[0];
  const known = Object.keys(fault.parameters.shape).join(', ');
  return new MusterError({
    code: 'PLAN_BAD_PARAMETERS',
    place: `${place}${issuePath(issue?.path ?? [])}`,
    message: `the parameters of ${fault.kind} are not right: ${issue?.message ?? 'unreadable'}`,
    value: given,
    hint: known === '' ? `${fault.kind} takes no parameters` : `${fault.kind} takes: ${known}`,
  });
}
