/**
 * DeleteRestoreTestingPlan.
 *
 * Source   B9.1/4: a plan with selections is not deleted. Assumed: the text.
 */
import type { DeleteRestoreTestingPlanInput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findTestingPlan } from '../restore-testing';

export function deleteRestoreTestingPlan(
  state: WorldState,
  caller: Caller,
  input: DeleteRestoreTestingPlanInput,
): Record<string, never> {
  const plan = findTestingPlan(state, caller, input.RestoreTestingPlanName);
  if (plan.selections().length > 0) {
    throw new AwsFault('InvalidRequestException', `Restore testing plan ${plan.name} has restore testing selections.`);
  }
  state.restoreTests.delete(plan);
  return {};
}
