// A child process that does one workload, a slice at a time and only when asked.
import { spawn, type ChildProcess } from 'node:child_process';
import { compiledPath } from './build.ts';
import type { Leftover, Order, Slice } from './workload.ts';

export interface Child {
  slice(ms: number): Promise<Slice>;
  settle(): Promise<Leftover>;
  stop(): void;
}

/** Where a workload is: a JavaScript module, and the name under which it exports it. */
export interface WorkloadPlace {
  readonly modulePath: string;
  readonly exportName: string;
}

/** Starts a child on a workload; `prefix` is a command that starts commands. */
export async function startChild(place: WorkloadPlace, prefix: readonly string[]): Promise<Child> {
  const serve = compiledPath(new URL('./serve.ts', import.meta.url));
  const node = [process.execPath, '--expose-gc', serve, place.modulePath, place.exportName];
  const [command = '', ...args] = [...prefix, ...node];
  const child = spawn(command, args, {
    stdio: ['ignore', 2, 2, 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production', LANGSMITH_TRACING: 'false' },
  });
  await answerOf(child);
  const ask = async (order: Order): Promise<unknown> => {
    const answer = answerOf(child);
    child.send(order);
    return answer;
  };
  return {
    slice: async (ms) => (await ask({ kind: 'slice', ms })) as Slice,
    settle: async () => (await ask({ kind: 'settle' })) as Leftover,
    stop: () => child.disconnect(),
  };
}

/** The next thing that a child says; rejects when it dies before. */
export async function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const died = (code: number | null): void => reject(new Error(`a child of the benchmark died (${code})`));
    child.once('exit', died);
    child.once('error', reject);
    child.once('message', (message) => {
      child.off('exit', died);
      child.off('error', reject);
      resolve(message);
    });
  });
}
