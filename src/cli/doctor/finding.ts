// A finding of the doctor: what was looked at, how it is, and why.

export interface Finding {
  readonly check: string;
  /** `unknown`: it could not be looked at, so it is not well either. */
  readonly state: 'ok' | 'fail' | 'unknown';
  readonly reason: string;
}
