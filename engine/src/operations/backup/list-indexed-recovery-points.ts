/**
 * ListIndexedRecoveryPoints, newest backup first.
 *
 * Source   B5.5/1, API ListIndexedRecoveryPointsInput (filters).
 */
import type {
  IndexedRecoveryPoint,
  ListIndexedRecoveryPointsInput,
  ListIndexedRecoveryPointsOutput,
} from '@aws-sdk/client-backup';
import type { PointIndex } from '../../domain/index-runs';
import { statusMessage } from '../../domain/reasons';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { given } from './shapes';

export function listIndexedRecoveryPoints(
  state: WorldState,
  caller: Caller,
  input: ListIndexedRecoveryPointsInput,
): ListIndexedRecoveryPointsOutput {
  const { ledger } = state;
  const after = input.CreatedAfter?.getTime() ?? -Infinity;
  const before = input.CreatedBefore?.getTime() ?? Infinity;
  const passing = state.indexes
    .list()
    .filter(({ series }) => placeOf(ledger.vaultOf(series).made.env) === placeOf(caller))
    .filter(({ pointCreatedAt }) => pointCreatedAt > after && pointCreatedAt < before)
    .sort((a, b) => b.pointCreatedAt - a.pointCreatedAt)
    .map((index) => show(state, index))
    .filter((one) => (input.SourceResourceArn ?? one.SourceResourceArn) === one.SourceResourceArn)
    .filter((one) => (input.ResourceType ?? one.ResourceType) === one.ResourceType)
    .filter((one) => (input.IndexStatus ?? one.IndexStatus) === one.IndexStatus);
  const page = pageOf(passing, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListIndexedRecoveryPoints',
    keyOf: ({ RecoveryPointArn = '' }) => RecoveryPointArn,
  });
  return given({ IndexedRecoveryPoints: page.items, NextToken: page.nextToken });
}

function show({ ledger }: WorldState, index: PointIndex): IndexedRecoveryPoint {
  const resource = ledger.resourceOf(index.series);
  return given({
    RecoveryPointArn: index.pointArn,
    SourceResourceArn: resource.arn,
    IamRoleArn: index.roleArn,
    BackupCreationDate: dateOf(index.pointCreatedAt),
    ResourceType: resource.service.resourceType,
    IndexCreationDate: dateOf(index.createdAt),
    IndexStatus: index.status,
    IndexStatusMessage: statusMessage(index.reason) || undefined,
    BackupVaultArn: ledger.vaultOf(index.series).arn,
  });
}
