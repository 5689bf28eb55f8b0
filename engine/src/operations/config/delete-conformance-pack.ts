/**
 * DeleteConformancePack.
 *
 * Source   API of AWS Config 2014-11-12. Assumed: the pack is gone at once.
 */
import type { DeleteConformancePackCommandInput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findConformancePack } from '../config-things';

export function deleteConformancePack(
  state: WorldState,
  caller: Caller,
  input: DeleteConformancePackCommandInput,
): void {
  const { name } = findConformancePack(state, caller, input.ConformancePackName);
  state.services.config.packs.remove(caller, name);
}
