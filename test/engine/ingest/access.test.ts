import { describeKey } from '../../../engine/src/operations/kms/describe-key';
import { getKeyPolicy } from '../../../engine/src/operations/kms/get-key-policy';
import { deploy } from '../../../engine/src/ingest/deploy';
import { WorldState } from '../../../engine/src/domain/world-state';
import { listAttachedRolePolicies } from '../../../engine/src/operations/iam/list-attached-role-policies';
import { listRolePolicies } from '../../../engine/src/operations/iam/list-role-policies';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { read } from './read';

const TRUST = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const KEY_POLICY = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }] };
const MORE = { Statement: [{ Effect: 'Allow', Action: 'tag:GetResources', Resource: '*' }] };
const MANAGED = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';

const TEMPLATE = {
  Resources: {
    Key: { Type: 'AWS::KMS::Key', Properties: { Description: 'vaults', KeyPolicy: KEY_POLICY, Enabled: false } },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/vaults', TargetKeyId: { Ref: 'Key' } } },
    Wide: { Type: 'AWS::KMS::Key', Properties: { MultiRegion: true, Tags: [{ Key: 'Name', Value: 'wide' }] } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'backup',
        Path: '/service-role/',
        AssumeRolePolicyDocument: TRUST,
        ManagedPolicyArns: [MANAGED],
      },
    },
    Inline: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'more', PolicyDocument: MORE, Roles: [{ Ref: 'Role' }] },
    },
    Own: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { ManagedPolicyName: 'own', PolicyDocument: MORE, Roles: [{ Ref: 'Role' }] },
    },
  },
};

const CONFIGURATION = {
  terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' } } },
  provider: { aws: [{ region: 'eu-central-1' }] },
  resource: {
    aws_kms_key: {
      a: { description: 'vaults', is_enabled: false },
      b: { multi_region: true, tags: { Name: 'wide' } },
    },
    aws_kms_alias: { a: { name: 'alias/vaults', target_key_id: '${aws_kms_key.a.key_id}' } },
    aws_kms_key_policy: { a: { key_id: '${aws_kms_key.a.id}', policy: JSON.stringify(KEY_POLICY) } },
    aws_iam_role: { a: { name: 'backup', path: '/service-role/', assume_role_policy: JSON.stringify(TRUST) } },
    aws_iam_role_policy: { a: { name: 'more', role: '${aws_iam_role.a.id}', policy: JSON.stringify(MORE) } },
    aws_iam_policy: { own: { name: 'own', policy: JSON.stringify(MORE) } },
    aws_iam_role_policy_attachment: {
      a: { role: '${aws_iam_role.a.name}', policy_arn: MANAGED },
      b: { role: '${aws_iam_role.a.name}', policy_arn: '${aws_iam_policy.own.arn}' },
    },
  },
};

interface Declared {
  readonly declaredAt?: string;
}

function withoutPlaces(list: readonly Declared[] | undefined): object[] {
  return (list ?? [])
    .map(({ declaredAt: _, ...rest }) => rest)
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const fromTemplate = read({ 't.json': TEMPLATE });
const fromConfiguration = read({ 'tf/cdk.tf.json': CONFIGURATION }, {}, ['tf']);

test('keys, roles and managed policies are the same from CloudFormation and from Terraform', () => {
  for (const part of ['keys', 'roles', 'policies'] as const) {
    expect(withoutPlaces(fromConfiguration.estate[part])).toEqual(withoutPlaces(fromTemplate.estate[part]));
  }
  expect(fromTemplate.estate.keys).toHaveLength(2);
  expect(fromTemplate.estate.roles).toMatchObject([
    {
      roleName: 'backup',
      path: '/service-role/',
      trustPolicy: TRUST,
      inlinePolicies: [{ policyName: 'more', document: MORE }],
      managedPolicyArns: [expect.stringContaining(':policy/own'), MANAGED],
    },
  ]);
  expect([fromTemplate.notRead, fromConfiguration.notRead]).toEqual([[], []]);
});

test('keys and roles are deployed under the ids by which others name them, and leave no trace in the digest', () => {
  const state = new WorldState({ start: parseInstant('2027-01-01') });
  const untouched = new WorldState({ start: parseInstant('2027-01-01') }).digest();
  const { estate } = fromTemplate;
  deploy(state, estate);
  const env = estate.keys?.[0]?.env;
  const role = estate.roles?.[0]?.env;
  if (env === undefined || role === undefined) {
    throw new Error('nothing was read');
  }
  const key = describeKey(state, env, { KeyId: 'alias/vaults' }).KeyMetadata;
  expect(key).toMatchObject({ KeyId: estate.keys?.find((one) => one.enabled === false)?.keyId, KeyState: 'Disabled' });
  expect(JSON.parse(getKeyPolicy(state, env, { KeyId: key?.KeyId }).Policy ?? '')).toEqual(KEY_POLICY);
  expect(listRolePolicies(state, role, { RoleName: 'backup' }).PolicyNames).toEqual(['more']);
  expect(listAttachedRolePolicies(state, role, { RoleName: 'backup' }).AttachedPolicies).toHaveLength(2);
  expect(state.digest()).toBe(untouched);
});

test('a replica has the id of its primary and is deployed as such', () => {
  const primary = { Type: 'AWS::KMS::Key', Properties: { MultiRegion: true } };
  const { estate } = read({ 't.json': { Resources: { Key: primary } } });
  const [key] = estate.keys ?? [];
  const arn = `arn:aws:kms:${key?.env.region}:${key?.env.account}:key/${key?.keyId}`;
  const replica = { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn: arn, KeyPolicy: KEY_POLICY } };
  const other = read(
    { 'r.json': { Resources: { Replica: replica } } },
    { env: { ...key?.env, region: 'eu-west-1' } as never },
  );
  expect(other.estate.keys).toMatchObject([{ keyId: key?.keyId, primaryKeyArn: arn, multiRegion: true }]);
  const state = new WorldState({ start: parseInstant('2027-01-01') });
  deploy(state, { keys: [...(other.estate.keys ?? []), ...(estate.keys ?? [])] });
  const env = other.estate.keys?.[0]?.env;
  const shown = env === undefined ? undefined : describeKey(state, env, { KeyId: key?.keyId }).KeyMetadata;
  expect(shown?.MultiRegionConfiguration).toMatchObject({ MultiRegionKeyType: 'REPLICA', PrimaryKey: { Arn: arn } });
});

test('a policy that cannot be known keeps its key or role from being read, and nothing else', () => {
  const unknown = { 'Fn::GetAtt': ['Function', 'Arn'] };
  const policy = { Statement: [{ Effect: 'Allow', Principal: { AWS: unknown }, Action: 'kms:*', Resource: '*' }] };
  const { estate, notRead } = read({
    't.json': {
      Resources: {
        Function: { Type: 'Custom::Something' },
        Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy } },
        Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/a', TargetKeyId: { Ref: 'Key' } } },
        Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
      },
    },
  });
  expect(estate.vaults).toHaveLength(1);
  expect(estate.keys).toBeUndefined();
  expect(notRead.map(({ path, type }) => `${path} ${type}`)).toEqual([
    't.json: Function Custom::Something',
    't.json: Key AWS::KMS::Key',
    't.json: Alias AWS::KMS::Alias',
  ]);
  expect(notRead.at(-1)?.reason).toBe('the key that it names is not among the artifacts');
});
