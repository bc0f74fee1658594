// An engine: clock, mailbox, journal and the world's end of every command. The loop over it is `drive`.
import type { CrashPoint } from '../chaos/outcome.ts';
import type { Command } from '../steward/command.ts';
import type { StewardEvent } from '../steward/event.ts';

/** What becomes of the process at one step. `downMs`: how long nobody is home; `times`: how often it dies in a row. */
export type Fate =
  | { readonly kind: 'runs' }
  | {
      readonly kind: 'dies';
      readonly point: CrashPoint;
      readonly downMs: number;
      readonly times: number;
      readonly witness: () => void;
    };

export interface Engine {
  now(): number;
  /** The next event for the steward, or why there is none; a promise where the world is not synchronous. */
  next(): StewardEvent | 'stalled' | 'horizon' | Promise<StewardEvent | 'stalled' | 'horizon'>;
  /** Asked once for each event before it is appended. */
  fate(event: StewardEvent): Fate;
  /** Makes the event durable. */
  append(event: StewardEvent): void;
  /** The journal so far, oldest first. */
  journal(): readonly StewardEvent[];
  /** Starts what the command asks for; its answer comes back through `next`. `cause` is the trace event behind it. */
  dispatch(command: Command, cause: number): void;
  /** The process died: all that was only in memory is gone, and time passes. */
  lose(downMs: number): void;
  /** Gives an event from outside back to its sender, who did not get an acknowledgement and will send it again. */
  resend(event: StewardEvent): void;
}
