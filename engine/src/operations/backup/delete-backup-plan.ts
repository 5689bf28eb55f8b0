/**
 * DeleteBackupPlan.
 *
 * Source   B2.6/2; B1.5 (the text).
 */
import type { DeleteBackupPlanInput, DeleteBackupPlanOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findOwnPlan } from '../find-plan';

export function deleteBackupPlan(
  state: WorldState,
  caller: Caller,
  input: DeleteBackupPlanInput,
): DeleteBackupPlanOutput {
  const plan = findOwnPlan(state, caller, input.BackupPlanId);
  if (plan.selections.length > 0) {
    throw new AwsFault(
      'InvalidRequestException',
      'Related backup plan selections must be deleted prior to backup plan deletion',
    );
  }
  state.plans.delete(plan);
  return {
    BackupPlanId: plan.id,
    BackupPlanArn: plan.arn,
    DeletionDate: dateOf(plan.deletedAt),
    VersionId: plan.versionId,
  };
}
