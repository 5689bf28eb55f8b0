// What the mutation tester does with the files of the domain that run.ts names: `npm run mutation`.
// Their mutants against the tests of the engine; decision 0028 says why it runs as it does.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  plugins: ['./tools/mutation/runner.mjs'],
  testRunner: 'holdfast',
  coverageAnalysis: 'perTest',
  // Texts are AWS's words or ours: a test that repeats each would only say them twice.
  mutator: { excludedMutations: ['StringLiteral'] },
  // No mutant of the engine changes anything in these: they need not be copied.
  ignorePatterns: ['api', 'bench', 'changelog', 'nag', 'provider-cdktn', '*/build', '*/dist', '*.out', '*.tgz'],
  // Constants: the whole engine would have to be loaded anew for each, and most are AWS's numbers or tables of words.
  ignoreStatic: true,
  disableTypeChecks: false,
  concurrency: 1,
  // A mutant that does not end is found by how often it is reached; time is the last resort, and a busy machine slow.
  timeoutMS: 60_000,
  timeoutFactor: 4,
  // All tests once, with coverage: minutes on a machine that does something else besides.
  dryRunTimeoutMinutes: 30,
  tempDirName: '.stryker/tmp',
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: '.stryker/report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 90, low: 85, break: 85 },
};
