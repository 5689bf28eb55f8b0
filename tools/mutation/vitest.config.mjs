// The tests of the engine as the mutation tester runs them: one process that keeps its modules, so that a mutant costs
// what its tests cost. The tests themselves are those of jest.config.json.
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');
const source = (name) => path.join(root, name, 'src', 'index.ts');

export default {
  root,
  resolve: {
    alias: [
      { find: /^@holdfast\/model$/, replacement: source('model') },
      { find: /^@holdfast\/cdk$/, replacement: source('lib') },
      { find: /^@holdfast\/cdktf$/, replacement: source('provider') },
      { find: /^@holdfast\/engine$/, replacement: source('engine') },
      { find: /^@holdfast\/engine\/(jest|vitest)$/, replacement: `${root}/engine/src/testing/$1.ts` },
    ],
  },
  test: {
    globals: true,
    include: ['test/engine/{domain,operations,kernel,scenarios,report,testing,attack,wire}/**/*.test.ts'],
    // Properties and random worlds: each mutant would wait for hundreds of cases that seldom tell more.
    exclude: ['**/node_modules/**', '**/*.{prop,sim}.test.ts', '**/round-trip.test.ts', '**/vitest.test.ts'],
    setupFiles: ['test/setup.ts'],
    isolate: false,
    pool: 'threads',
    poolOptions: { threads: { singleThread: true } },
    testTimeout: 60_000,
  },
};
