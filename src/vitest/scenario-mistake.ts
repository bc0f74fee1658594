// Scenario mistakes: how a suite can be written so that it would prove nothing.
import { MusterError } from '../base/muster-error.ts';

export function nothingTried(scenario: string): MusterError {
  return new MusterError({
    code: 'SCENARIO_EMPTY',
    place: `scenario ${scenario}`,
    message: 'a trial ended without running the team, so it says nothing',
    hint: 'call `trials` or `forAll`, and `await team.run(…)` once in its body',
  });
}

export function oneRunOnly(scenario: string): MusterError {
  return new MusterError({
    code: 'TRIAL_TWO_RUNS',
    place: `scenario ${scenario}`,
    message: 'a trial runs the team once',
    hint: 'make a scenario of each run',
  });
}

export function oneLoopOnly(scenario: string): MusterError {
  return new MusterError({
    code: 'SCENARIO_TWO_LOOPS',
    place: `scenario ${scenario}`,
    message: '`trials` or `forAll` was called a second time',
    hint: 'make a scenario of each claim',
  });
}
