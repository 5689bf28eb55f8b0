/**
 * UpdateRestoreTestingPlan: what the call names changes, all else stays.
 *
 * Source   B9.1/4. Assumed: this holds inside RecoveryPointSelection, too.
 */
import type { UpdateRestoreTestingPlanInput, UpdateRestoreTestingPlanOutput } from '@aws-sdk/client-backup';
import { RestoreTestingPlanRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { findTestingPlan, toTestingPlan, toTestingPoints } from '../restore-testing';

export function updateRestoreTestingPlan(
  state: WorldState,
  caller: Caller,
  input: UpdateRestoreTestingPlanInput,
): UpdateRestoreTestingPlanOutput {
  const plan = findTestingPlan(state, caller, input.RestoreTestingPlanName);
  const asked = required(input.RestoreTestingPlan, 'RestoreTestingPlan');
  const declaration = {
    ...plan.declaration,
    ...toTestingPlan(asked),
    recoveryPointSelection: {
      ...plan.declaration.recoveryPointSelection,
      ...toTestingPoints(asked.RecoveryPointSelection ?? {}),
    },
  };
  refuse(RestoreTestingPlanRules.check(declaration, '', WIRE));
  state.restoreTests.update(plan, declaration);
  return {
    CreationTime: dateOf(plan.createdAt),
    RestoreTestingPlanArn: plan.arn,
    RestoreTestingPlanName: plan.name,
    UpdateTime: dateOf(state.now),
  };
}
