// One vitest run for the whole repo: the unit tests of the machine, and the suites that use it as any user would.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { muster } from './src/vitest/plugin.ts';

const doors = fileURLToPath(new URL('./src/public/', import.meta.url));

const tests = ['src/**/*.test.ts', 'fixtures/**/*.test.ts'];
/** Tests that change what the process has one of (timers, fetch, its environment, where it prints): each in its own. */
const apart = [
  'src/base/virtual-time.test.ts',
  'src/child/child-process.test.ts',
  'src/cli/gateway.test.ts',
  'src/gateway/recording-in-process.test.ts',
  'src/subject/http-function.test.ts',
  'src/vitest/scenario.test.ts',
];

/** Tests that start the command line as a program of its own, in a project of a user. */
const started = [
  'src/cli/{run,import,gateway-recording}.test.ts',
  'src/cli/import/loop-test.test.ts',
  'src/cli/subject/subject.test.ts',
  'src/readme.test.ts',
];

const patient = {
  // Machines are noisy: a slow one is no failure.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  setupFiles: ['src/seeded-properties.test-support.ts'],
};

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
        // Files share processes and what those have loaded, which is half of what they would cost apart.
        test: {
          ...patient,
          name: 'unit',
          include: tests,
          exclude: [...apart, ...started],
          isolate: false,
        },
      },
      {
        extends: true,
        test: { ...patient, name: 'apart', include: apart },
      },
      {
        extends: true,
        test: {
          ...patient,
          name: 'started',
          include: started,
          globalSetup: 'src/cli/compiled.test-support.ts',
        },
      },
      {
        extends: true,
        plugins: [muster()],
        test: { name: 'suites', include: ['suites/**/*.suite.ts'], isolate: false },
      },
    ],
  },
});
