// The policies that AWS manages: every one reads, every action exists, and roles with them can work.
import { ManagedPolicies, ServiceSupport } from '@holdfast/model';
import { BACKUP_ACTIONS, RESTORE_ACTIONS } from '../../../../engine/src/domain/job-actions';
import { isAction } from '../../../../engine/src/domain/policy/action-tables';
import { awsManagedPolicy, MANAGED_POLICIES } from '../../../../engine/src/domain/policy/aws-managed';
import { decide } from '../../../../engine/src/domain/policy/decide';
import { documentOf } from '../../../../engine/src/domain/policy/document';
import type { NamedPolicy } from '../../../../engine/src/domain/policy/policies';
import { OWNER, roleOf } from './place-table';

const NAMES = Object.keys(MANAGED_POLICIES);
const ENV = { partition: 'aws', account: OWNER, region: 'eu-central-1' };

function carried(name: string): NamedPolicy {
  const policy = awsManagedPolicy(`arn:aws:iam::aws:policy/${name}`);
  if (policy === undefined) {
    throw new Error(`${name} must be carried`);
  }
  return policy;
}

test.each(NAMES)('%s is a document without faults, of a version or an extract that says so', (name) => {
  expect(documentOf(carried(name), 'identity').faults).toEqual([]);
  const { version, extract } = MANAGED_POLICIES[name] ?? { version: '' };
  expect(version).toMatch(extract === true ? /^v\d+ of \d{4}-\d\d-\d\d$|^unknown$/ : /^v\d+ of \d{4}-\d\d-\d\d$/);
});

test.each(NAMES)('%s allows actions that AWS publishes', (name) => {
  const actions = documentOf(carried(name), 'identity').statements.flatMap(({ action }) => action.values);
  const unknown = actions.filter((action) => !action.includes('*') && !isAction(action));
  // What AWS writes there itself, but its service authorization reference does not list.
  expect(unknown.filter((action) => !UNLISTED.includes(action))).toEqual([]);
});

const UNLISTED = ['kms:ReEncryptTo', 'kms:ReEncryptFrom'];

test('the policies that the constructs attach are carried', () => {
  const services = ServiceSupport.all().map(({ id }) => id);
  const arns = [...ManagedPolicies.forBackup(services), ...ManagedPolicies.forRestore(services)];
  expect(arns.length).toBeGreaterThan(3);
  expect(arns.filter((arn) => awsManagedPolicy(arn) === undefined)).toEqual([]);
});

test('in another partition their ARNs are of that partition', () => {
  const policy = awsManagedPolicy('arn:aws-cn:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup');
  expect(policy?.document).toContain('"arn:aws-cn:dynamodb:');
  expect(policy?.document).not.toContain('"arn:aws:');
});

function allowed(names: string[], action: string, resource: string, context = {}): boolean {
  const request = { principal: roleOf(OWNER), action, resource, resourceAccount: OWNER, context };
  return decide(request, { identity: names.map(carried) }).allowed;
}

const BACKUP = ['service-role/AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup'];
const RESTORE = [
  'service-role/AWSBackupServiceRolePolicyForRestores',
  'AWSBackupServiceRolePolicyForS3Restore',
  'AWSBackupRestoreAccessForSAPHANA',
];

test.each(ServiceSupport.all().map(({ id }) => id))('they let a role back up and restore %s', (id) => {
  const resource = ServiceSupport.arn(id, ENV, id === 's3' ? 'a-bucket' : 'name');
  for (const [names, table] of [
    [BACKUP, BACKUP_ACTIONS],
    [RESTORE, RESTORE_ACTIONS],
  ] as const) {
    for (const { action, on } of table[id] ?? []) {
      const arn = on === 'point' ? `${resource}/backup/1` : on === 'content' ? `${resource}/*` : resource;
      expect([action, allowed([...names], action, arn)]).toEqual([action, true]);
    }
  }
});

const SNAPSHOT = 'arn:aws:ec2:eu-central-1::snapshot/snap-1';

// prettier-ignore
test.each<[name: string, action: string, resource: string, context: object, expected: boolean]>([
  ['AWSBackupFullAccess',              'backup:DeleteRecoveryPoint',    SNAPSHOT, {}, true],
  ['AWSBackupFullAccess',              'ec2:DeleteSnapshot',            SNAPSHOT, {}, false],
  ['AWSBackupFullAccess',              'ec2:DeleteSnapshot',            SNAPSHOT, { 'aws:CalledVia': ['backup.amazonaws.com'] }, true],
  ['AWSBackupOperatorAccess',          'backup:StartBackupJob',         '*',      {}, true],
  ['AWSBackupOperatorAccess',          'backup:DeleteRecoveryPoint',    SNAPSHOT, {}, false],
  ['AWSBackupAuditAccess',             'backup:DeleteFramework',        '*',      {}, true],
  ['AWSBackupAuditAccess',             'backup:DeleteBackupPlan',       '*',      {}, false],
  ['AWSBackupOrganizationAdminAccess', 'organizations:DetachPolicy',    '*',      { 'organizations:PolicyType': 'BACKUP_POLICY' }, true],
  ['AWSBackupOrganizationAdminAccess', 'organizations:DetachPolicy',    '*',      { 'organizations:PolicyType': 'SERVICE_CONTROL_POLICY' }, false],
  ['AWSBackupSearchOperatorAccess',    'backup:SearchRecoveryPoint',    SNAPSHOT, {}, true],
  ['ReadOnlyAccess',                   'backup:DescribeBackupVault',    '*',      {}, true],
  ['ReadOnlyAccess',                   'backup:DeleteBackupVault',      '*',      {}, false],
  ['ReadOnlyAccess',                   'ssm:GetParameter',              '*',      {}, true],
  ['AWSCloudFormationReadOnlyAccess',  'cloudformation:DescribeStacks', '*',      {}, true],
  ['AWSCloudFormationReadOnlyAccess',  'cloudformation:DeleteStack',    '*',      {}, false],
])('%s and %s on %s with %j: %p', (name, action, resource, context, expected) => {
  expect(allowed([name], action, resource, context)).toBe(expected);
});
