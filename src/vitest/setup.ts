// Setup of every suite: makes the matchers for runs known.
import { extendExpect } from './matchers.ts';

extendExpect();
