import { DelegatedAdministrator, DelegatedAdministratorProps } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { allowed, GLUE, ids, logicalIds, told } from './support/settings';
import { refusal, stackOf } from './support/stacks';

const TYPE = 'Custom::BackupDelegatedAdministrator';
const POLICY = 'AWS::Organizations::ResourcePolicy';
const ADMINISTRATOR = '444455556666';

function administrator(stack: Stack, props: Partial<DelegatedAdministratorProps> = {}): DelegatedAdministrator {
  return new DelegatedAdministrator(stack, 'Administrator', {
    accountIds: [ADMINISTRATOR],
    organizationId: 'o-a1b2c3d4e5',
    ...props,
  });
}

const sids = (stack: Stack) => {
  const [policy] = Object.values(Template.fromStack(stack).findResources(POLICY));
  return (policy?.Properties.Content.Statement as { Sid: string }[]).map(({ Sid }) => Sid);
};

test('enables backup policies, and lets the account write them and nothing else', () => {
  const stack = stackOf();
  expect(administrator(stack).accountIds).toEqual([ADMINISTRATOR]);
  expect(told(stack, TYPE)).toEqual({ AccountIds: [ADMINISTRATOR], EnableBackupPolicies: true });
  expect(sids(stack)).toEqual([
    'ReadTheOrganization',
    'ReadBackupPolicies',
    'WriteBackupPolicies',
    'AttachBackupPolicies',
    'TagBackupPolicies',
  ]);
  Template.fromStack(stack).hasResource(POLICY, {
    DependsOn: ['AdministratorF23F67B6'],
    Properties: {
      Content: {
        Version: '2012-10-17',
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'WriteBackupPolicies',
            Principal: { AWS: [`arn:aws:iam::${ADMINISTRATOR}:root`] },
            Resource: 'arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/backup_policy/*',
            Condition: { StringEquals: { 'organizations:PolicyType': 'BACKUP_POLICY' } },
          }),
        ]),
      },
    },
  });
});

test('may register for AWS Backup and enable backup policies alone', () => {
  const stack = stackOf();
  administrator(stack);
  const backupOnly = { StringEquals: { 'organizations:ServicePrincipal': 'backup.amazonaws.com' } };
  expect(allowed(stack)).toEqual([
    { Action: 'organizations:ListRoots', Effect: 'Allow', Resource: '*' },
    {
      Action: ['organizations:EnableAWSServiceAccess', 'organizations:ListDelegatedAdministrators'],
      Effect: 'Allow',
      Resource: '*',
      Condition: backupOnly,
    },
    {
      Action: ['organizations:RegisterDelegatedAdministrator', 'organizations:DeregisterDelegatedAdministrator'],
      Effect: 'Allow',
      Resource: 'arn:aws:organizations::111122223333:account/o-a1b2c3d4e5/*',
      Condition: backupOnly,
    },
    {
      Action: 'organizations:EnablePolicyType',
      Effect: 'Allow',
      Resource: 'arn:aws:organizations::111122223333:root/o-a1b2c3d4e5/*',
      Condition: { StringEquals: { 'organizations:PolicyType': 'BACKUP_POLICY' } },
    },
  ]);
});

test('leaves the type of policies and the resource policy alone where it is told to', () => {
  const stack = stackOf();
  administrator(stack, { enableBackupPolicies: false, delegateBackupPolicies: false });
  expect(told(stack, TYPE)).toEqual({ AccountIds: [ADMINISTRATOR], EnableBackupPolicies: false });
  Template.fromStack(stack).resourceCountIs(POLICY, 0);
});

test('adds statements to the one policy that an organization has', () => {
  const statement = new iam.PolicyStatement({
    sid: 'Other',
    principals: [new iam.AccountPrincipal(ADMINISTRATOR)],
    actions: ['organizations:ListPolicies'],
    resources: ['*'],
  });
  const [both, alone] = [stackOf(), stackOf()];
  administrator(both, { additionalStatements: [statement] });
  expect(sids(both).at(-1)).toBe('Other');
  administrator(alone, { additionalStatements: [statement], delegateBackupPolicies: false });
  expect(sids(alone)).toEqual(['Other']);
});

test('refuses what is no account, too many of them, and a policy that is too long', () => {
  const six = Array.from({ length: 6 }, (_, index) => `11112222333${index}`);
  const statement = new iam.PolicyStatement({
    sid: 'x'.repeat(40_000),
    principals: [new iam.AnyPrincipal()],
    actions: ['organizations:ListPolicies'],
    resources: ['*'],
  });
  const message = refusal(() =>
    administrator(stackOf(), { accountIds: [...six.slice(1), 'administrator'], additionalStatements: [statement] }),
  );
  expect(message.split('\n')).toEqual([
    'S/Administrator: 3 value(s) that AWS Backup refuses',
    expect.stringContaining('accountIds must be 1 to 5 accounts that administer backups, got 6'),
    expect.stringContaining('accountIds[5] must be an account id of 12 digits, got administrator'),
    expect.stringContaining('resourcePolicy must be at most 40000 characters of JSON without white space'),
  ]);
});

test('takes waivers, and tokens', () => {
  const stack = new Stack(new App(), 'S');
  const accountIds = [new CfnParameter(stack, 'Account').valueAsString];
  const organizationId = new CfnParameter(stack, 'Organization').valueAsString;
  const waivers = [{ rule: 'organization-account', path: '*', reason: 'checked elsewhere' }];
  administrator(stack, { accountIds, organizationId, waivers });
  expect(told(stack, TYPE)).toEqual({ AccountIds: [{ Ref: 'Account' }], EnableBackupPolicies: true });
  Template.fromStack(stack).hasResource(TYPE, { Metadata: { Holdfast: { waivers } } });
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  expect(ids(administrator(stack))).toEqual([...GLUE, 'Policy']);
  expect(logicalIds(stack)).toEqual([
    'AdministratorFunctionLog6D517FDF',
    'AdministratorFunctionRole58962E88',
    'AdministratorFunctionPolicy78DA59D1',
    'AdministratorFunctionAC113100',
    'AdministratorF23F67B6',
    'AdministratorPolicy73B11B07',
  ]);
});
