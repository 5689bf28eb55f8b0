/**
 * DeleteFramework.
 *
 * Source   B10.1/4.
 */
import type { DeleteFrameworkInput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSettledFramework } from '../framework';

export function deleteFramework(state: WorldState, caller: Caller, input: DeleteFrameworkInput): void {
  state.frameworks.delete(findSettledFramework(state, caller, input.FrameworkName));
}
