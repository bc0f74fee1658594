// What faked values are made of: the faker that draws from the stream of the call, and the day it is.
import type { Faker } from '@faker-js/faker';

export interface FakedWorld {
  readonly faker: Faker;
  /** The day that dates lie around, in milliseconds since the Unix epoch. */
  readonly todayMs: number;
}
