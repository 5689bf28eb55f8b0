/**
 * ListRecoveryPointsByResource: the points of one resource in the vaults of the account and Region, newest first.
 *
 * Source   B1.3 RecoveryPoint. Assumed: nothing, rather than a fault, for a resource without points.
 */
import type {
  ListRecoveryPointsByResourceInput,
  ListRecoveryPointsByResourceOutput,
  RecoveryPointByResource,
} from '@aws-sdk/client-backup';
import { pointView } from '../../domain/show';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { at } from '../../kernel/columns';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { pointKinship } from '../composite';
import { required } from '../find-vault';
import { pageOf } from '../page';
import { aggregatedScan } from '../scan-job';
import { given } from './shapes';

export function listRecoveryPointsByResource(
  state: WorldState,
  caller: Caller,
  input: ListRecoveryPointsByResourceInput,
): ListRecoveryPointsByResourceOutput {
  const { ledger } = state;
  const { points, resources } = ledger;
  const series = resources.tryFind(required(input.ResourceArn, 'ResourceArn'))?.series ?? [];
  const rows = series
    .filter((number) => placeOf(ledger.vaultOf(number).made.env) === placeOf(caller))
    .flatMap((number) => points.rowsOf(number))
    .sort((a, b) => at(points.createdAts, b) - at(points.createdAts, a) || vaultArn(state, a, b));
  const page = pageOf(rows, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListRecoveryPointsByResource',
    parent: input.ResourceArn,
    keyOf: (row) => pointView(ledger, row).recoveryPointArn,
  });
  return given({ RecoveryPoints: page.items.map((row) => show(state, row)), NextToken: page.nextToken });
}

function show(state: WorldState, row: number): RecoveryPointByResource {
  const { ledger } = state;
  const point = pointView(ledger, row);
  const series = at(ledger.points.series, row);
  const { made } = ledger.vaultOf(series);
  return given({
    RecoveryPointArn: point.recoveryPointArn,
    BackupVaultName: point.backupVaultName,
    CreationDate: dateOf(point.createdAt),
    Status: point.status,
    BackupSizeBytes: point.sizeBytes,
    EncryptionKeyArn: made.encryptionKeyArn,
    IndexStatus: state.indexes.tryFind(row)?.status,
    AggregatedScanResult: aggregatedScan(state, row),
    ...parentage(state, row),
    ResourceName: ledger.resourceOf(series).declaration.name,
    VaultType: made.airGapped ? ('LOGICALLY_AIR_GAPPED_BACKUP_VAULT' as const) : ('BACKUP_VAULT' as const),
  });
}

/** Lists by resource do not say which member a point is of. */
function parentage(state: WorldState, row: number) {
  const { IsParent, ParentRecoveryPointArn } = pointKinship(state, row);
  return { IsParent, ParentRecoveryPointArn };
}

/** Of two points of one instant, that of the later vault comes first. */
function vaultArn({ ledger }: WorldState, a: number, b: number): number {
  const [one, other] = [a, b].map((row) => ledger.vaultOf(at(ledger.points.series, row)).arn);
  return (one ?? '') < (other ?? '') ? 1 : -1;
}
