/**
 * ListRecoveryPointsByResource: the points of one resource in the vaults of the account and Region, newest first.
 *
 * Source   B1.3 RecoveryPoint, B5.1 (CREATING). Assumed: nothing, rather than a fault, for a resource without points; those that
 *          are being created come first, as in lists of a vault.
 */
import type {
  ListRecoveryPointsByResourceInput,
  ListRecoveryPointsByResourceOutput,
  RecoveryPointByResource,
} from '@aws-sdk/client-backup';
import { arnOfCreating, jobsCreatingOf } from '../../domain/creating-points';
import { arnOfPoint } from '../../domain/show';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { floatAt, intAt } from '../../kernel/columns';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { pageOf } from '../page';
import { isCreating, showFound } from '../recovery-point';
import { given } from './shapes';

export function listRecoveryPointsByResource(
  state: WorldState,
  caller: Caller,
  input: ListRecoveryPointsByResourceInput,
): ListRecoveryPointsByResourceOutput {
  const { ledger } = state;
  const { points, resources } = ledger;
  const resource = resources.tryFind(required(input.ResourceArn, 'ResourceArn'));
  const place = ledger.names.intern(placeOf(caller));
  const rows = (resource?.series ?? [])
    .filter((number) => ledger.vaultOf(number).place === place)
    .flatMap((number) => points.rowsOf(number))
    .sort((a, b) => floatAt(points.createdAts, b) - floatAt(points.createdAts, a) || vaultArn(state, a, b));
  const creating = resource === undefined ? [] : [...jobsCreatingOf(ledger, resource, place)].map((job) => ~job);
  const page = pageOf([...creating, ...rows], input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListRecoveryPointsByResource',
    parent: input.ResourceArn,
    keyOf: (found) => (isCreating(found) ? arnOfCreating(ledger, ~found) : arnOfPoint(ledger, found)),
  });
  return given({ RecoveryPoints: page.items.map((row) => show(state, row)), NextToken: page.nextToken });
}

function show(state: WorldState, row: number): RecoveryPointByResource {
  const shown = showFound(state, row);
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
  const [one, other] = [a, b].map((row) => ledger.vaultOf(intAt(ledger.points.series, row)).arn);
  return (one ?? '') < (other ?? '') ? 1 : -1;
}
