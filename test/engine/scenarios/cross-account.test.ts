import type { Estate } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { updateGlobalSettings } from '../../../engine/src/operations/backup/update-global-settings';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { putKeyPolicy } from '../../../engine/src/operations/kms/put-key-policy';
import { createAccount } from '../../../engine/src/operations/organizations/create-account';
import { createOrganization } from '../../../engine/src/operations/organizations/create-organization';
import { disableAWSServiceAccess } from '../../../engine/src/operations/organizations/disable-aws-service-access';
import { enableAWSServiceAccess } from '../../../engine/src/operations/organizations/enable-aws-service-access';
import { leaveOrganization } from '../../../engine/src/operations/organizations/leave-organization';
import { CMK, ENV, HOUR, resource, ROLE, until, vault, vaultArn, world } from './stage';

const MANAGEMENT = { ...ENV, account: '000000000001' };
const CENTRAL = { ...ENV, account: '000000000002' };
const CENTRAL_KEY = CMK.replace(ENV.account, CENTRAL.account);
const BACKUP = 'backup.amazonaws.com';

const NO_ORGANIZATION =
  'Copy job failed. Both source and destination account must be a member of the same organization.';
const OFF = 'Copy job failed. Cross-account copy feature is not enabled for the current organization.';
const DENIED = 'Access Denied trying to call AWS Backup service';
const DEFAULT_KEY =
  'Copy job failed. The destination Backup vault is encrypted with the default Backup service managed key.';
const MANAGED_KEY = "Snapshots encrypted with the AWS managed key can't be shared.";

const disk = resource('ebs', 'vol-1', { encryptedWith: CMK });
const files = resource('efs', 'fs-1');
const managed = resource('ebs', 'vol-2', { encryptedWith: `arn:aws:kms:${ENV.region}:${ENV.account}:alias/aws/ebs` });

/** Lets in whoever is in the organization with this id. */
function policyFor(organization: string | undefined): object {
  const Condition = { StringEquals: { 'aws:PrincipalOrgID': organization } };
  return {
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*', Condition }],
  };
}

interface Setting {
  readonly settings?: 'true' | 'false';
  readonly policy?: 'none' | 'other organization' | 'this organization';
  readonly member?: boolean;
}

/** Three accounts; everything is in order for copies into the vault `central`, unless told otherwise. */
function organized({ settings = 'true', policy = 'this organization', member = true }: Setting = {}): WorldState {
  const probe = world('2027-01-01', {});
  const id = createOrganization(probe, MANAGEMENT, {}).Organization?.Id;
  const accessPolicy = policy === 'none' ? undefined : policyFor(policy === 'this organization' ? id : 'o-0000000000');
  const given = accessPolicy === undefined ? {} : { accessPolicy };
  const estate: Estate = {
    vaults: [
      vault('main'),
      vault('central', { env: CENTRAL, encryptionKeyArn: CENTRAL_KEY, ...given }),
      { backupVaultName: 'managed', env: CENTRAL, ...given },
      vault('Default', { env: CENTRAL, encryptionKeyArn: CENTRAL_KEY, ...given }),
    ],
    resources: [disk, files, managed],
  };
  const state = world('2027-01-01', estate);
  createOrganization(state, MANAGEMENT, {});
  enableAWSServiceAccess(state, MANAGEMENT, { ServicePrincipal: BACKUP });
  for (const { account } of [ENV, ...(member ? [CENTRAL] : [])]) {
    createAccount(state, MANAGEMENT, { Email: `${account}@example.com`, AccountName: account }, account);
  }
  updateGlobalSettings(state, MANAGEMENT, { GlobalSettings: { isCrossAccountBackupEnabled: settings } });
  for (const { arn } of [disk, files, managed]) {
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE });
  }
  until(state, '2027-01-01T01:00Z');
  return state;
}

function copied(state: WorldState, arn: string, destination = 'central'): string {
  startCopyJob(state, ENV, {
    SourceBackupVaultName: 'main',
    DestinationBackupVaultArn: vaultArn(destination, CENTRAL),
    RecoveryPointArn: state.pointsOf(arn).find(({ backupVaultName }) => backupVaultName === 'main')?.recoveryPointArn,
    IamRoleArn: ROLE,
  });
  until(state, new Date(state.now + HOUR).toISOString());
  const job = state.jobsOf(arn).at(-1);
  return job?.state === 'COMPLETED' ? 'COMPLETED' : (job?.statusMessage ?? '');
}

// prettier-ignore
test.each([
  ['the destination is in no organization',     { member: false },                 disk,    'central', NO_ORGANIZATION],
  ['the setting is off',                        { settings: 'false' },             disk,    'central', OFF],
  ['the destination has no policy',             { policy: 'none' },                disk,    'central', DENIED],
  ['its policy lets others in',                 { policy: 'other organization' },  disk,    'central', DENIED],
  ['the destination is under the managed key',  {},                                files,   'managed', DEFAULT_KEY],
  ['the destination is the default vault',      {},                                files,   'Default', DEFAULT_KEY],
  ['the source is under the managed key',       {},                                managed, 'central', MANAGED_KEY],
  ['all is good for a snapshot',                {},                                disk,    'central', 'COMPLETED'],
  ['all is good for a fully managed service',   {},                                files,   'central', 'COMPLETED'],
] as const)('vector 13: a copy to another account where %s (B6.3/1 to B6.3/5)', (_, setting, source, destination, expected) => {
  expect(copied(organized(setting), source.arn, destination)).toBe(expected);
});

test('without trusted access of AWS Backup no copy leaves its account (B6.3/1)', () => {
  const state = organized();
  disableAWSServiceAccess(state, MANAGEMENT, { ServicePrincipal: BACKUP });
  expect(copied(state, disk.arn)).toBe(OFF);
});

test('an account that leaves its organization receives no copies any more (B6.3/1)', () => {
  const state = organized();
  expect(copied(state, disk.arn)).toBe('COMPLETED');
  leaveOrganization(state, CENTRAL, {});
  expect(copied(state, disk.arn)).toBe(NO_ORGANIZATION);
});

test('copies are made for 15 minutes after cross-account backup was turned off, and no longer (B6.3/2)', () => {
  const state = organized();
  updateGlobalSettings(state, MANAGEMENT, { GlobalSettings: { isCrossAccountBackupEnabled: 'false' } });
  until(state, '2027-01-01T01:14Z');
  expect(copied(state, disk.arn)).toBe('COMPLETED');
  updateGlobalSettings(state, MANAGEMENT, { GlobalSettings: { isCrossAccountBackupEnabled: 'true' } });
  updateGlobalSettings(state, MANAGEMENT, { GlobalSettings: { isCrossAccountBackupEnabled: 'false' } });
  until(state, new Date(state.now + HOUR / 4).toISOString());
  expect(copied(state, disk.arn)).toBe(OFF);
});

test('the key of a snapshot must let the other account in, where the World knows it (B6.3/5)', () => {
  const state = organized();
  createKey(state, ENV, {}, CMK.split('/').at(-1));
  expect(copied(state, disk.arn)).toBe('Given key ID is not accessible');
  expect(copied(state, files.arn)).toBe('COMPLETED');
  const Principal = { AWS: `arn:aws:iam::${CENTRAL.account}:root` };
  const Statement = [{ Effect: 'Allow', Principal, Action: ['kms:DescribeKey', 'kms:Decrypt'], Resource: '*' }];
  putKeyPolicy(state, ENV, { KeyId: CMK, Policy: JSON.stringify({ Statement }) });
  expect(copied(state, disk.arn)).toBe('COMPLETED');
});

test('a World without an organization lets copies leave their account until that is turned off (B6.3/2)', () => {
  const central = vault('central', { env: CENTRAL, encryptionKeyArn: CENTRAL_KEY });
  const state = world('2027-01-01', { vaults: [vault('main'), central], resources: [disk] });
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: disk.arn, IamRoleArn: ROLE });
  until(state, '2027-01-01T01:00Z');
  expect(copied(state, disk.arn)).toBe('COMPLETED');
  updateGlobalSettings(state, ENV, { GlobalSettings: { isCrossAccountBackupEnabled: 'false' } });
  expect(copied(state, disk.arn)).toBe(OFF);
});
