/**
 * GetRestoreTestingPlan.
 *
 * Source   B9.1/4.
 */
import type { GetRestoreTestingPlanInput, GetRestoreTestingPlanOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTestingPlan, showTestingPlan, showTestingPoints } from '../restore-testing';
import { given } from './shapes';

export function getRestoreTestingPlan(
  state: WorldState,
  caller: Caller,
  input: GetRestoreTestingPlanInput,
): GetRestoreTestingPlanOutput {
  const plan = findTestingPlan(state, caller, input.RestoreTestingPlanName);
  return {
    RestoreTestingPlan: given({
      ...showTestingPlan(plan),
      CreatorRequestId: plan.creatorRequestId,
      RecoveryPointSelection: showTestingPoints(plan),
    }),
  };
}
