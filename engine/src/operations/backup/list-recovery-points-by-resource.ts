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
import { placeOf } from '../../domain/vaults';
import type { RecoveryPointView } from '../../domain/views';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { pageOf } from '../page';
import { given } from './shapes';

export function listRecoveryPointsByResource(
  state: WorldState,
  caller: Caller,
  input: ListRecoveryPointsByResourceInput,
): ListRecoveryPointsByResourceOutput {
  const points = state
    .pointsOf(required(input.ResourceArn, 'ResourceArn'))
    .filter((point) => placeOf(vaultOf(state, point).made.env) === placeOf(caller))
    .reverse();
  const page = pageOf(points, input.MaxResults, input.NextToken);
  return given({ RecoveryPoints: page.items.map((point) => show(state, point)), NextToken: page.nextToken });
}

function show(state: WorldState, point: RecoveryPointView): RecoveryPointByResource {
  const { made } = vaultOf(state, point);
  return given({
    RecoveryPointArn: point.recoveryPointArn,
    BackupVaultName: point.backupVaultName,
    CreationDate: dateOf(point.createdAt),
    Status: point.status,
    BackupSizeBytes: point.sizeBytes,
    EncryptionKeyArn: made.encryptionKeyArn,
    IsParent: false,
    ResourceName: state.ledger.resources.tryFind(point.resourceArn)?.declaration.name,
    VaultType: made.airGapped ? ('LOGICALLY_AIR_GAPPED_BACKUP_VAULT' as const) : ('BACKUP_VAULT' as const),
  });
}

function vaultOf(state: WorldState, point: RecoveryPointView) {
  const vault = state.ledger.vaults.tryFindByArn(point.backupVaultArn);
  if (vault === undefined) {
    throw new Error(`no vault ${point.backupVaultArn} for a recovery point that is there`);
  }
  return vault;
}
