/**
 * ListBackupPlans.
 *
 * Source   B2.6/2 (IncludeDeleted), B1.2 (MaxResults).
 */
import type { ListBackupPlansInput, ListBackupPlansOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { isAt } from '../find-plan';
import { pageOf } from '../page';
import { given, toDate } from './shapes';

export function listBackupPlans(state: WorldState, caller: Caller, input: ListBackupPlansInput): ListBackupPlansOutput {
  const { plans } = state.ledger;
  const all = [...plans.list(), ...(input.IncludeDeleted === true ? plans.deleted() : [])]
    .filter((plan) => isAt(plan, caller))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const { items, nextToken } = pageOf(all, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListBackupPlans',
    keyOf: ({ arn }) => arn,
  });
  const members = items.map((plan) =>
    given({
      BackupPlanArn: plan.arn,
      BackupPlanId: plan.id,
      BackupPlanName: plan.declaration.backupPlanName,
      CreationDate: dateOf(plan.createdAt),
      DeletionDate: toDate(plan.deletedAt),
      VersionId: plan.versionId,
      CreatorRequestId: plan.creatorRequestId,
    }),
  );
  return given({ BackupPlansList: members, NextToken: nextToken });
}
