// Who lets a copy leave its account: the policies of both vaults, of the key, and those of the organization.
import { COPY_NOT_ADMITTED, NO_REASON } from '../../../engine/src/domain/reasons';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { putBackupVaultAccessPolicy } from '../../../engine/src/operations/backup/put-backup-vault-access-policy';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { updateGlobalSettings } from '../../../engine/src/operations/backup/update-global-settings';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { attachPolicy } from '../../../engine/src/operations/organizations/attach-policy';
import { createAccount } from '../../../engine/src/operations/organizations/create-account';
import { createPolicy } from '../../../engine/src/operations/organizations/create-policy';
import { enablePolicyType } from '../../../engine/src/operations/organizations/enable-policy-type';
import { MANAGEMENT, MEMBER, organization } from '../scenarios/organization-stage';
import { CMK, HOUR, resource, until, vault, vaultArn, world } from '../scenarios/stage';

const CENTRAL = { ...MEMBER, account: '000000000003' };
const ROLE = `arn:aws:iam::${MEMBER.account}:role/backup`;
const FILES = resource('efs', 'fs-1', { env: MEMBER });
const KEY_ID = CMK.split('/').at(-1) ?? '';
const KEY = `arn:aws:kms:${MEMBER.region}:${MEMBER.account}:key/${KEY_ID}`;
const DISK = resource('ebs', 'vol-1', { env: MEMBER, encryptedWith: KEY });
const DENIED = 'Access Denied trying to call AWS Backup service';

interface Place {
  readonly state: WorldState;
  readonly root: string;
  readonly unit: string;
}

/** A member with points in `main`, and a vault `central` in another account that everybody may copy into. */
function place(accessPolicy: object | null = open()): Place {
  const given = accessPolicy === null ? {} : { accessPolicy };
  const central = { env: CENTRAL, encryptionKeyArn: CMK.replace(/\d{12}/, CENTRAL.account), ...given };
  const vaults = [vault('main', { env: MEMBER }), vault('central', central)];
  const stage = organization({ vaults, resources: [FILES, DISK] });
  const { state, root } = stage;
  createAccount(state, MANAGEMENT, { Email: 'b@example.com', AccountName: 'central' }, CENTRAL.account);
  updateGlobalSettings(state, MANAGEMENT, { GlobalSettings: { isCrossAccountBackupEnabled: 'true' } });
  enablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType: 'RESOURCE_CONTROL_POLICY' });
  for (const { arn } of [FILES, DISK]) {
    startBackupJob(state, MEMBER, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE });
  }
  until(state, '2027-01-01T01:00Z');
  return stage;
}

function copied({ state }: Place, arn = FILES.arn): string {
  startCopyJob(state, MEMBER, {
    SourceBackupVaultName: 'main',
    DestinationBackupVaultArn: vaultArn('central', CENTRAL),
    RecoveryPointArn: state.pointsOf(arn)[0]?.recoveryPointArn,
    IamRoleArn: ROLE,
  });
  until(state, new Date(state.now + HOUR).toISOString());
  const job = state.jobsOf(arn).at(-1);
  return job?.state === 'COMPLETED' ? 'COMPLETED' : (job?.statusMessage ?? '');
}

function statement(more: object = {}): object {
  return { Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*', ...more };
}

function open(...statements: object[]): object {
  return { Version: '2012-10-17', Statement: [statement(), ...statements] };
}

const ID = 'the organization';
const UNIT = 'the unit';

/** Replaces what only the stage knows. */
function named(policy: object): object {
  const { state, unit } = organization();
  const [own] = state.ledger.organizations.list();
  return JSON.parse(
    JSON.stringify(policy)
      .replaceAll(ID, own?.id ?? '')
      .replaceAll(UNIT, unit),
  ) as object;
}

const when = (Condition: object) => statement({ Condition });

// prettier-ignore
test.each([
  ['anybody',                       [statement()], true],
  ['the account',                   [statement({ Principal: { AWS: MEMBER.account } })], true],
  ['the root of the account',       [statement({ Principal: { AWS: [`arn:aws:iam::${MEMBER.account}:root`] } })], true],
  ['the role',                      [statement({ Principal: { AWS: ROLE } })], true],
  ['another role',                  [statement({ Principal: { AWS: `${ROLE}2` } })], false],
  ['another account',               [statement({ Principal: { AWS: 'arn:aws:iam::999999999999:root' } })], false],
  ['a service',                     [statement({ Principal: { Service: 'backup.amazonaws.com' } })], false],
  ['another action',                [statement({ Action: 'backup:StartRestoreJob' })], false],
  ['another vault',                 [statement({ Resource: vaultArn('other', CENTRAL) })], false],
  ['the organization',              [when({ StringEquals: { 'aws:PrincipalOrgID': ID } })], true],
  ['another organization',          [when({ StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } })], false],
  ['the unit',                      [when({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${ID}/*/${UNIT}/*` } })], true],
  ['another unit',                  [when({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${ID}/*/ou-other/*` } })], false],
  ['all but another account',       [when({ StringNotEquals: { 'aws:PrincipalAccount': '999999999999' } })], true],
  ['a role of that name',           [when({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/backup' } })], true],
  ['a tag that the vault lacks',    [when({ StringEquals: { 'aws:ResourceTag/backup-destination': 'true' } })], false],
  ['all, then not this account',    [statement(), statement({ Effect: 'Deny', Condition: { StringEquals: { 'aws:PrincipalAccount': MEMBER.account } } })], false],
  ['all, then not another account', [statement(), statement({ Effect: 'Deny', Condition: { StringEquals: { 'aws:PrincipalAccount': '999999999999' } } })], true],
])('a vault whose policy is for %s lets the copy in or not (B6.3/3)', (_, Statement, expected) => {
  expect(copied(place(named({ Statement })))).toBe(expected ? 'COMPLETED' : DENIED);
});

test('nobody gets in without a policy, and an account of no organization not by a condition on one (B6.3/3)', () => {
  expect(copied(place(null))).toBe(DENIED);
  const central = { env: CENTRAL, encryptionKeyArn: CMK.replace(/\d{12}/, CENTRAL.account) };
  const state = world('2027-01-01', {
    vaults: [vault('main', { env: MEMBER }), vault('central', central)],
    resources: [FILES],
  });
  startBackupJob(state, MEMBER, { BackupVaultName: 'main', ResourceArn: FILES.arn, IamRoleArn: ROLE });
  until(state, '2027-01-01T01:00Z');
  const crossing = (Statement: object) => {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    putBackupVaultAccessPolicy(state, CENTRAL, { BackupVaultName: 'central', Policy });
    const destination = state.ledger.vaults.tryFindByArn(vaultArn('central', CENTRAL));
    const [row = -1] = state.ledger.points.rowsOf(0);
    return destination && state.ledger.permissions.crossing(ROLE, row, destination);
  };
  expect(crossing(statement())).toBe(NO_REASON);
  expect(crossing(when({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }))).toBe(COPY_NOT_ADMITTED);
  expect(crossing(when({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }))).toBe(NO_REASON);
});

test('what is answered to one role is not answered to another (B6.3/3)', () => {
  const { state } = place(open());
  const Statement = statement({ Principal: { AWS: ROLE } });
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  putBackupVaultAccessPolicy(state, CENTRAL, { BackupVaultName: 'central', Policy });
  const destination = state.ledger.vaults.tryFindByArn(vaultArn('central', CENTRAL));
  const [row = -1] = state.ledger.points.rowsOf(0);
  const crossing = (role: string) => destination && state.ledger.permissions.crossing(role, row, destination);
  expect([crossing(ROLE), crossing(`${ROLE}2`), crossing(ROLE)]).toEqual([NO_REASON, COPY_NOT_ADMITTED, NO_REASON]);
});

/** Attaches a policy of the organization to a node. */
function attach(
  { state }: Place,
  Type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
  TargetId: string,
  more: object,
) {
  const Content = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Sid: 'No', Effect: 'Deny', Resource: '*', ...more },
  });
  const made = createPolicy(state, MANAGEMENT, { Name: 'guard', Content, Type, Description: '' });
  attachPolicy(state, MANAGEMENT, { PolicyId: made.Policy?.PolicySummary?.Id ?? '', TargetId });
}

describe('service control policies of the account of the source decide about the copy', () => {
  const [here, there] = [vaultArn('central', CENTRAL), 'arn:aws:backup:us-east-1:*:backup-vault:*'];

  // prettier-ignore
  test.each([
    ['out of the vault',       { Action: 'backup:CopyFromBackupVault' }, false],
    ['to this vault',          { Action: 'backup:CopyFromBackupVault', Condition: { 'ForAnyValue:ArnLike': { 'backup:CopyTargets': [here] } } }, false],
    ['to another Region',      { Action: 'backup:CopyFromBackupVault', Condition: { 'ForAnyValue:ArnLike': { 'backup:CopyTargets': [there] } } }, true],
    ['beyond its path',        { Action: 'backup:CopyFromBackupVault', Condition: { 'ForAllValues:StringNotLike': { 'backup:CopyTargetOrgPaths': ['o-z/*'] } } }, false],
    ['into the vault',         { Action: 'backup:CopyIntoBackupVault' }, false],
    ['of others',              { Action: 'backup:Copy*', Condition: { ArnNotLike: { 'aws:PrincipalArn': ROLE } } }, true],
    ['without a tag on it',    { Action: 'backup:CopyIntoBackupVault', Condition: { Null: { 'aws:ResourceTag/backup-destination': 'true' } } }, false],
  ])('one that denies copies %s (B6.3/8, B11.5/1)', (_, more, expected) => {
    const stage = place();
    attach(stage, 'SERVICE_CONTROL_POLICY', stage.unit, more);
    expect(copied(stage)).toBe(expected ? 'COMPLETED' : DENIED);
  });

  test('and say which statement of which policy did, in the job and in the log', () => {
    const stage = place();
    attach(stage, 'SERVICE_CONTROL_POLICY', stage.unit, { Action: 'backup:CopyFromBackupVault' });
    copied(stage);
    const because = new RegExp(
      `assumed-role/backup/AWSBackup-backup may not backup:CopyFromBackupVault .*: No of the service control policy guard at ${stage.unit} denies it`,
    );
    expect(stage.state.jobsOf(FILES.arn).at(-1)?.why).toMatch(because);
    const [event] = stage.state.events().filter(({ kind }) => kind === 'access');
    expect(event).toMatchObject({ what: 'denied', resourceArn: FILES.arn, backupVaultArn: here });
    expect(event?.why).toMatch(because);
  });

  test('those of the destination do not bind who copies from elsewhere (B11.4/1)', () => {
    const stage = place();
    attach(stage, 'SERVICE_CONTROL_POLICY', CENTRAL.account, { Action: 'backup:*' });
    expect(copied(stage)).toBe('COMPLETED');
  });
});

test('resource control policies decide about the key of a snapshot, but for service-linked roles (B11.4/3)', () => {
  const stage = place();
  const Principal = { AWS: `arn:aws:iam::${CENTRAL.account}:root` };
  const Statement = [{ Effect: 'Allow', Principal, Action: 'kms:Decrypt', Resource: '*' }];
  createKey(stage.state, MEMBER, { Policy: JSON.stringify({ Statement }) }, KEY_ID);
  attach(stage, 'RESOURCE_CONTROL_POLICY', stage.unit, { Principal: '*', Action: 'kms:*' });
  expect(copied(stage, DISK.arn)).toBe('COMPLETED');
});

test('the key of a snapshot lets in the role of AWS Backup in the other account, and nobody else of it (B6.3/5)', () => {
  const share = (role: string) => {
    const stage = place();
    const Principal = { AWS: `arn:aws:iam::${CENTRAL.account}:root` };
    const Condition = { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${CENTRAL.account}:role/${role}` } };
    const Statement = [{ Effect: 'Allow', Principal, Action: 'kms:Decrypt', Resource: '*', Condition }];
    createKey(stage.state, MEMBER, { Policy: JSON.stringify({ Statement }) }, KEY_ID);
    return copied(stage, DISK.arn);
  };
  expect(share('aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup')).toBe('COMPLETED');
  expect(share('Restore')).toBe('Given key ID is not accessible');
});
