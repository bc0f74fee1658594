// The mirror: the driver's own books on what is in flight, held against the steward's after every step. S2, S3, S13.
import { canonicalJson } from '../base/canonical.ts';
import type { Command, ModelAsk, ToolUse } from '../steward/command.ts';
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

  /** S2: the steward's obligations are exactly what is in flight. */
  compare(state: StewardState): void {
    let owed = 0;
    let missing: string | null = null;
    for (const id in state.pending) {
      if (state.held.length > 0 && state.held.includes(id)) continue;
      owed += 1;
      if (!this.#live.has(id)) missing = id;
    }
    const broken = missing !== null || owed !== this.#live.size;
    this.#findings.note('S2', broken, broken ? this.#difference(state, missing) : '');
  }

  #difference(state: StewardState, missing: string | null): string {
    if (missing !== null) return `${missing} (${state.pending[missing]?.kind}) is pending but not in flight`;
    const extra = [...this.#live.keys()].find(
      (id) => state.pending[id] === undefined || state.held.includes(id),
    );
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

function bindingOf(command: ModelAsk | ToolUse): unknown {
  const { kind, agent, version } = command;
  if (kind === 'tool.use')
    return { kind, agent, version, name: command.call.name, arguments: command.call.arguments };
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
