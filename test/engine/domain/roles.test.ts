import type { WorldState } from '../../../engine/src/domain/world-state';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startCopyJob } from '../../../engine/src/operations/backup/start-copy-job';
import { NO_REASON } from '../../../engine/src/domain/reasons';
import { AwsFault } from '../../../engine/src/operations/fault';
import { attachRolePolicy } from '../../../engine/src/operations/iam/attach-role-policy';
import { attachUserPolicy } from '../../../engine/src/operations/iam/attach-user-policy';
import { createPolicy } from '../../../engine/src/operations/iam/create-policy';
import { createPolicyVersion } from '../../../engine/src/operations/iam/create-policy-version';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { createUser } from '../../../engine/src/operations/iam/create-user';
import { deletePolicy } from '../../../engine/src/operations/iam/delete-policy';
import { deleteRole } from '../../../engine/src/operations/iam/delete-role';
import { deleteRolePermissionsBoundary } from '../../../engine/src/operations/iam/delete-role-permissions-boundary';
import { deleteRolePolicy } from '../../../engine/src/operations/iam/delete-role-policy';
import { deleteUser } from '../../../engine/src/operations/iam/delete-user';
import { deleteUserPolicy } from '../../../engine/src/operations/iam/delete-user-policy';
import { detachRolePolicy } from '../../../engine/src/operations/iam/detach-role-policy';
import { detachUserPolicy } from '../../../engine/src/operations/iam/detach-user-policy';
import { getPolicy } from '../../../engine/src/operations/iam/get-policy';
import { getPolicyVersion } from '../../../engine/src/operations/iam/get-policy-version';
import { getRole } from '../../../engine/src/operations/iam/get-role';
import { getRolePolicy } from '../../../engine/src/operations/iam/get-role-policy';
import { listAttachedRolePolicies } from '../../../engine/src/operations/iam/list-attached-role-policies';
import { listRolePolicies } from '../../../engine/src/operations/iam/list-role-policies';
import { listRoles } from '../../../engine/src/operations/iam/list-roles';
import { putRolePermissionsBoundary } from '../../../engine/src/operations/iam/put-role-permissions-boundary';
import { putRolePolicy } from '../../../engine/src/operations/iam/put-role-policy';
import { putUserPolicy } from '../../../engine/src/operations/iam/put-user-policy';
import { updateAssumeRolePolicy } from '../../../engine/src/operations/iam/update-assume-role-policy';
import { CMK, DAY, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const UNASSUMABLE = 'IAM Role cannot be assumed by AWS Backup';
const MANAGED = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';
const POLICY = JSON.stringify({ Version: '2012-10-17', Statement: [] });

function trust(Service: string): string {
  return JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] });
}

const TRUST = trust('backup.amazonaws.com');

function nameOfFault(operation: () => unknown): string {
  try {
    operation();
    return 'none';
  } catch (error) {
    return error instanceof AwsFault ? error.name : String(error);
  }
}

function withRole(more: Parameters<typeof world>[1] = {}): WorldState {
  const state = world('2027-01-01', more);
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
  return state;
}

describe('roles', () => {
  test('are made once in an account, with path, trust policy and boundary', () => {
    const state = world('2027-01-01', {});
    const input = {
      RoleName: 'backup',
      Path: '/service-role/',
      AssumeRolePolicyDocument: TRUST,
      PermissionsBoundary: MANAGED,
      Tags: [{ Key: 'a', Value: 'b' }],
    };
    const made = createRole(state, ENV, input).Role;
    expect(made).toMatchObject({
      Arn: `arn:aws:iam::${ENV.account}:role/service-role/backup`,
      AssumeRolePolicyDocument: encodeURIComponent(TRUST),
      PermissionsBoundary: { PermissionsBoundaryArn: MANAGED },
    });
    expect(made?.RoleId).toMatch(/^AROA[0-9A-F]{17}$/);
    expect(getRole(state, { ...ENV, region: 'us-west-2' }, { RoleName: 'backup' }).Role).toEqual(made);
    expect(nameOfFault(() => createRole(state, ENV, { ...input, Path: '/' }))).toBe('EntityAlreadyExistsException');
    expect(nameOfFault(() => createRole(state, { ...ENV, account: '444455556666' }, input))).toBe('none');
    expect(listRoles(state, ENV, {}).Roles).toHaveLength(1);
    expect(listRoles(state, ENV, { PathPrefix: '/other/' }).Roles).toEqual([]);
  });

  // prettier-ignore
  test.each([
    [{ RoleName: 'x'.repeat(64), AssumeRolePolicyDocument: TRUST }, 'none'],
    [{ RoleName: 'x'.repeat(65), AssumeRolePolicyDocument: TRUST }, 'ValidationException'],
    [{ RoleName: 'has space',    AssumeRolePolicyDocument: TRUST }, 'ValidationException'],
    [{ RoleName: 'a', Path: 'b', AssumeRolePolicyDocument: TRUST }, 'ValidationException'],
    [{ RoleName: 'a',            AssumeRolePolicyDocument: '[]'  }, 'MalformedPolicyDocumentException'],
  ])('CreateRole of %j answers %p', (input, expected) => {
    expect(nameOfFault(() => createRole(world('2027-01-01', {}), ENV, input))).toBe(expected);
  });

  test('have inline policies up to 10,240 characters together, white space not counted', () => {
    const state = withRole();
    const put = (PolicyName: string, length: number, indent = '') => {
      const PolicyDocument = `{${indent}"Id":"${'x'.repeat(length - 9)}"}`;
      return nameOfFault(() => putRolePolicy(state, ENV, { RoleName: 'backup', PolicyName, PolicyDocument }));
    };
    expect(put('one', 10_000, '     ')).toBe('none');
    expect(put('two', 241)).toBe('LimitExceededException');
    expect(put('two', 240)).toBe('none');
    expect(listRolePolicies(state, ENV, { RoleName: 'backup' }).PolicyNames).toEqual(['one', 'two']);
    const read = getRolePolicy(state, ENV, { RoleName: 'backup', PolicyName: 'two' });
    expect(decodeURIComponent(read.PolicyDocument ?? '')).toHaveLength(240);
    deleteRolePolicy(state, ENV, { RoleName: 'backup', PolicyName: 'one' });
    const again = () => deleteRolePolicy(state, ENV, { RoleName: 'backup', PolicyName: 'one' });
    expect(nameOfFault(again)).toBe('NoSuchEntityException');
  });

  test('are deleted when no policy is left, attached or inline', () => {
    const state = withRole();
    const remove = () => nameOfFault(() => deleteRole(state, ENV, { RoleName: 'backup' }));
    attachRolePolicy(state, ENV, { RoleName: 'backup', PolicyArn: MANAGED });
    putRolePolicy(state, ENV, { RoleName: 'backup', PolicyName: 'more', PolicyDocument: POLICY });
    expect(listAttachedRolePolicies(state, ENV, { RoleName: 'backup' }).AttachedPolicies).toEqual([
      { PolicyArn: MANAGED, PolicyName: 'AWSBackupServiceRolePolicyForBackup' },
    ]);
    expect(remove()).toBe('DeleteConflictException');
    detachRolePolicy(state, ENV, { RoleName: 'backup', PolicyArn: MANAGED });
    expect(remove()).toBe('DeleteConflictException');
    deleteRolePolicy(state, ENV, { RoleName: 'backup', PolicyName: 'more' });
    expect(remove()).toBe('none');
    expect(remove()).toBe('NoSuchEntityException');
  });

  test('have a boundary that is put and taken away', () => {
    const state = withRole();
    putRolePermissionsBoundary(state, ENV, { RoleName: 'backup', PermissionsBoundary: MANAGED });
    expect(getRole(state, ENV, { RoleName: 'backup' }).Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(MANAGED);
    deleteRolePermissionsBoundary(state, ENV, { RoleName: 'backup' });
    const again = () => deleteRolePermissionsBoundary(state, ENV, { RoleName: 'backup' });
    expect(nameOfFault(again)).toBe('NoSuchEntityException');
  });
});

test('managed policies have up to five versions, one of which counts, and stay while something has them', () => {
  const state = withRole();
  const arn = createPolicy(state, ENV, { PolicyName: 'more', PolicyDocument: POLICY }).Policy?.Arn;
  expect(arn).toBe(`arn:aws:iam::${ENV.account}:policy/more`);
  const twice = () => createPolicy(state, ENV, { PolicyName: 'more', PolicyDocument: POLICY });
  expect(nameOfFault(twice)).toBe('EntityAlreadyExistsException');
  const PolicyDocument = JSON.stringify({ Id: 'second' });
  const version = () => createPolicyVersion(state, ENV, { PolicyArn: arn, PolicyDocument, SetAsDefault: true });
  expect(version().PolicyVersion).toMatchObject({ VersionId: 'v2', IsDefaultVersion: true });
  expect([version, version, version, version].map(nameOfFault)).toEqual([
    'none',
    'none',
    'none',
    'LimitExceededException',
  ]);
  expect(getPolicyVersion(state, ENV, { PolicyArn: arn, VersionId: 'v1' }).PolicyVersion).toMatchObject({
    Document: encodeURIComponent(POLICY),
    IsDefaultVersion: false,
  });
  attachRolePolicy(state, ENV, { RoleName: 'backup', PolicyArn: arn });
  expect(getPolicy(state, ENV, { PolicyArn: arn }).Policy).toMatchObject({
    DefaultVersionId: 'v5',
    AttachmentCount: 1,
  });
  expect(nameOfFault(() => deletePolicy(state, ENV, { PolicyArn: arn }))).toBe('DeleteConflictException');
  detachRolePolicy(state, ENV, { RoleName: 'backup', PolicyArn: arn });
  deletePolicy(state, ENV, { PolicyArn: arn });
  expect(nameOfFault(() => getPolicy(state, ENV, { PolicyArn: arn }))).toBe('NoSuchEntityException');
});

// prettier-ignore
test.each([[6144, 'none'], [6145, 'LimitExceededException']])('a managed policy of %p characters gives %p', (length, expected) => {
  const PolicyDocument = `{"Id":"${'x'.repeat(length - 9)}"}`;
  expect(nameOfFault(() => createPolicy(withRole(), ENV, { PolicyName: 'a', PolicyDocument }))).toBe(expected);
});

test('users have policies, and go when none is left', () => {
  const state = world('2027-01-01', {});
  expect(createUser(state, ENV, { UserName: 'eve' }).User?.Arn).toBe(`arn:aws:iam::${ENV.account}:user/eve`);
  expect(nameOfFault(() => createUser(state, ENV, { UserName: 'eve' }))).toBe('EntityAlreadyExistsException');
  attachUserPolicy(state, ENV, { UserName: 'eve', PolicyArn: MANAGED });
  putUserPolicy(state, ENV, { UserName: 'eve', PolicyName: 'own', PolicyDocument: POLICY });
  expect(nameOfFault(() => deleteUser(state, ENV, { UserName: 'eve' }))).toBe('DeleteConflictException');
  detachUserPolicy(state, ENV, { UserName: 'eve', PolicyArn: MANAGED });
  deleteUserPolicy(state, ENV, { UserName: 'eve', PolicyName: 'own' });
  deleteUser(state, ENV, { UserName: 'eve' });
  expect(nameOfFault(() => deleteUser(state, ENV, { UserName: 'eve' }))).toBe('NoSuchEntityException');
});

/** Whether AWS Backup can assume a role with these statements to work for a vault of its account. */
function trusts(Statement: object): boolean {
  const state = world('2027-01-01', { vaults: [vault('main')] });
  createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: JSON.stringify({ Statement }) });
  const main = state.ledger.vaults.tryFindByArn(vaultArn('main'));
  return main !== undefined && state.ledger.permissions.assumed(ROLE, main) === NO_REASON;
}

const asking = (Condition: object) => ({
  Effect: 'Allow',
  Principal: { Service: 'backup.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition,
});

// prettier-ignore
test.each([
  ['its principal',           { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }, true],
  ['one of its principals',   { Effect: 'Allow', Principal: { Service: ['ec2.amazonaws.com', 'backup.amazonaws.com'] }, Action: ['sts:AssumeRole'] }, true],
  ['the service in China',    { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com.cn' }, Action: 'sts:*' }, true],
  ['anybody',                 { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }, true],
  ['another service',         { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }, false],
  ['another action',          { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:TagSession' }, false],
  ['a denial',                { Effect: 'Deny', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }, false],
  ['its account',             asking({ StringEquals: { 'aws:SourceAccount': ENV.account } }), true],
  ['another account',         asking({ StringEquals: { 'aws:SourceAccount': '999999999999' } }), false],
  ['vaults of its account',   asking({ ArnLike: { 'aws:SourceArn': `arn:aws:backup:*:${ENV.account}:*` } }), true],
  ['vaults of another',       asking({ ArnLike: { 'aws:SourceArn': 'arn:aws:backup:*:999999999999:*' } }), false],
  ['an organization',         asking({ StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }), false],
])('a trust policy of %s lets AWS Backup in or not', (_, statement, expected) => {
  expect(trusts(statement)).toBe(expected);
});

test('a denial without a condition wins over what lets AWS Backup in', () => {
  const allow = { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const Statement = [allow, { ...allow, Effect: 'Deny' }];
  expect(trusts(Statement)).toBe(false);
});

test('a denial holds for the vaults that its condition means', () => {
  const elsewhere = (account: string) => ({
    ...asking({ StringEquals: { 'aws:SourceAccount': account } }),
    Effect: 'Deny',
  });
  expect(trusts([asking({}), elsewhere('999999999999')])).toBe(true);
  expect(trusts([asking({}), elsewhere(ENV.account)])).toBe(false);
});

describe('jobs', () => {
  const files = resource('efs', 'fs-1');
  const daily = plan('daily', [rule('daily')]);

  function states(state: WorldState, arn = files.arn): string[] {
    return state.jobsOf(arn).map((job) => `${job.state} ${job.statusMessage}`.trim());
  }

  test('fail from the day on which the role is deleted until it is there again (B4.3/6)', () => {
    const state = withRole({ vaults: [vault('main')], plans: [daily], resources: [files] });
    until(state, '2027-01-02');
    deleteRole(state, ENV, { RoleName: 'backup' });
    until(state, '2027-01-03');
    createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
    until(state, '2027-01-04');
    expect(states(state)).toEqual(['COMPLETED', `FAILED ${UNASSUMABLE}`, 'COMPLETED']);
  });

  test('fail while the trust policy of the role leaves AWS Backup out (B4.3/6)', () => {
    const state = withRole({ vaults: [vault('main')], plans: [daily], resources: [files] });
    const put = (PolicyDocument: string) => updateAssumeRolePolicy(state, ENV, { RoleName: 'backup', PolicyDocument });
    put(trust('ec2.amazonaws.com'));
    until(state, '2027-01-02');
    put(TRUST);
    until(state, '2027-01-03');
    expect(states(state)).toEqual([`FAILED ${UNASSUMABLE}`, 'COMPLETED']);
  });

  test('go on with a role that the World does not know, unless it knows all', () => {
    const state = world('2027-01-01', { vaults: [vault('main')], plans: [daily], resources: [files] });
    until(state, '2027-01-02');
    state.ledger.roles.strict = true;
    until(state, '2027-01-03');
    createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
    until(state, '2027-01-04');
    expect(states(state)).toEqual(['COMPLETED', `FAILED ${UNASSUMABLE}`, 'COMPLETED']);
  });

  test('that copy snapshots to another account fail when their role is deleted mid-way (B6.3/9)', () => {
    const abroad = { ...ENV, account: '444455556666' };
    const other = vault('other', { env: abroad, encryptionKeyArn: CMK.replace(ENV.account, abroad.account) });
    const disk = resource('ebs', 'vol-1', { encryptedWith: CMK });
    const state = withRole({ vaults: [vault('main'), other], resources: [disk, files] });
    for (const { arn } of [disk, files]) {
      startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: arn, IamRoleArn: ROLE });
    }
    until(state, '2027-01-01T01:00Z');
    for (const { arn } of [disk, files]) {
      startCopyJob(state, ENV, {
        SourceBackupVaultName: 'main',
        DestinationBackupVaultArn: vaultArn('other', abroad),
        RecoveryPointArn: state.pointsOf(arn)[0]?.recoveryPointArn,
        IamRoleArn: ROLE,
      });
    }
    deleteRole(state, ENV, { RoleName: 'backup' });
    until(state, new Date(state.now + DAY).toISOString());
    expect(states(state, disk.arn)).toEqual(['COMPLETED', 'FAILED Failed to unshare snapshot']);
    expect(states(state, files.arn)).toEqual(['COMPLETED', 'COMPLETED']);
  });

  test('that copy fail at once without their role, and within the account need it no more once they run (B4.3/6, B6.3/9)', () => {
    const disk = resource('ebs', 'vol-1', { encryptedWith: CMK });
    const state = withRole({ vaults: [vault('main'), vault('other')], resources: [disk] });
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: disk.arn, IamRoleArn: ROLE });
    until(state, '2027-01-01T01:00Z');
    const copy = () =>
      startCopyJob(state, ENV, {
        SourceBackupVaultName: 'main',
        DestinationBackupVaultArn: vaultArn('other'),
        RecoveryPointArn: state.pointsOf(disk.arn)[0]?.recoveryPointArn,
        IamRoleArn: ROLE,
      });
    copy();
    deleteRole(state, ENV, { RoleName: 'backup' });
    until(state, '2027-01-01T02:00Z');
    copy();
    expect(states(state, disk.arn)).toEqual(['COMPLETED', 'COMPLETED', `FAILED ${UNASSUMABLE}`]);
  });
});

test('identities are the roles and users of all accounts, by ARN', () => {
  const other = { ...ENV, account: '444455556666' };
  const state = world('2027-01-01', {});
  const before = state.ledger.roles.identities().length;
  createUser(state, other, { UserName: 'zoe' });
  createRole(state, other, { RoleName: 'b', AssumeRolePolicyDocument: TRUST });
  createUser(state, ENV, { UserName: 'ann' });
  createRole(state, ENV, { RoleName: 'a', AssumeRolePolicyDocument: TRUST });
  const arns = state.ledger.roles.identities().map(({ arn }) => arn);
  expect(arns).toHaveLength(before + 4);
  expect(arns).toEqual([...arns].sort());
});
