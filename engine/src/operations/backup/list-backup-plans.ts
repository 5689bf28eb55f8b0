/**
 * ListBackupPlans.
 *
 * Source   B2.6/2 (IncludeDeleted), B1.2 (MaxResults).
 */
import type { ListBackupPlansInput, ListBackupPlansOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { isAt, showPlan } from '../find-plan';
import { pageOf } from '../page';
import { given } from './shapes';

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
  return given({ BackupPlansList: items.map(showPlan), NextToken: nextToken });
}
