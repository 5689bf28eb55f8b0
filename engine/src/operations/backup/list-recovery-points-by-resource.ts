/**
 * ListRecoveryPointsByResource: the points of one resource in the vaults of the account and Region, newest first.
 *
 * Source   B1.3 RecoveryPoint. Assumed: nothing, rather than a fault, for a resource without points.
 * Gaps     Points that are being created are not listed.
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
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { pageOf } from '../page';
import { showRecoveryPoint } from '../recovery-point';
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
  const shown = showRecoveryPoint(state, row);
  return given({
    RecoveryPointArn: shown.RecoveryPointArn,
    BackupVaultName: shown.BackupVaultName,
    CreationDate: shown.CreationDate,
    Status: shown.Status,
    // Lists by resource call it otherwise.
    BackupSizeBytes: shown.BackupSizeInBytes,
    EncryptionKeyArn: shown.EncryptionKeyArn,
    EncryptionKeyType: shown.EncryptionKeyType,
    IndexStatus: shown.IndexStatus,
    IndexStatusMessage: shown.IndexStatusMessage,
    AggregatedScanResult: shown.AggregatedScanResult,
    // They do not say which member a point is of.
    IsParent: shown.IsParent,
    ParentRecoveryPointArn: shown.ParentRecoveryPointArn,
    ResourceName: shown.ResourceName,
    VaultType: shown.VaultType,
  });
}

/** Of two points of one instant, that of the later vault comes first. */
function vaultArn({ ledger }: WorldState, a: number, b: number): number {
  const [one, other] = [a, b].map((row) => ledger.vaultOf(at(ledger.points.series, row)).arn);
  return (one ?? '') < (other ?? '') ? 1 : -1;
}
