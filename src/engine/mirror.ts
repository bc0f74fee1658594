// The mirror: the driver's own books on what is in flight, held against the steward's after every step. S2, S3, S13.
import { canonicalJson } from '../base/canonical.ts';
import type { Command, ModelAsk, Obligation, TimerPurpose, TimerStart, ToolUse } from '../steward/command.ts';
import type { StewardEvent } from '../steward/event.ts';
import type { StewardState } from '../steward/state.ts';
import type { Findings } from './findings.ts';

export class Mirror {
  readonly #live = new Map<string, number>();
  readonly #bound = new Map<string, ModelAsk | ToolUse>();
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  get live(): number {
    return this.#live.size;
  }

  dispatched(command: Command): void {
    if (command.kind === 'finish') return;
    if (command.kind === 'run.cancel' || command.kind === 'timer.cancel') {
      this.#live.delete(command.id);
      return;
    }
    this.#live.set(command.id, command.epoch);
    if (command.kind === 'model.ask' || command.kind === 'tool.use') this.#checkKey(command);
  }

  /** True when the event answers something that is in flight in this epoch; an event from outside always counts. */
  expects(event: StewardEvent): boolean {
    return !('command' in event) || this.#live.get(event.command) === event.epoch;
  }

  consumed(event: StewardEvent): void {
    if ('command' in event && this.expects(event)) this.#live.delete(event.command);
  }

  /** Everything in flight is gone; returns the ids. */
  crashed(): readonly string[] {
    const lost = [...this.#live.keys()];
    this.#live.clear();
    return lost;
  }

  /** S2: the steward's obligations are exactly what is in flight, and no timeout outlives its call. */
  compare(state: StewardState): void {
    let owed = 0;
    let missing: Obligation | null = null;
    let orphan: TimerStart | null = null;
    for (const command of state.pending) {
      if (state.held.length > 0 && state.held.includes(command.id)) continue;
      owed += 1;
      if (!this.#live.has(command.id)) missing = command;
      if (
        command.kind === 'timer.start' &&
        timeouts.has(command.purpose) &&
        !this.#isAwaited(state, command.watches)
      )
        orphan = command;
    }
    const broken = missing !== null || owed !== this.#live.size || orphan !== null;
    this.#findings.note('S2', broken, broken ? this.#difference(state, missing, orphan) : '');
  }

  #isAwaited(state: StewardState, id: string): boolean {
    return this.#live.has(id) || state.held.includes(id);
  }

  #difference(state: StewardState, missing: Obligation | null, orphan: TimerStart | null): string {
    if (missing !== null) return `${missing.id} (${missing.kind}) is pending but not in flight`;
    if (orphan !== null) return `the ${orphan.purpose} ${orphan.id} outlives ${orphan.watches}`;
    const owed = new Set(state.pending.map((command) => command.id).filter((id) => !state.held.includes(id)));
    const extra = [...this.#live.keys()].find((id) => !owed.has(id));
    return `${extra} is in flight but not pending`;
  }

  /** S3: a key that comes again must stand for the same thing. */
  #checkKey(command: ModelAsk | ToolUse): void {
    const known = this.#bound.get(command.key);
    this.#bound.set(command.key, command);
    const other =
      known !== undefined &&
      known !== command &&
      canonicalJson(bindingOf(known)) !== canonicalJson(bindingOf(command));
    this.#findings.note('S3', other, `key ${command.key} stands for two different calls`);
  }
}

/** Timers that watch a command; the others watch work, or the mission, or wait for a retry. */
const timeouts: ReadonlySet<TimerPurpose> = new Set([
  'modelTimeout',
  'toolTimeout',
  'handoffTimeout',
  'gateTimeout',
  'approvalExpiry',
]);

function bindingOf(command: ModelAsk | ToolUse): unknown {
  const { kind, agent, version } = command;
  // An effect keeps its key when its agent gets a new version, which must not repeat it.
  if (kind === 'tool.use')
    return {
      kind,
      agent,
      version: command.effect === 'pure' ? version : null,
      name: command.call.name,
      arguments: command.call.arguments,
    };
  return {
    kind,
    agent,
    version,
    assignment: command.assignment,
    turn: command.turn,
    attempt: command.attempt,
    brief: command.brief,
  };
}
