// All formats that can be read. Each knows its own files, and no other's.
import type { TraceFormat } from './format.ts';
import { muster } from './formats/muster.ts';

export const formats: readonly TraceFormat[] = [muster];
