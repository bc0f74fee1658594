// One vitest run for the whole repo: the unit tests of the machine, and the suites that use it as any user would.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { muster } from './src/vitest/plugin.ts';

const doors = fileURLToPath(new URL('./src/public/', import.meta.url));

const tests = ['src/**/*.test.ts', 'fixtures/**/*.test.ts'];
const pure = 'team steward trace loop chaos check measure report import engine campaign'
  .split(' ')
  .map((floor) => `src/${floor}/**/*.test.ts`);

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
        // Floors whose tests touch neither timers, network nor files: their files share one process and what it has
        // loaded, which is half of what they would cost apart.
        test: { ...patient, name: 'pure', include: pure, isolate: false },
      },
      {
        extends: true,
        test: { ...patient, name: 'unit', include: tests, exclude: [...pure, ...started] },
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
        test: { name: 'suites', include: ['suites/**/*.suite.ts'] },
      },
    ],
  },
});
