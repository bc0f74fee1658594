// The child's side of a server that is measured: starts it, and tells its port and the processor time it has used.
import { pathToFileURL } from 'node:url';
import { memoryMb } from './memory-mb.ts';

/** What a server's module exports: starts it on loopback, and settles with its port. */
export type StartServer = (setup: unknown) => Promise<number>;

export type ServerOrder =
  | { readonly kind: 'start'; readonly setup: unknown }
  /** Microseconds of all threads of the process. */
  | { readonly kind: 'cpu' }
  | { readonly kind: 'memory' };

const [modulePath = '', exportName = ''] = process.argv.slice(2);

async function obey(order: ServerOrder): Promise<unknown> {
  switch (order.kind) {
    case 'start': {
      const exported = (await import(pathToFileURL(modulePath).href)) as Record<string, StartServer>;
      const start = exported[exportName];
      if (start === undefined) throw new Error(`${modulePath} exports no ${exportName}`);
      return start(order.setup);
    }
    case 'cpu': {
      const { user, system } = process.cpuUsage();
      return user + system;
    }
    case 'memory':
      return memoryMb();
  }
}

process.on('message', (order: ServerOrder) => {
  obey(order).then(
    (value) => process.send?.(value),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
