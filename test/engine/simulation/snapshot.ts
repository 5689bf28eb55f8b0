// What a World shows at an instant, read as its users can read it.
import type {
  BackupVaultListMember,
  LegalHold,
  ListBackupVaultsOutput,
  ListLegalHoldsOutput,
  ListRecoveryPointsByLegalHoldOutput,
} from '@aws-sdk/client-backup';
import type { ListKeysCommandOutput } from '@aws-sdk/client-kms';
import type { Environment } from '@holdfast/model';
import type { RecoveryPointView, WorldSummary } from '../../../engine/src/domain/views';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { read } from './call';

export interface HoldSeen {
  readonly arn: string;
  readonly status: LegalHold['Status'];
  /** `keyOf` the points that it keeps. */
  readonly keeps: readonly string[];
}

export interface Snapshot {
  readonly at: number;
  readonly digest: string;
  readonly summary: WorldSummary;
  readonly vaults: readonly BackupVaultListMember[];
  readonly points: readonly RecoveryPointView[];
  readonly holds: readonly HoldSeen[];
}

/** Points of different vaults may share an ARN. */
export function keyOf(point: { readonly backupVaultArn: string; readonly recoveryPointArn: string }): string {
  return `${point.backupVaultArn} ${point.recoveryPointArn}`;
}

/** @param resources ARNs of all that there ever was: points outlive what they are of */
export function snapshotOf(
  state: WorldState,
  places: readonly Environment[],
  resources: ReadonlySet<string>,
): Snapshot {
  return {
    at: state.now,
    digest: state.digest(),
    summary: state.summary(),
    vaults: places.flatMap((env) => vaultsOf(state, env)),
    points: [...resources].flatMap((arn) => state.pointsOf(arn)),
    holds: places.flatMap((env) => holdsOf(state, env)),
  };
}

function vaultsOf(state: WorldState, env: Environment): readonly BackupVaultListMember[] {
  return read<ListBackupVaultsOutput>(state, env, 'backup', 'ListBackupVaults').BackupVaultList ?? [];
}

function holdsOf(state: WorldState, env: Environment): HoldSeen[] {
  const { LegalHolds = [] } = read<ListLegalHoldsOutput>(state, env, 'backup', 'ListLegalHolds');
  return LegalHolds.map(({ LegalHoldId, LegalHoldArn, Status }) => {
    const kept = read<ListRecoveryPointsByLegalHoldOutput>(state, env, 'backup', 'ListRecoveryPointsByLegalHold', {
      LegalHoldId,
    });
    const keeps = (kept.RecoveryPoints ?? []).map((member) =>
      keyOf({
        backupVaultArn: vaultArnOf(env, member.BackupVaultName),
        recoveryPointArn: member.RecoveryPointArn ?? '',
      }),
    );
    return { arn: LegalHoldArn ?? '', status: Status, keeps: keeps.sort() };
  });
}

export function vaultArnOf({ partition, region, account }: Environment, name: string | undefined): string {
  return `arn:${partition}:backup:${region}:${account}:backup-vault:${name}`;
}

/** Operations that read what a refused call might have touched beside points, vaults, holds and jobs. */
const READINGS: readonly (readonly [string, string])[] = [
  ['backup', 'ListBackupPlans'],
  ['kms', 'ListKeys'],
  ['kms', 'ListAliases'],
  ['iam', 'ListRoles'],
];

/** Everything that calls can change, as one text. */
export function readingOf(state: WorldState, places: readonly Environment[]): string {
  const answers = places.flatMap((env) =>
    READINGS.map(([service, operation]) => [operation, env, read(state, env, service, operation)]),
  );
  const policies = state.ledger.vaults.standing().map((vault) => [vault.arn, vault.accessPolicy]);
  const keys = places.flatMap((env) => keysOf(state, env));
  return JSON.stringify([answers, policies, keys, state.ledger.agenda.pending]);
}

function keysOf(state: WorldState, env: Environment): unknown[] {
  const { Keys = [] } = read<ListKeysCommandOutput>(state, env, 'kms', 'ListKeys');
  return Keys.map(({ KeyId }) => read(state, env, 'kms', 'DescribeKey', { KeyId }));
}
