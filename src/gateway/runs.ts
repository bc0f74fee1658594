// The runs of a gateway: found by name, begun when first asked for, and bounded in number.
import { MusterError } from '../base/muster-error.ts';
import { GatewayRun } from './gateway-run.ts';
import type { RunSetup } from './run-setup.ts';
import type { StageParts } from './stage.ts';

export interface RunsParts extends Omit<StageParts, 'name'> {
  /** What a run begins with that nobody has set up. */
  readonly setup: RunSetup;
}

export const defaultRun = 'default';

/** No name leads out of a folder or a path. */
const runName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export class Runs {
  readonly #parts: RunsParts;
  /** The one that was asked for last is last. */
  readonly #runs = new Map<string, GatewayRun>();
  #last: GatewayRun | null = null;
  #forgotten = 0;

  constructor(parts: RunsParts) {
    this.#parts = parts;
  }

  /** Runs that were forgotten because there were too many. */
  get forgotten(): number {
    return this.#forgotten;
  }

  isName(name: string): boolean {
    return runName.test(name);
  }

  list(): readonly GatewayRun[] {
    return [...this.#runs.values()];
  }

  /** The run of a name; a new one when there is none. Throws `MusterError` GATEWAY_BAD_RUN. */
  of(name: string): GatewayRun {
    if (this.#last?.name === name) return this.#last;
    const run = this.#runs.get(name) ?? this.#begin(name, this.#parts.setup);
    this.#runs.delete(name);
    this.#runs.set(name, run);
    this.#last = run;
    return run;
  }

  /** Begins a run with a setup of its own; one of the same name is forgotten. Throws `MusterError` GATEWAY_BAD_RUN. */
  open(name: string, setup: Partial<RunSetup>): GatewayRun {
    this.close(name);
    const run = this.#begin(name, { ...this.#parts.setup, ...setup });
    this.#runs.set(name, run);
    return run;
  }

  close(name: string): boolean {
    if (this.#last?.name === name) this.#last = null;
    return this.#runs.delete(name);
  }

  #begin(name: string, setup: RunSetup): GatewayRun {
    if (!runName.test(name)) throw badName(name);
    const [oldest] = this.#runs.keys();
    if (oldest !== undefined && this.#runs.size >= this.#parts.limits.runsMax) {
      this.close(oldest);
      this.#forgotten += 1;
    }
    return new GatewayRun({ ...this.#parts, name, setup });
  }
}

function badName(name: string): MusterError {
  return new MusterError({
    code: 'GATEWAY_BAD_RUN',
    message: 'this is no name of a run',
    place: 'x-muster-run',
    value: name,
    hint: 'a name begins with a letter or digit and goes on with those, dots, dashes and underscores, 100 at most',
  });
}
