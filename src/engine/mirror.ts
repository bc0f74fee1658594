// The mirror: the driver's own books on what is in flight, held against the steward's after every step. S2, S3, S13.
import { canonicalJson } from '../base/canonical.ts';
import { dropAt } from '../base/drop-at.ts';
import type { Command, ModelAsk, Obligation, TimerPurpose, TimerStart, ToolUse } from '../steward/command.ts';
import { isAnswer, type StewardEvent } from '../steward/event.ts';
import type { StewardState } from '../steward/state.ts';
import type { Findings } from './findings.ts';

interface InFlight {
  readonly id: string;
  readonly epoch: number;
}

export class Mirror {
  /** In the order of dispatch, which is the order in which the steward keeps them. */
  readonly #live: InFlight[] = [];
  readonly #bound = new Map<string, ModelAsk | ToolUse>();
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  get live(): number {
    return this.#live.length;
  }

  dispatched(command: Command): void {
    switch (command.kind) {
      case 'finish':
        return;
      case 'run.cancel':
      case 'timer.cancel':
        dropAt(this.#live, this.#placeOf(command.id));
        return;
      case 'model.ask':
      case 'tool.use':
        this.#checkKey(command);
        break;
      case 'tool.probe':
      case 'gate.check':
      case 'handoff.deliver':
      case 'approval.request':
      case 'timer.start':
      case 'credential.grant':
      case 'credential.revoke':
      case 'notify':
        break;
    }
    this.#put(command.id, command.epoch);
  }

  /** Takes what an event answers out of the books; false when nothing of its epoch is in flight. Anything from outside counts. */
  arrived(event: StewardEvent): boolean {
    if (!isAnswer(event)) return true;
    const { command, epoch } = event;
    const place = this.#placeOf(command);
    if (place < 0 || this.#live[place]?.epoch !== epoch) return false;
    return dropAt(this.#live, place);
  }

  /** Everything in flight is gone. */
  crashed(): void {
    this.#live.length = 0;
  }

  /** S2: the steward's obligations are exactly what is in flight, and no timeout outlives its call. */
  compare(state: StewardState): void {
    let owed = 0;
    let missing: Obligation | null = null;
    let orphan: TimerStart | null = null;
    for (const command of state.pending) {
      const { id } = command;
      if (state.held.length > 0 && state.held.includes(id)) continue;
      if (this.#live[owed]?.id !== id && !this.#isLive(id)) missing = command;
      owed += 1;
      if (
        command.kind === 'timer.start' &&
        timeouts.has(command.purpose) &&
        !this.#isAwaited(state, command.watches)
      )
        orphan = command;
    }
    const broken = missing !== null || owed !== this.#live.length || orphan !== null;
    this.#findings.note('S2', broken, broken ? this.#difference(state, missing, orphan) : '');
  }

  #isAwaited(state: StewardState, id: string): boolean {
    return this.#isLive(id) || state.held.includes(id);
  }

  #isLive(id: string): boolean {
    return this.#placeOf(id) >= 0;
  }

  #placeOf(id: string): number {
    let place = this.#live.length - 1;
    while (place >= 0 && this.#live[place]?.id !== id) place -= 1;
    return place;
  }

  #put(id: string, epoch: number): void {
    const place = this.#placeOf(id);
    if (place < 0) this.#live.push({ id, epoch });
    else this.#live[place] = { id, epoch };
  }

  #difference(state: StewardState, missing: Obligation | null, orphan: TimerStart | null): string {
    if (missing !== null) return `${missing.id} (${missing.kind}) is pending but not in flight`;
    if (orphan !== null) return `the ${orphan.purpose} ${orphan.id} outlives ${orphan.watches}`;
    const owed = new Set(state.pending.map((command) => command.id).filter((id) => !state.held.includes(id)));
    const extra = this.#live.find(({ id }) => !owed.has(id));
    return `${extra?.id} is in flight but not pending`;
  }

  /** S3: a key that comes again must stand for the same thing. */
  #checkKey(command: ModelAsk | ToolUse): void {
    const known = this.#bound.get(command.key);
    this.#bound.set(command.key, command);
    const other =
      known !== undefined &&
      known !== command &&
      canonicalJson(bindingOf(known)) !== canonicalJson(bindingOf(command));
    this.#findings.note('S3', other, other ? `key ${command.key} stands for two different calls` : '');
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
