// A World whose policies decide, with one role for jobs, and what scenarios do with it.
import type { Estate } from '@holdfast/model';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { listRestoreJobs } from '../../../engine/src/operations/backup/list-restore-jobs';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { attachRolePolicy } from '../../../engine/src/operations/iam/attach-role-policy';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { putRolePolicy } from '../../../engine/src/operations/iam/put-role-policy';
import { CMK, DAY, ENV, HOUR, resource, ROLE, until, vault, vaultArn } from './stage';

export const BACKUPS = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';
export const RESTORES = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores';
export const TRUST = JSON.stringify({
  Statement: { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' },
});
export const NOT_AUTHORIZED = 'You are not authorized to perform this operation.';
export const NO_ACCESS = 'Access Denied trying to call AWS Backup service';
export const NO_KEY = 'KMS key is either disabled or pending deletion or access to KMS key is denied';
export const KEY_ID = CMK.split('/').at(-1) ?? '';

export const DISK = resource('ebs', 'vol-0123456789abcdef0');
export const TABLE = resource('dynamodb', 'orders');
export const FILES = resource('efs', 'fs-0123456789abcdef0');
export const ESTATE: Estate = { vaults: [vault('main'), vault('second')], resources: [DISK, TABLE, FILES] };

const VOLUME = { availabilityZone: `${ENV.region}a`, encrypted: 'false' };

/** A World whose policies decide, with a role that has these managed policies. */
export function enforced(managed: string[] = [BACKUPS], estate: Estate = ESTATE): WorldState {
  const state = new WorldState({ start: parseInstant('2027-01-01'), enforceIam: true, keepEvents: 1000 });
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
  for (const PolicyArn of managed) {
    attachRolePolicy(state, ENV, { RoleName: 'backup', PolicyArn });
  }
  deploy(state, estate);
  return state;
}

export function own(state: WorldState, ...Statement: object[]): void {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  putRolePolicy(state, ENV, { RoleName: 'backup', PolicyName: 'own', PolicyDocument });
}

export const allow = (Action: string | string[], Resource = '*', more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: string, Resource = '*', more = {}) => ({ Effect: 'Deny', Action, Resource, ...more });

export function last(state: WorldState, arn: string): string {
  const job = state.jobsOf(arn).at(-1);
  return job?.state === 'COMPLETED' ? 'COMPLETED' : (job?.statusMessage ?? 'none');
}

export function backedUp(state: WorldState, arn = DISK.arn, BackupVaultName = 'main'): string {
  startBackupJob(state, ENV, { BackupVaultName, ResourceArn: arn, IamRoleArn: ROLE });
  until(state, new Date(state.now + HOUR).toISOString());
  return last(state, arn);
}

export function copied(state: WorldState, arn = DISK.arn): string {
  startCopyJob(state, ENV, {
    SourceBackupVaultName: 'main',
    DestinationBackupVaultArn: vaultArn('second'),
    RecoveryPointArn: state.pointsOf(arn)[0]?.recoveryPointArn,
    IamRoleArn: ROLE,
  });
  until(state, new Date(state.now + HOUR).toISOString());
  return last(state, arn);
}

/** How the restore of the first point of a resource ends; a volume, unless told otherwise. */
export function restored(state: WorldState, arn = DISK.arn, Metadata: Record<string, string> = VOLUME): string {
  const RecoveryPointArn = state.pointsOf(arn)[0]?.recoveryPointArn;
  startRestoreJob(state, ENV, { RecoveryPointArn, IamRoleArn: ROLE, Metadata });
  until(state, new Date(state.now + DAY).toISOString());
  return listRestoreJobs(state, ENV, {}).RestoreJobs?.[0]?.Status ?? 'none';
}
