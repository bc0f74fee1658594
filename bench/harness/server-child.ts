// A server in a process of its own, whose processor time can be asked for.
import { spawn } from 'node:child_process';
import { compiledPath } from './build.ts';
import type { WorkloadPlace } from './child.ts';
import { answerOf } from './child.ts';
import type { ServerOrder } from './served.ts';

export interface ServerChild {
  readonly port: number;
  /** Microseconds of all its threads so far. */
  cpuMicros(): Promise<number>;
  memory(): Promise<{ readonly heapMb: number; readonly rssMb: number }>;
  stop(): void;
}

/** Starts a module's server in a child; `prefix` is a command that starts commands. */
export async function startServer(
  { modulePath, exportName }: WorkloadPlace,
  setup: unknown,
  prefix: readonly string[],
): Promise<ServerChild> {
  const served = compiledPath(new URL('./served.ts', import.meta.url));
  const node = [process.execPath, '--expose-gc', served, modulePath, exportName];
  const [command = '', ...args] = [...prefix, ...node];
  const child = spawn(command, args, {
    stdio: ['ignore', 2, 2, 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
  });
  await answerOf(child);
  const ask = async (order: ServerOrder): Promise<unknown> => {
    const answer = answerOf(child);
    child.send(order);
    return answer;
  };
  const port = (await ask({ kind: 'start', setup })) as number;
  return {
    port,
    cpuMicros: async () => (await ask({ kind: 'cpu' })) as number,
    memory: async () => (await ask({ kind: 'memory' })) as { heapMb: number; rssMb: number },
    stop: () => child.disconnect(),
  };
}
