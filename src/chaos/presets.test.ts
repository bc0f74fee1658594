// The named plans of this repo: each is whole, general, and means something.
import { describe, expect, it } from 'vitest';
import { plans } from '../../chaos/index.ts';
import { parsePlan } from './parse-plan.ts';

describe.for(Object.entries(plans))('the plan %s', ([name, plan]) => {
  it('is valid for a team of any names', () => {
    const place = `chaos/${name}`;
    expect(parsePlan(JSON.parse(JSON.stringify(plan)), { place, agents: [], tools: [] })).toEqual(plan);
  });

  it('is called what it is listed as, and says what it tests', () => {
    expect(plan.name).toBe(name);
    expect(plan.hypothesis).toMatch(/\.$/);
  });
});

describe('the named plans', () => {
  it.for([
    'provider-brownout',
    'slow-provider',
    'stalled-stream',
    'half-open',
    'rate-limit-storm',
    'flaky-tools',
    'lost-tool-reply',
    'dropped-handoff',
    'duplicated-handoffs',
    'misrouted-handoff',
    'bouncing-handoffs',
    'approver-on-holiday',
    'approval-outage',
    'operator-pauses',
    'operator-redirects',
    'operator-cancels',
    'credential-revoked',
    'gate-always-rejects',
    'repeating-agent',
    'crash-anywhere',
    'crash-in-effect-window',
    'worst-day',
  ])('include %s', (name) => expect(Object.keys(plans)).toContain(name));
});
