// All named plans by the name that a suite or the command line calls them by.
import type { Plan } from 'passmuster/chaos';
import * as approvals from './approvals.ts';
import * as crashes from './crashes.ts';
import * as credentials from './credentials.ts';
import * as delays from './delays.ts';
import * as failures from './failures.ts';
import * as garbling from './garbling.ts';
import * as gates from './gates.ts';
import * as handoffs from './handoffs.ts';
import * as loops from './loops.ts';
import * as operators from './operators.ts';
import * as storms from './storms.ts';

const families = [
  delays,
  failures,
  garbling,
  loops,
  handoffs,
  crashes,
  approvals,
  operators,
  credentials,
  gates,
  storms,
];

/** Name => plan. */
export const plans: Readonly<Record<string, Plan>> = Object.fromEntries(
  families.flatMap((family) => Object.values(family)).map((plan) => [plan.name, plan]),
);

/** The plan of a name; a suite that asks for one that is not there fails at once. */
export function planOf(name: string): Plan {
  const found = plans[name];
  if (found === undefined)
    throw new Error(`no plan is called ${name}; there are ${Object.keys(plans).join(', ')}`);
  return found;
}
