// A campaign as reports meet one: stewarded and naive scenarios, failures with a trace, and warnings; for tests alone.
import { createRandom } from '../base/random.ts';
import type { Plan } from '../chaos/plan.ts';
import type { Outcome } from '../check/outcome.ts';
import { atLeast, noFailure } from '../campaign/gate-policy.ts';
import type {
  CampaignRecord,
  FailureRecord,
  FaultRow,
  ScenarioRecord,
  TrialRow,
  TwinTally,
} from '../campaign/record.ts';
import { sampleEvents } from './sample-events.test-support.ts';

const agents = ['qualifier', 'researcher', 'scheduler', 'compliance', 'closer'];
const edges = ['qualifier->researcher', 'researcher->scheduler', 'scheduler->compliance'];
const kinds = [
  { kind: 'llm.rateLimit', layer: 'LLM transport', sites: agents },
  { kind: 'llm.latency', layer: 'LLM transport', sites: agents },
  { kind: 'stream.cut', layer: 'LLM stream', sites: agents.slice(0, 3) },
  { kind: 'tool.timeoutAfterCommit', layer: 'Tool', sites: ['researcher', 'closer'] },
  { kind: 'handoff.duplicate', layer: 'Handoff / context transfer', sites: edges },
  { kind: 'approval.absent', layer: 'Human / approval', sites: ['closer'] },
] as const;

export const passingOutcomes = ['absorbed', 'recovered', 'degraded', 'escalated'] as const;

interface Mix {
  readonly id: string;
  readonly subject: string;
  readonly trials: number;
  /** Drawn from with equal chance. */
  readonly outcomes: readonly Outcome[];
}

/** One healthy row; a test changes what it is about. */
export function sampleRow(changes: Partial<TrialRow> = {}): TrialRow {
  return {
    schemaVersion: 1,
    scenario: 'sales/survives',
    subject: 'sales',
    trial: 0,
    seed: 7,
    plan: { name: 'brownout', fingerprint: '00000000deadbeef' },
    outcome: 'recovered',
    passed: true,
    why: null,
    brokenInvariants: [],
    unknownInvariants: [],
    faults: [],
    end: 'done',
    reason: 'all deliverables are there',
    recovery: null,
    tokens: { total: 0, waste: 0, extra: 0, byAgent: [] },
    confidence: { clean: [], chaos: [] },
    virtualMs: 4200,
    events: 180,
    traceHash: '0123456789abcdef',
    replay: 'muster replay sales/survives#0 --seed 7',
    ...changes,
  };
}

function mixedRows({ id, subject, trials, outcomes }: Mix): readonly TrialRow[] {
  return Array.from({ length: trials }, (_, trial) => {
    const random = createRandom(7, id, trial);
    const outcome = random.pick(outcomes);
    const passed = (passingOutcomes as readonly Outcome[]).includes(outcome);
    const exposed = outcome !== 'not exposed' && outcome !== 'error';
    const faults = Array.from({ length: random.integer(1, 2) }, (_unused, injection): FaultRow => {
      const { kind, layer, sites } = random.pick(kinds);
      const witnessed = exposed ? 1 : 0;
      return {
        injection,
        kind,
        layer,
        armed: random.integer(1, 4),
        fired: 1,
        witnessed,
        sites: [{ site: random.pick<string>(sites), fired: 1, witnessed }],
      };
    });
    const byAgent = agents.map((agent, index) => {
      const total = random.integer(700, 1600) * (index === 1 ? 3 : 1);
      return { agent, total, waste: random.chance(0.3) ? Math.floor(total * 0.3 * random.next()) : 0 };
    });
    const sum = (read: (one: { total: number; waste: number }) => number): number =>
      byAgent.reduce((all, one) => all + read(one), 0);
    const pairs = (trust: number) =>
      agents.map(() => {
        const stated = Math.round((0.45 + 0.54 * random.next()) * 100) / 100;
        return { stated, right: random.chance(stated * trust) };
      });
    return sampleRow({
      scenario: id,
      subject,
      trial,
      outcome,
      passed,
      why: passed || !exposed ? null : 'S7: the contract was sent without a valid approval',
      brokenInvariants: outcome === 'silent failure' ? ['S7'] : [],
      faults,
      end: outcome === 'hung' ? 'stalled' : outcome === 'escalated' ? 'escalated' : 'done',
      recovery: exposed
        ? {
            steps: random.integer(2, 40),
            ms: Math.round(10 ** (1.2 + 3.4 * random.next())),
            extraTokens: random.integer(0, 2400),
            extraCalls: random.integer(0, 6),
            agentsTouched: random.integer(1, 3),
            censored: !passed,
          }
        : null,
      tokens: {
        total: sum((one) => one.total),
        waste: sum((one) => one.waste),
        extra: random.integer(-200, 1500),
        byAgent,
      },
      confidence: { clean: pairs(1), chaos: pairs(0.82) },
      replay: `muster replay ${id}#${trial} --seed 7`,
    });
  });
}

function planOf(...injections: Plan['injections']): Plan {
  return {
    schemaVersion: 1,
    name: 'lost-approval',
    hypothesis: 'nothing is sent without an approval',
    injections,
  };
}

const lostApproval = {
  fault: { kind: 'approval.absent' },
  trigger: { kind: 'nth', n: 1 },
  scope: { agents: ['closer'] },
} as const;
const slowModel = {
  fault: { kind: 'llm.latency', ms: 2500 },
  trigger: { kind: 'probability', p: 0.3 },
} as const;

/** A failing trial; a test changes what it is about. */
export function sampleFailure(changes: Partial<FailureRecord> = {}): FailureRecord {
  return {
    id: 'sales-naive-approvals-17',
    scenario: 'sales-naive/approvals',
    subject: 'sales-naive',
    trial: 17,
    seed: 7,
    outcome: 'silent failure',
    why: 'S7: the contract was sent without a valid approval',
    brokenInvariants: ['S7'],
    plan: planOf(lostApproval, slowModel),
    shrunk: planOf(lostApproval),
    shrinkSteps: 9,
    divergence: {
      step: 28,
      agent: 'closer',
      what: 'approval send-contract is never answered',
      control: 'approval send-contract is answered by head-of-sales',
    },
    replay: 'muster replay fixtures/regressions/sales-naive-approvals-17.json',
    events: sampleEvents(),
    ...changes,
  };
}

function tally(outcomes: TwinTally['outcomes'], why: string | null): TwinTally {
  const passed = passingOutcomes.reduce((sum, outcome) => sum + (outcomes[outcome] ?? 0), 0);
  return {
    outcomes,
    passed,
    why,
    replay: why === null ? null : 'muster replay sales-naive/chaos#3 --seed 7',
  };
}

/** Three scenarios: one passes, one is inconclusive, the naive twin fails. */
export function sampleCampaign(): CampaignRecord {
  const scenario = (mix: Mix, rest: Partial<ScenarioRecord> = {}): ScenarioRecord => ({
    id: mix.id,
    subject: mix.subject,
    tags: [],
    seed: 7,
    gate: atLeast(0.95),
    rows: mixedRows(mix),
    failures: [],
    comparison: null,
    attribution: { modelCalls: 0, doubts: [] },
    playback: { strayCalls: 0, first: [] },
    ...rest,
  });
  const good: readonly Outcome[] = [
    'absorbed',
    'absorbed',
    'recovered',
    'recovered',
    'recovered',
    'degraded',
    'escalated',
  ];
  return {
    schemaVersion: 1,
    seed: 7,
    profile: 'pr',
    scenarios: [
      scenario(
        { id: 'sales/survives-any-two-faults', subject: 'sales', trials: 120, outcomes: good },
        {
          tags: ['release'],
          comparison: {
            naive: 'sales-naive',
            stewarded: 'sales',
            rows: [
              {
                family: 'delays',
                naive: tally({ hung: 7, absorbed: 13 }, 'the scheduler waits for an approval for ever'),
                stewarded: tally({ recovered: 14, absorbed: 6 }, null),
              },
              {
                family: 'failures',
                naive: tally(
                  { 'silent failure': 9, 'failed loudly': 11 },
                  'the researcher called search-news twice: 41% more tokens',
                ),
                stewarded: tally({ recovered: 18, escalated: 2 }, null),
              },
              {
                family: 'loops',
                naive: tally({ hung: 20 }, 'the same facts were researched 6 times'),
                stewarded: tally({ degraded: 3, escalated: 17 }, null),
              },
            ],
          },
        },
      ),
      scenario(
        {
          id: 'retail/honours-brand-voice',
          subject: 'retail',
          trials: 48,
          outcomes: [...good, 'not exposed'],
        },
        { tags: ['release', 'context'] },
      ),
      scenario(
        {
          id: 'sales-naive/approvals',
          subject: 'sales-naive',
          trials: 60,
          outcomes: ['absorbed', 'recovered', 'silent failure', 'hung', 'failed loudly'],
        },
        {
          gate: noFailure,
          failures: [
            sampleFailure(),
            sampleFailure({ id: 'sales-naive-approvals-21', trial: 21 }),
            sampleFailure({
              id: 'sales-naive-approvals-30',
              trial: 30,
              replay: 'muster replay fixtures/regressions/sales-naive-approvals-30.json',
              outcome: 'hung',
              why: 'L1: the mission never ended',
              shrunk: planOf(slowModel),
              divergence: null,
              events: [],
            }),
          ],
        },
      ),
    ],
    warnings: ['llm.latency was configured for the compliance agent and never fired there'],
    wall: {
      startedAtMs: Date.UTC(2026, 2, 1, 10, 15),
      durationMs: 1840,
      workers: 2,
      scenarioMs: { 'sales/survives-any-two-faults': 900 },
    },
  };
}
