/**
 * `import '@holdfast/engine/jest'` in a test, or in `setupFilesAfterEnv`: the matchers of Holdfast for jest.
 *
 * Owns     nothing; extends the `expect` of the test that imports it.
 */
import { matchers } from './matchers/matchers';
import type { HoldfastMatchers } from './matchers/types';

declare global {
  // jest has its types in this namespace; it merges with theirs.
  namespace jest {
    interface Matchers<R> extends HoldfastMatchers<R> {}
  }
}

/** What jest puts beside each test. */
interface Expect {
  extend(with_: Readonly<Record<string, unknown>>): void;
}

(globalThis as unknown as { readonly expect: Expect }).expect.extend(matchers);
