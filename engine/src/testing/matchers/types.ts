/**
 * The matchers as a test calls them.
 *
 * Pure: types alone.
 */
import type { DenialExpectation } from './denial';
import type { ImmutabilityExpectation } from './immutability';
import type { Fault } from '../../domain/fault';
import type { Loss } from './loss';
import type { CopyExpectation, KeepExpectation, RpoExpectation, SurvivalExpectation } from './recovery';

/** What `expect(world)` learns; `R` is what a matcher returns. */
export interface HoldfastMatchers<R> {
  /** At every instant the newest restorable data of a resource was at most so many hours old. */
  toMeetRpo(expected: RpoExpectation): R;
  /** A restore reaches so many days back, or has so many points to choose from, now. */
  toKeepAtLeast(expected: KeepExpectation): R;
  /** A copy is in another account, Region or vault, now. */
  toHaveCopyIn(expected: CopyExpectation): R;
  /** After the loss of a Region, an account, a vault or a key, or after a fault of `world.faults`, every resource can still be restored. */
  toSurvive(loss: Loss | Fault, expected?: SurvivalExpectation): R;
  /** After such a loss, every resource can still be restored from a copy. */
  toHaveRestorableCopyAfter(loss: Loss | Fault, expected?: SurvivalExpectation): R;
  /** A resource has a recovery point that nobody deletes before an instant. */
  toBeImmutableUntil(expected: ImmutabilityExpectation): R;
  /** Nothing of what a principal tries with a destructive action succeeds. */
  toDeny(expected: DenialExpectation): R;
}
