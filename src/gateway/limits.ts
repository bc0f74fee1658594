// Limits: what the gateway bears before it refuses or forgets, so that no client can bring it down.

export interface GatewayLimits {
  /** Bytes of one request's body. */
  readonly bodyBytesMax: number;
  /** Bytes of all bodies that are being read at one time. */
  readonly bodiesBytesMax: number;
  /** Runs that are remembered; a new one more forgets the one that was idle longest. */
  readonly runsMax: number;
  /** Events of a run's trace; the oldest are dropped, and counted. */
  readonly eventsMax: number;
  /** Characters that the contents of a run's trace may hold. */
  readonly traceCharsMax: number;
  /** Entries of a run's journal; the oldest are dropped, and counted. */
  readonly journalMax: number;
  /** Requests of a run that are known again when they are made again; the oldest are forgotten. */
  readonly requestsMax: number;
  /** Milliseconds until the headers of a request must be whole. */
  readonly headersMs: number;
  /** Milliseconds until a whole request must be there. */
  readonly requestMs: number;
}

const mebibyte = 1024 * 1024;

export const usualLimits: GatewayLimits = {
  bodyBytesMax: 64 * mebibyte,
  bodiesBytesMax: 256 * mebibyte,
  runsMax: 256,
  eventsMax: 30_000,
  traceCharsMax: 32 * mebibyte,
  journalMax: 10_000,
  requestsMax: 4_000,
  headersMs: 10_000,
  requestMs: 300_000,
};
