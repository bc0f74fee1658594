// The gateway door: the HTTP server that stands in for providers of models. Re-exports only.
export { startGateway, type Gateway, type GatewayParts, type GatewayUrls } from '../gateway/gateway.ts';
export { childProcess, type ChildProcessParts } from '../child/child-process.ts';
export type { GatewayRun } from '../gateway/gateway-run.ts';
export type { RunSetup, WatchVerdict } from '../gateway/run-setup.ts';
export type { GatewayLimits } from '../gateway/limits.ts';
export { loopGuard, type GuardMode } from '../gateway/loop-guard.ts';
