import { Guardrail, GuardrailCatalog, GuardrailPolicies, PlainValues } from '@holdfast/model';
import { Attack, attack } from '../../../engine/src/attack/attack';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createFramework } from '../../../engine/src/operations/backup/create-framework';
import { createLegalHold } from '../../../engine/src/operations/backup/create-legal-hold';
import { createRestoreTestingPlan } from '../../../engine/src/operations/backup/create-restore-testing-plan';
import { deleteFramework } from '../../../engine/src/operations/backup/delete-framework';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { attachRolePolicy } from '../../../engine/src/operations/iam/attach-role-policy';
import { putRolePolicy } from '../../../engine/src/operations/iam/put-role-policy';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { attachPolicy } from '../../../engine/src/operations/organizations/attach-policy';
import { createPolicy } from '../../../engine/src/operations/organizations/create-policy';
import { MANAGEMENT, MEMBER, organization } from '../scenarios/organization-stage';
import { plan, resource, rule, until, vault, world } from '../scenarios/stage';

const KEY_ID = '1b2c3d4e-0000-4000-8000-000000000009';
const KEY = `arn:aws:kms:${MEMBER.region}:${MEMBER.account}:key/${KEY_ID}`;
const ADMINISTRATOR = `arn:aws:iam::${MEMBER.account}:role/Administrator`;
const BREAK_GLASS = `arn:aws:iam::${MEMBER.account}:role/break-glass`;
const PLAN_ROLE = `arn:aws:iam::${MEMBER.account}:role/backup`;
const ROOT = `arn:aws:iam::${MEMBER.account}:root`;

const ESTATE = {
  vaults: [
    vault('main', { env: MEMBER, encryptionKeyArn: KEY }),
    vault('locked', { env: MEMBER, accessPolicy: { Statement: [] }, vaultLock: { minRetentionDays: 1 } }),
  ],
  resources: [
    resource('ebs', 'vol-0123456789abcdef0', { env: MEMBER, encryptedWith: KEY }),
    resource('rds', 'orders', { env: MEMBER }),
    resource('ec2', 'i-0123456789abcdef0', { env: MEMBER }),
    resource('fsx-lustre', 'fs-0123456789abcdef0', { env: MEMBER }),
  ],
  plans: [
    plan('daily', [rule('daily')], {
      env: MEMBER,
      selections: [{ selectionName: 'all', iamRoleArn: PLAN_ROLE, resources: ['*'] }],
    }),
  ],
};

const CONTROLS = [{ ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' }];
const TESTS = {
  RestoreTestingPlanName: 'tests',
  ScheduleExpression: 'cron(0 1 ? * * *)',
  RecoveryPointSelection: {
    Algorithm: 'LATEST_WITHIN_WINDOW' as const,
    IncludeVaults: ['*'],
    RecoveryPointTypes: ['SNAPSHOT' as const],
  },
};

const NOTHING_ELSE = ['backup:DeleteBackupVault', 'backup:UpdateRegionSettings'];

/** An organization whose member has points, a plan and a key; the guardrails hang on its unit. */
function guarded(guardrails: Guardrail[]): WorldState {
  const { state, unit } = organization(ESTATE);
  createKey(state, MEMBER, { Tags: [{ TagKey: 'backup-key', TagValue: 'true' }] }, KEY_ID);
  const backupRoleArns = ['arn:aws:iam::*:role/backup'];
  const declaration = { guardrails, breakGlassRoleArns: ['arn:aws:iam::*:role/break-glass'], backupRoleArns };
  for (const { policyName, policyType, content } of GuardrailPolicies.pack(declaration, '', new PlainValues())
    .policies) {
    if (policyType === 'SERVICE_CONTROL_POLICY') {
      const Content = JSON.stringify(content);
      const made = createPolicy(state, MANAGEMENT, { Name: policyName, Content, Type: policyType, Description: '' });
      attachPolicy(state, MANAGEMENT, { PolicyId: made.Policy?.PolicySummary?.Id ?? '', TargetId: unit });
    }
  }
  return until(state, '2027-01-03');
}

function succeeded({ attempts }: Attack): string[] {
  return [...new Set(attempts.filter(({ succeeds }) => succeeds).map(({ action }) => action))].sort();
}

const RECOMMENDED = GuardrailCatalog.recommended();

test('under the recommended guardrails neither root nor an administrator of a member destroys anything, and break-glass does', () => {
  const state = guarded(RECOMMENDED);
  expect(succeeded(attack(state, [ADMINISTRATOR, ROOT]))).toEqual([]);
  expect(succeeded(attack(state, [BREAK_GLASS]))).toEqual(
    expect.arrayContaining([
      'backup:DeleteRecoveryPoint',
      'ec2:DisableImage',
      'fsx:DeleteBackup',
      'kms:ScheduleKeyDeletion',
    ]),
  );
  expect(succeeded(attack(state, [BREAK_GLASS]))).not.toContain('organizations:LeaveOrganization');
});

// prettier-ignore
test.each<[taken: string, lets: string[]]>([
  ['protect-recovery-points',    ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle']],
  ['protect-vaults',             ['backup:DeleteBackupVault', 'backup:DeleteBackupVaultAccessPolicy', 'backup:PutBackupVaultAccessPolicy']],
  ['protect-locks',              ['backup:DeleteBackupVaultLockConfiguration', 'backup:PutBackupVaultLockConfiguration']],
  ['protect-notifications',      ['backup:PutBackupVaultNotifications']],
  ['protect-plans',              ['backup:DeleteBackupPlan', 'backup:DeleteBackupSelection', 'backup:StopBackupJob', 'backup:UpdateBackupPlan']],
  ['protect-settings',           ['backup:UpdateRegionSettings']],
  ['protect-keys',               ['kms:DisableKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion']],
  ['no-back-door-deletes',       ['ec2:DisableImage', 'ec2:ModifySnapshotTier', 'fsx:DeleteBackup']],
  ['protect-config-recorder',    ['config:DeleteConfigurationRecorder', 'config:PutConfigurationRecorder', 'config:StopConfigurationRecorder']],
  ['protect-exempt-roles',       ['iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy']],
  ['stay-in-organization',       ['account:CloseAccount', 'organizations:LeaveOrganization']],
])('without %s an administrator gets through', (taken, lets) => {
  const rest = RECOMMENDED.filter(({ id }) => id !== taken);
  expect(rest).toHaveLength(RECOMMENDED.length - 1);
  expect(succeeded(attack(guarded(rest), [ADMINISTRATOR]))).toEqual(lets);
});

test('each attempt names the statement, its policy and the node that stopped it', () => {
  const { attempts, attackers } = attack(guarded(RECOMMENDED), [ADMINISTRATOR]);
  expect(attackers).toEqual([{ principal: ADMINISTRATOR, supposed: true }]);
  const [deletion] = attempts.filter(({ action }) => action === 'backup:DeleteRecoveryPoint');
  expect(deletion?.stoppedBy).toMatchObject({
    kind: 'policy',
    policyType: 'service-control',
    policy: expect.stringMatching(/^backup-guardrails-scp-1 at ou-/) as string,
    statement: expect.stringMatching(/^ProtectRecoveryPoints/) as string,
  });
});

test('guardrails do not bind the management account (B11.4/1)', () => {
  const { state, root } = organization({ vaults: [vault('own', { env: MANAGEMENT })] });
  const Content = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } });
  const made = createPolicy(state, MANAGEMENT, {
    Name: 'no',
    Content,
    Type: 'SERVICE_CONTROL_POLICY',
    Description: '',
  });
  attachPolicy(state, MANAGEMENT, { PolicyId: made.Policy?.PolicySummary?.Id ?? '', TargetId: root });
  expect(succeeded(attack(state))).toEqual(expect.arrayContaining(NOTHING_ELSE));
});

describe('without an organization', () => {
  const bare = { ...ESTATE, vaults: [vault('main', { env: MEMBER })] };
  const locked = {
    ...ESTATE,
    vaults: [vault('main', { env: MEMBER, vaultLock: { minRetentionDays: 7, changeableForDays: 3 } })],
  };

  test('nothing stops an administrator, but for a vault that is not empty and what is not there to take (B7.1/2)', () => {
    const { attempts, counts } = attack(until(world('2027-01-01', bare), '2027-01-03'), [ADMINISTRATOR]);
    const stopped = attempts.filter(({ succeeds }) => !succeeds);
    expect(new Set(stopped.map(({ stoppedBy }) => stoppedBy?.kind))).toEqual(new Set(['state']));
    const why = new Map(stopped.map(({ action, because }) => [action, because]));
    expect(Object.fromEntries(why)).toEqual({
      'backup:DeleteBackupVault': 'recovery points in the vault stop it, of which there are 8',
      'backup:DeleteBackupVaultAccessPolicy': 'there is no access policy',
      'backup:DeleteBackupVaultLockConfiguration': 'there is no lock',
      'backup:DeleteBackupVaultNotifications': 'nobody is told of the vault',
      'backup:DisassociateRecoveryPoint': 'the point is not continuous',
      'backup:DisassociateRecoveryPointFromParent': 'the point is in no composite',
      'backup:PutBackupVaultLockConfiguration': 'there is no lock',
      'ec2:DeleteSnapshot': 'EC2 stops it, as AWS Backup alone deletes what it made',
      'ec2:DeregisterImage': 'EC2 stops it, as AWS Backup alone deletes what it made',
      'iam:DeleteServiceLinkedRole': 'IAM stops it while what needs the role is there, of which there are 1',
      'organizations:LeaveOrganization': 'the account is in no organization',
      'rds:DeleteDBSnapshot': 'RDS stops it, as AWS Backup alone deletes what it made',
    });
    const succeeded = attempts.length - stopped.length;
    expect(counts).toEqual({ attempts: attempts.length, stopped: stopped.length, succeeded });
  });

  test('a door of which nobody says whether it is shut counts as open, and says so', () => {
    const { attempts } = attack(until(world('2027-01-01', bare), '2027-01-03'), [ADMINISTRATOR]);
    const [deletion] = attempts.filter(({ action }) => action === 'fsx:DeleteBackup');
    expect(deletion?.succeeds).toBe(true);
    expect(deletion?.because).toMatch(/whether FSx refuses it for what AWS Backup made is not documented$/);
  });

  test('where there is no lock, one that every job breaks can be put, and none can be weakened', () => {
    const { attempts } = attack(world('2027-01-01', bare), [ADMINISTRATOR]);
    const puts = attempts.filter(({ action }) => action === 'backup:PutBackupVaultLockConfiguration');
    expect(puts.map(({ does, succeeds }) => [does, succeeds])).toEqual([
      ['puts a lock with the widest bounds in place of any other', false],
      ['locks the vault for ever, with bounds that every job breaks', true],
    ]);
  });

  test('a lock keeps points, and after its date itself, but no back door shut (B7.4/1, B7.4/2, B7.2/1)', () => {
    const state = until(world('2027-01-01', locked), '2027-01-03');
    const during = succeeded(attack(state, [ROOT]));
    expect(during).not.toContain('backup:DeleteRecoveryPoint');
    expect(during).not.toContain('backup:UpdateRecoveryPointLifecycle');
    expect(during).toContain('backup:DeleteBackupVaultLockConfiguration');
    const after = succeeded(attack(until(state, '2027-01-05'), [ROOT]));
    expect(after).not.toContain('backup:DeleteBackupVaultLockConfiguration');
    expect(after).not.toContain('backup:PutBackupVaultLockConfiguration');
    expect(after).toEqual(expect.arrayContaining(['ec2:DisableImage', 'fsx:DeleteBackup']));
  });

  test('an access policy stops the calls of AWS Backup for its vault, but no back door (B7.2/1, B7.2/2)', () => {
    const Statement = {
      Sid: 'Keep',
      Effect: 'Deny',
      Principal: '*',
      Action: 'backup:DeleteRecoveryPoint',
      Resource: '*',
    };
    const accessPolicy = { Version: '2012-10-17', Statement: [Statement] };
    const estate = { ...bare, vaults: [vault('main', { env: MEMBER, accessPolicy })] };
    const answer = attack(until(world('2027-01-01', estate), '2027-01-03'), [ROOT]);
    const [deletion] = answer.attempts.filter(({ action }) => action === 'backup:DeleteRecoveryPoint');
    expect(deletion?.stoppedBy).toMatchObject({ policyType: 'resource', statement: 'Keep' });
    expect(succeeded(answer)).toContain('ec2:DisableImage');
  });

  test('a role may what its policies say, no more than its boundary, and everybody is tried unless told otherwise', () => {
    const state = until(world('2027-01-01', bare), '2027-01-03');
    const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
    createRole(state, MEMBER, { RoleName: 'Operator', AssumeRolePolicyDocument });
    const PolicyDocument = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'backup:*', Resource: '*' } });
    putRolePolicy(state, MEMBER, { RoleName: 'Operator', PolicyName: 'p', PolicyDocument });
    const operator = `arn:aws:iam::${MEMBER.account}:role/Operator`;
    const own = succeeded(attack(state, [operator]));
    expect(own).toContain('backup:DeleteRecoveryPoint');
    expect(own.filter((action) => !action.startsWith('backup:'))).toEqual([]);
    expect(attack(state).attackers).toEqual([
      { principal: ROOT, supposed: false },
      { principal: ADMINISTRATOR, supposed: true },
      { principal: operator, supposed: false },
    ]);
    createRole(state, MEMBER, {
      RoleName: 'Bound',
      AssumeRolePolicyDocument,
      PermissionsBoundary: 'arn:aws:iam::aws:policy/AWSBackupOperatorAccess',
    });
    attachRolePolicy(state, MEMBER, { RoleName: 'Bound', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
    const bound = attack(state, [`arn:aws:iam::${MEMBER.account}:role/Bound`]);
    expect(succeeded(bound)).toEqual(['backup:DeleteBackupSelection']);
  });

  test('a legal hold keeps its points until somebody cancels it, and shuts no back door (B5.4/4)', () => {
    const state = until(world('2027-01-01', bare), '2027-01-03');
    createLegalHold(state, MEMBER, {
      Title: 'case',
      Description: 'court',
      RecoveryPointSelection: { VaultNames: ['main'] },
    });
    const answer = attack(until(state, '2027-01-04'), [ROOT]);
    const [cancel] = answer.attempts.filter(({ action }) => action === 'backup:CancelLegalHold');
    expect(cancel).toMatchObject({ target: 'legal-hold', succeeds: true });
    expect(succeeded(answer)).toContain('ec2:DisableImage');
    expect(attack(world('2027-01-01', bare)).attempts.filter(({ target }) => target === 'legal-hold')).toEqual([]);
    const once = world('2027-01-01', { ...bare, plans: [] });
    const [{ arn: ResourceArn } = { arn: '' }] = once.resources;
    startBackupJob(once, MEMBER, { BackupVaultName: 'main', ResourceArn, IamRoleArn: ADMINISTRATOR });
    until(once, '2027-01-02');
    const deletion = () =>
      attack(once, [ROOT]).attempts.find(({ action }) => action === 'backup:DeleteRecoveryPoint')?.because;
    expect(deletion()).toMatch(/^nothing stops it/);
    createLegalHold(once, MEMBER, {
      Title: 'case',
      Description: 'court',
      RecoveryPointSelection: { VaultNames: ['main'] },
    });
    until(once, '2027-01-03');
    expect(deletion()).toBe('legal hold stops it');
  });

  test('what watches over backups and the role of a plan are attacked where they are, and no role of another account', () => {
    const state = world('2027-01-01', {
      ...bare,
      plans: [
        ...bare.plans,
        plan('foreign', [rule('daily')], {
          env: MEMBER,
          selections: [{ selectionName: 'all', iamRoleArn: 'arn:aws:iam::999999999999:role/x', resources: ['*'] }],
        }),
      ],
    });
    createFramework(state, MEMBER, { FrameworkName: 'audit', FrameworkControls: CONTROLS });
    createRestoreTestingPlan(state, MEMBER, { RestoreTestingPlan: TESTS });
    const { attempts, attackers } = attack(state);
    const targets = (kind: string) => [
      ...new Set(attempts.filter(({ target }) => target === kind).map(({ resource }) => resource)),
    ];
    expect(attackers.map(({ principal }) => principal)).toEqual([ROOT, ADMINISTRATOR]);
    expect(targets('role')).toEqual([PLAN_ROLE]);
    expect(targets('framework')).toEqual([expect.stringContaining(`${MEMBER.account}:framework:audit-`)]);
    expect(targets('restore-testing-plan')).toEqual([expect.stringContaining(':restore-testing-plan:tests-')]);
    expect(targets('account')).toEqual([MEMBER.account]);
    until(state, '2027-01-02');
    deleteFramework(state, MEMBER, { FrameworkName: 'audit' });
    const after = attack(until(state, '2027-01-03')).attempts;
    expect(after.filter(({ target }) => target === 'framework')).toEqual([]);
  });

  test('it changes nothing', () => {
    const state = until(world('2027-01-01', bare), '2027-01-03');
    const before = state.digest();
    attack(state);
    expect(state.digest()).toBe(before);
  });

  test('fails with what is no principal', () => {
    expect(() => attack(world('2027-01-01', bare), ['backup.amazonaws.com'])).toThrow('must be the ARN of a root user');
  });
});
