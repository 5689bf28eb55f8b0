/**
 * UpdateBackupPlan.
 *
 * Source   B2.6/1, B2.3/8: the whole document is replaced, for the runs from now on; B2.1/1 (2,000 versions).
 */
import type { UpdateBackupPlanInput, UpdateBackupPlanOutput } from '@aws-sdk/client-backup';
import { BackupLimits } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { answerOf, findOwnPlan } from '../find-plan';
import { required } from '../find-vault';
import { declaredPlan } from './create-backup-plan';

export function updateBackupPlan(
  state: WorldState,
  caller: Caller,
  input: UpdateBackupPlanInput,
): UpdateBackupPlanOutput {
  const before = findOwnPlan(state, caller, input.BackupPlanId);
  const { env, tags } = before.declaration;
  const declaration = declaredPlan(required(input.BackupPlan, 'BackupPlan'), env, tags);
  if (before.revision >= BackupLimits.PLAN_VERSIONS) {
    // Assumed: the text.
    throw new AwsFault('LimitExceededException', `A backup plan has at most ${BackupLimits.PLAN_VERSIONS} versions.`);
  }
  return answerOf(state.plans.update(before, declaration));
}
