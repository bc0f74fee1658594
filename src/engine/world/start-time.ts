// When simulated missions start, so that dates in prompts and gates do not depend on today.

/** 2026-01-05T09:00:00Z, a Monday morning, in milliseconds since the Unix epoch. */
export const missionStartMs = 1_767_603_600_000;
