// Property tests draw the same values every time: a flaky test is a bug to find. MUSTER_SEED explores others.
import fc from 'fast-check';
import { environmentVariable } from './base/environment.ts';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(environmentVariable('MUSTER_SEED') ?? 1) });
