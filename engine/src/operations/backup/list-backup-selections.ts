/**
 * ListBackupSelections.
 *
 * Source   B1.2 (MaxResults).
 */
import type { ListBackupSelectionsInput, ListBackupSelectionsOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findPlan } from '../find-plan';
import { pageOf } from '../page';
import { given } from './shapes';

export function listBackupSelections(
  state: WorldState,
  caller: Caller,
  input: ListBackupSelectionsInput,
): ListBackupSelectionsOutput {
  const plan = findPlan(state, caller, input.BackupPlanId);
  const { items, nextToken } = pageOf(plan.selections, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListBackupSelections',
    parent: plan.id,
    keyOf: ({ id }) => id,
  });
  const members = items.map((selection) =>
    given({
      SelectionId: selection.id,
      SelectionName: selection.declaration.selectionName,
      BackupPlanId: plan.id,
      CreationDate: dateOf(selection.createdAt),
      CreatorRequestId: selection.creatorRequestId,
      IamRoleArn: selection.declaration.iamRoleArn,
    }),
  );
  return given({ BackupSelectionsList: members, NextToken: nextToken });
}
