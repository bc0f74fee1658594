// All named plans by the name that a suite or the command line calls them by.
import type { Plan } from 'passmuster/chaos';
import * as approvals from './approvals.ts';
import * as crashes from './crashes.ts';
import * as delays from './delays.ts';
import * as failures from './failures.ts';
import * as gates from './gates.ts';
import * as handoffs from './handoffs.ts';
import * as loops from './loops.ts';
import * as storms from './storms.ts';

const families = [delays, failures, loops, handoffs, crashes, approvals, gates, storms];

/** Name => plan. */
export const plans: Readonly<Record<string, Plan>> = Object.fromEntries(
  families.flatMap((family) => Object.values(family)).map((plan) => [plan.name, plan]),
);
