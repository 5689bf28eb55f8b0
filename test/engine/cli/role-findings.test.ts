// What `check` finds in the roles of selections that the artifacts declare themselves (B4.3/6, B6.3/8, section 12).
import type { CheckAnswer } from '../../../engine/src/cli/check';
import { ORGANIZATION_IDS } from '../../../engine/src/ingest/organizations';
import { FOR_BACKUP, FOR_S3_BACKUP, policy, ROLE, template, terraform, trust, Variation } from './estate-with-role';
import { answerOf, cli } from './run-cli';

const RULES = ['selection-role-usable', 'selection-role-allowed'];
const BUCKETS = { Resources: ['arn:aws:s3:::*'] };
const TABLES = ['dynamodb:CreateBackup', 'dynamodb:StartAwsBackupJob'];
const BY_TAG = {
  Resources: undefined,
  ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'daily' }],
};

async function check(files: Readonly<Record<string, string>>, ...flags: string[]) {
  const result = await cli(['check', ...Object.keys(files), '--format', 'json', ...flags], files);
  const { findings } = answerOf<CheckAnswer>(result);
  return { result, found: findings.filter(({ rule }) => RULES.includes(rule)) };
}

function allow(Action: string | readonly string[], Resource = '*', more: object = {}) {
  return { Effect: 'Allow', Action, Resource, ...more };
}

function inline(...statements: readonly object[]) {
  return { Policies: [{ PolicyName: 'own', PolicyDocument: policy(...(statements as Record<string, unknown>[])) }] };
}

test('a role without policies is found at the selection, with action, resource and the policy that has it', async () => {
  const { result, found } = await check({ 's.json': template({ role: {} }) });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    rule: 'selection-role-allowed',
    effect: 'fails-at-run',
    severity: 'error',
    path: 's.json: Selection.iamRoleArn',
  });
  expect(found[0]?.message).toContain(
    `got ${ROLE}, which may not dynamodb:StartAwsBackupJob for a backup of arn:aws:dynamodb:us-east-1:123456789012:table/orders (`,
  );
  expect(found[0]?.message).toContain(`no identity-based policy allows it; the managed policy ${FOR_BACKUP} allows it`);
  expect(result.code).toBe(1);
});

test('buckets take a policy of their own, and are told of once, however many there are', async () => {
  const { found } = await check({
    's.json': template({ role: { ManagedPolicyArns: [FOR_BACKUP] }, selection: BUCKETS }),
  });
  expect(found).toHaveLength(1);
  expect(found[0]?.message).toContain(
    'may not s3:GetBucketVersioning, s3:ListBucketVersions, s3:PutInventoryConfiguration, s3:GetObjectVersion for a backup of 2 resources of',
  );
  expect(found[0]?.message).toContain(`the managed policy ${FOR_S3_BACKUP} allows it`);
  const both = { ManagedPolicyArns: [FOR_BACKUP, FOR_S3_BACKUP] };
  expect((await check({ 's.json': template({ role: both, selection: BUCKETS }) })).found).toEqual([]);
});

const DENY = { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*', Sid: 'NoTables' };
const MANAGED = { ManagedPolicyArns: [FOR_BACKUP] };
// prettier-ignore
const DENIED: [what: string, variation: Variation, text: string | undefined][] = [
  ['nothing but an own policy that is enough', { role: inline(allow(TABLES)) }, undefined],
  ['an own policy for another table', { role: inline(allow(TABLES, 'arn:aws:dynamodb:us-east-1:123456789012:table/bills')) },
    'no identity-based policy allows it'],
  ['a deny beside the managed policy', { role: { ...MANAGED, ...inline(DENY) } }, `NoTables of the identity-based policy own of ${ROLE} denies it`],
  ['a deny with another resource', { role: { ...MANAGED, ...inline({ ...DENY, Resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/bills' }) } }, undefined],
  ['a boundary that leaves tables out',
    { role: { ...MANAGED, PermissionsBoundary: { Ref: 'Bound' } }, resources: { Bound: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(allow('s3:*')) } } } },
    'no permissions boundary allows it'],
  ['a boundary that has them',
    { role: { ...MANAGED, PermissionsBoundary: { Ref: 'Bound' } }, resources: { Bound: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(allow('*')) } } } },
    undefined],
  ['a boundary and a managed policy that nobody knows',
    { role: { ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/of-another-stack'], PermissionsBoundary: 'arn:aws:iam::123456789012:policy/bound' } }, undefined],
  ['a policy of its own that cannot be known',
    { role: {}, resources: { Own: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'own', Roles: [{ Ref: 'Role' }], PolicyDocument: policy(allow('dynamodb:*', { 'Fn::ImportValue': 'tables' } as unknown as string)) } } } },
    undefined],
  ['a policy of another role that cannot be known',
    { role: {}, resources: { Own: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'own', Roles: ['other'], PolicyDocument: policy(allow('dynamodb:*', { 'Fn::ImportValue': 'tables' } as unknown as string)) } } } },
    'no identity-based policy allows it'],
  ['a role of another stack', {}, undefined],
  ['a selection that takes nothing that is declared', { role: {}, selection: { Resources: ['arn:aws:ec2:*:*:volume/*'] } }, undefined],
];

const ONE_BUCKET = ['arn:aws:s3:::logs-of-orders', 'arn:aws:s3:::logs-of-orders/*'];
const BUCKET_ACTIONS = [
  's3:GetBucketVersioning',
  's3:ListBucketVersions',
  's3:PutInventoryConfiguration',
  's3:GetObjectVersion',
];

test('a policy for some of the resources, by name or by tag, leaves the others to be found', async () => {
  const named = inline({ Effect: 'Allow', Action: BUCKET_ACTIONS, Resource: ONE_BUCKET });
  const byName = (await check({ 's.json': template({ role: named, selection: BUCKETS }) })).found;
  expect(byName).toHaveLength(1);
  expect(byName[0]?.message).toContain('for a backup of arn:aws:s3:::bills-of-orders (');
  const tagged = inline(allow(TABLES, '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } }));
  const table = (TableName: string, team: string) => ({
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      Tags: [{ Key: 'team', Value: team }],
    },
  });
  const resources = { Orders: table('orders', 'a'), Second: table('second', 'a'), Third: table('third', 'b') };
  const byTag = (await check({ 's.json': template({ role: tagged, resources }) })).found;
  expect(byTag).toHaveLength(1);
  expect(byTag[0]?.message).toContain('for a backup of arn:aws:dynamodb:us-east-1:123456789012:table/third (');
});

test.each(DENIED)('%s', async (_, variation, text) => {
  const { found } = await check({ 's.json': template(variation) });
  expect(found.map(({ rule }) => rule)).toEqual(text === undefined ? [] : ['selection-role-allowed']);
  expect(found[0]?.message ?? '').toContain(text ?? '');
});

// prettier-ignore
const UNUSABLE: [what: string, variation: Variation, text: string | undefined][] = [
  ['a trust policy for EC2', { role: { ...MANAGED, AssumeRolePolicyDocument: trust('ec2.amazonaws.com') } },
    `AWS answers 'IAM Role ${ROLE} cannot be assumed by AWS Backup', as backup.amazonaws.com may not sts:AssumeRole ${ROLE}: no role trust policy allows it`],
  ['one for another account as the source', { role: { ...MANAGED, AssumeRolePolicyDocument: trust(undefined, { Condition: { StringEquals: { 'aws:SourceAccount': '210987654321' } } }) } },
    'no role trust policy allows it'],
  ['one for this account as the source', { role: { ...MANAGED, AssumeRolePolicyDocument: trust(undefined, { Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }) } },
    undefined],
  ['tags without tag:GetResources', { role: inline(allow(TABLES)), selection: BY_TAG }, `AWS answers 'IAM Role ${ROLE} is not authorized to call tag:GetResources'`],
  ['tags with it', { role: inline(allow([...TABLES, 'tag:GetResources'])), selection: BY_TAG }, undefined],
];

test.each(UNUSABLE)('AWS refuses the selection, or takes it: %s', async (_, variation, text) => {
  const { found } = await check(
    { 's.json': template(variation) },
    '--account',
    '123456789012',
    '--region',
    'us-east-1',
  );
  expect(found.map(({ rule, effect }) => [rule, effect])).toEqual(
    text === undefined ? [] : [['selection-role-usable', 'refused-by-aws']],
  );
  expect(found[0]?.message ?? '').toContain(text ?? '');
});

test('ids of another account make it a note while nobody says where the artifact goes', async () => {
  const Resource = 'arn:aws:dynamodb:us-east-1:210987654321:table/*';
  const files = { 's.json': template({ role: inline(allow(TABLES, Resource)) }) };
  const open = await check(files);
  expect(open.found[0]).toMatchObject({ severity: 'note', effect: 'advice' });
  expect(open.found[0]?.message).toContain('its policies name 210987654321');
  expect((await check(files, '--account', '123456789012')).found[0]).toMatchObject({ severity: 'error' });
  expect((await check(files, '--account', '210987654321')).found).toEqual([]);
});

test('the key of a vault lets the role use it, or does not', async () => {
  const keyed = (KeyPolicy: object): Variation => ({
    role: { ManagedPolicyArns: [FOR_BACKUP, FOR_S3_BACKUP] },
    selection: BUCKETS,
    rule: { TargetBackupVault: { Ref: 'Sealed' } },
    resources: {
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy } },
      Sealed: {
        Type: 'AWS::Backup::BackupVault',
        Properties: { BackupVaultName: 'sealed', EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      },
    },
  });
  const all = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
  const root = { ...all, Principal: { AWS: 'arn:aws:iam::123456789012:root' } };
  const other = { ...all, Principal: { AWS: 'arn:aws:iam::123456789012:role/admin' } };
  expect((await check({ 's.json': template(keyed(policy(root))) })).found).toEqual([]);
  const { found } = await check({ 's.json': template(keyed(policy(other))) });
  expect(found).toHaveLength(1);
  expect(found[0]?.message).toMatch(
    /may not kms:CreateGrant for a backup of 2 resources of .*: no resource-based policy allows it$/,
  );
});

test('copies take what backups do not: B6.3/8', async () => {
  const far = { Far: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'far' } } };
  const rule = { CopyActions: [{ DestinationBackupVaultArn: { 'Fn::GetAtt': ['Far', 'BackupVaultArn'] } }] };
  const { found } = await check({
    's.json': template({ role: { ManagedPolicyArns: [FOR_S3_BACKUP] }, selection: BUCKETS, rule, resources: far }),
  });
  expect(found).toHaveLength(1);
  expect(found[0]?.message).toMatch(
    /may not backup:CopyFromBackupVault, backup:CopyIntoBackupVault for a copy of 2 resources of .*; the managed policy .*ForBackup allows it$/,
  );
  const both = { ManagedPolicyArns: [FOR_BACKUP, FOR_S3_BACKUP] };
  expect((await check({ 's.json': template({ role: both, selection: BUCKETS, rule, resources: far }) })).found).toEqual(
    [],
  );
});

const MANAGEMENT = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
const MEMBER = ORGANIZATION_IDS.account(MANAGEMENT, 'm@example.com');

/** A cloud assembly of an organization with a policy, and of the plan in its member. */
function assembly(policyTargets: readonly string[]): Record<string, string> {
  const Resources = {
    Org: { Type: 'AWS::Organizations::Organization', Properties: { FeatureSet: 'ALL' } },
    Member: {
      Type: 'AWS::Organizations::Account',
      Properties: { AccountName: 'member', Email: 'm@example.com', ParentIds: [{ 'Fn::GetAtt': ['Org', 'RootId'] }] },
    },
    Scp: {
      Type: 'AWS::Organizations::Policy',
      Properties: {
        Name: 'no-tables',
        Type: 'SERVICE_CONTROL_POLICY',
        Content: policy(DENY),
        TargetIds: policyTargets,
      },
    },
  };
  const stack = (account: string, templateFile: string) => ({
    type: 'aws:cloudformation:stack',
    environment: `aws://${account}/us-east-1`,
    properties: { templateFile },
  });
  const artifacts = { Org: stack(MANAGEMENT.account, 'org.json'), S: stack(MEMBER, 's.json') };
  return {
    'out/manifest.json': JSON.stringify({ version: '38.0.0', artifacts }),
    'out/org.json': JSON.stringify({ Resources }),
    'out/s.json': template({ role: MANAGED }),
  };
}

test('a service control policy of the same artifacts denies', async () => {
  const found = async (targets: readonly string[]) => {
    const result = await cli(['check', 'out', '--format', 'json'], assembly(targets));
    const { findings } = answerOf<CheckAnswer>(result);
    return findings.filter(({ rule }) => RULES.includes(rule)).map(({ message }) => message);
  };
  expect(await found([MEMBER])).toEqual([
    expect.stringMatching(/NoTables of the service control policy \S*no-tables at \d{12} denies it$/),
  ]);
  expect(await found([MANAGEMENT.account])).toEqual([]);
});

test('the same is found in Terraform', async () => {
  const place = 'cdk.tf.json: aws_backup_selection.all.iamRoleArn';
  const { found } = await check({ 'cdk.tf.json': terraform([]) });
  expect(found.map(({ rule, path }) => [rule, path])).toEqual([['selection-role-allowed', place]]);
  expect((await check({ 'cdk.tf.json': terraform([FOR_BACKUP]) })).found).toEqual([]);
  expect((await check({ 'cdk.tf.json': terraform([], JSON.stringify(policy(allow(TABLES)))) })).found).toEqual([]);
  expect((await check({ 'cdk.tf.json': terraform([], undefined, false) })).found).toEqual([]);
  const open = JSON.stringify(policy(allow(TABLES, '${data.aws_ssm_parameter.table.value}')));
  const unknown = terraform([], open).replace(
    '"resource":',
    '"data":{"aws_ssm_parameter":{"table":{"name":"t"}}},"resource":',
  );
  expect((await check({ 'cdk.tf.json': unknown })).found).toEqual([]);
});

test('a waiver covers it, and an estate that AWS refuses has other findings alone', async () => {
  const waivers = { rule: 'selection-role-allowed', path: 's.json: Selection.iamRoleArn', reason: 'granted by hand' };
  const files = { 's.json': template({ role: {} }), 'w.json': JSON.stringify([waivers]) };
  const waived = await cli(['check', 's.json', '--waivers', 'w.json'], files);
  expect([waived.code, waived.stdout]).toEqual([0, expect.stringContaining('waived: granted by hand')]);
  const Far = { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } };
  const { result, found } = await check({ 's.json': template({ role: {}, resources: { Far } }) });
  expect([result.code, found]).toEqual([1, []]);
});
