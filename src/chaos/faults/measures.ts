// Measures: the zod types that the parameters of many faults share. Units stand in the parameters' names.
import { z } from 'zod';

/** Whole milliseconds, at most thirty days. */
export const milliseconds = z
  .int()
  .min(0)
  .max(30 * 24 * 3600 * 1000);

/** A whole number from 0 on. */
export const count = z.int().min(0).max(1_000_000_000);

/** From 0 to 1, both ends included. */
export const share = z.number().min(0).max(1);

export const text = z.string().min(1);
