/**
 * `import '@holdfast/engine/vitest'` in a test, or in `setupFiles`: the matchers of Holdfast for vitest.
 *
 * Owns     nothing; extends the `expect` of vitest.
 */
import { expect } from 'vitest';
import { matchers } from './matchers/matchers';
import type { HoldfastMatchers } from './matchers/types';

declare module 'vitest' {
  interface Assertion<T> extends HoldfastMatchers<T> {}
}

expect.extend(matchers);
