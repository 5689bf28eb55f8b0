/**
 * ListBackupPlanVersions.
 *
 * Source   B2.6/1, B1.2 (MaxResults).
 */
import type { ListBackupPlanVersionsInput, ListBackupPlanVersionsOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findVersion, showPlan } from '../find-plan';
import { pageOf } from '../page';
import { given } from './shapes';

export function listBackupPlanVersions(
  state: WorldState,
  caller: Caller,
  input: ListBackupPlanVersionsInput,
): ListBackupPlanVersionsOutput {
  const { id } = findVersion(state, caller, input.BackupPlanId);
  const { items, nextToken } = pageOf(state.ledger.plans.versionsOf(id), input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListBackupPlanVersions',
    parent: id,
    keyOf: ({ versionId }) => versionId,
  });
  const members = items.map(showPlan);
  return given({ BackupPlanVersionsList: members, NextToken: nextToken });
}
