/**
 * UpdateRestoreTestingSelection: what the call names changes, all else stays.
 *
 * Source   API model: UpdateRestoreTestingSelection. Assumed: ARNs take the place of conditions, and conditions that of
 *          ARNs, as a selection has but one of them.
 */
import type { UpdateRestoreTestingSelectionInput, UpdateRestoreTestingSelectionOutput } from '@aws-sdk/client-backup';
import { RestoreTestingSelection, RestoreTestingSelectionRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { findTestingPlan, findTestingSelection, toSelectionChange } from '../restore-testing';

export function updateRestoreTestingSelection(
  state: WorldState,
  caller: Caller,
  input: UpdateRestoreTestingSelectionInput,
): UpdateRestoreTestingSelectionOutput {
  const plan = findTestingPlan(state, caller, input.RestoreTestingPlanName);
  const selection = findTestingSelection(plan, input.RestoreTestingSelectionName);
  const change = toSelectionChange(required(input.RestoreTestingSelection, 'RestoreTestingSelection'));
  const declaration = changed(selection.declaration, change);
  refuse(RestoreTestingSelectionRules.check(declaration, '', WIRE));
  state.restoreTests.reselect(plan, selection, declaration);
  return {
    CreationTime: dateOf(selection.createdAt),
    RestoreTestingPlanArn: plan.arn,
    RestoreTestingPlanName: plan.name,
    RestoreTestingSelectionName: selection.name,
    UpdateTime: dateOf(state.now),
  };
}

function changed(before: RestoreTestingSelection, change: Partial<RestoreTestingSelection>): RestoreTestingSelection {
  const { protectedResourceArns, protectedResourceConditions, ...rest } = before;
  const reach =
    change.protectedResourceArns === undefined && change.protectedResourceConditions === undefined
      ? {
          ...(protectedResourceArns === undefined ? {} : { protectedResourceArns }),
          ...(protectedResourceConditions === undefined ? {} : { protectedResourceConditions }),
        }
      : {};
  return { ...rest, ...reach, ...change };
}
