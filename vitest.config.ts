// One vitest run for the whole repo: the unit tests of the machine, and the suites that use it as any user would.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { muster } from './src/vitest/plugin.ts';

const doors = fileURLToPath(new URL('./src/public/', import.meta.url));

export default defineConfig({
  resolve: {
    // The package's own doors, straight from source: no test needs a build.
    alias: [
      { find: /^passmuster$/, replacement: `${doors}index.ts` },
      { find: /^passmuster\/([a-z-]+)$/, replacement: `${doors}$1.ts` },
    ],
  },
  test: {
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Machines are noisy: a slow one is no failure.
          testTimeout: 60_000,
          include: ['src/**/*.test.ts', 'fixtures/**/*.test.ts'],
          setupFiles: ['src/seeded-properties.test-support.ts'],
        },
      },
      {
        extends: true,
        plugins: [muster()],
        test: { name: 'suites', include: ['suites/**/*.suite.ts'] },
      },
    ],
  },
});
