/**
 * Small estates written as templates, whose answers are worked out by hand from AWS's rules of evaluation (IAM user guide, "Policy
 * evaluation logic", "Permissions boundaries", "Cross-account policy evaluation logic"; KMS developer guide, "Key policies").
 */
import { World } from '../../../engine/src/testing/world';

const ACCOUNT = '111122223333';
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const statement = (Effect: string, Action: string | string[], Resource: unknown, more: object = {}) => ({
  Effect,
  Action,
  Resource,
  ...more,
});
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const TRUST = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });

function role(RoleName: string, statements: object[], more: object = {}): object {
  const Policies = [{ PolicyName: 'p', PolicyDocument: policy(...statements) }];
  return { Type: 'AWS::IAM::Role', Properties: { RoleName, AssumeRolePolicyDocument: TRUST, Policies, ...more } };
}

function vault(AccessPolicy?: object): object {
  return { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main', AccessPolicy } };
}

const DELETES = 'backup:DeleteBackupVault';
const ALLOW = statement('Allow', DELETES, '*');

type Answer = readonly [succeeds: boolean, by: string | null, statement: string | null];

async function answerOf(Resources: Record<string, object>, as: string, action: string): Promise<Answer[]> {
  const world = new World({ start: '2027-01-01T00:00:00Z', account: ACCOUNT, region: 'eu-central-1' });
  await world.deploy({ Resources });
  return world
    .attack(as)
    .attempts.filter((one) => one.action === action && one.steps.length === 0)
    .map(({ succeeds, stoppedBy }) => [succeeds, stoppedBy?.policyType ?? null, stoppedBy?.statement ?? null]);
}

test('a Deny of a role wins over its Allow, whatever their order, and is what is named', async () => {
  const found = { vault: vault(), role: role('a', [ALLOW, statement('Deny', 'backup:Delete*', '*', { Sid: 'No' })]) };
  expect(await answerOf(found, roleArn('a'), DELETES)).toEqual([[false, 'identity', 'No']]);
});

test('a permissions boundary allows nothing by itself, and keeps what it does not allow', async () => {
  const bounded = (allowed: string, bounds: string) => ({
    vault: vault(),
    bounds: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { ManagedPolicyName: 'bounds', PolicyDocument: policy(statement('Allow', bounds, '*')) },
    },
    role: role('a', [statement('Allow', allowed, '*')], { PermissionsBoundary: { Ref: 'bounds' } }),
  });
  const answer = (allowed: string, bounds: string) => answerOf(bounded(allowed, bounds), roleArn('a'), DELETES);
  expect(await answer('backup:*', 'backup:*')).toEqual([[true, null, null]]);
  expect(await answer('backup:*', 'backup:List*')).toEqual([[false, 'permissions-boundary', null]]);
  expect(await answer('backup:List*', 'backup:*')).toEqual([[false, 'identity', null]]);
});

test('the policy of a vault lets in who has no policy of its own in its account, and keeps out whom it denies', async () => {
  const principal = (name: string) => ({ Principal: { AWS: roleArn(name) } });
  const allowing = policy(statement('Allow', DELETES, '*', principal('a')));
  const denying = policy(statement('Deny', DELETES, '*', { Sid: 'Keep', ...principal('a') }));
  const of = (AccessPolicy: object, statements: object[]) => ({
    role: role('a', statements),
    vault: { ...vault(AccessPolicy), DependsOn: 'role' },
  });
  const other = [statement('Allow', 's3:ListBucket', '*')];
  expect(await answerOf(of(allowing, other), roleArn('a'), DELETES)).toEqual([[true, null, null]]);
  expect(await answerOf(of(denying, [ALLOW]), roleArn('a'), DELETES)).toEqual([[false, 'resource', 'Keep']]);
});

test('a key whose policy names one role alone is out of reach of policies of others, an administrator, too', async () => {
  const keyPolicy = policy(statement('Allow', 'kms:*', '*', { Principal: { AWS: roleArn('owner') } }));
  const found = {
    owner: role('owner', [statement('Allow', 's3:ListBucket', '*')]),
    thief: role('thief', [statement('Allow', '*', '*')]),
    key: { Type: 'AWS::KMS::Key', DependsOn: 'owner', Properties: { KeyPolicy: keyPolicy } },
    vault: {
      Type: 'AWS::Backup::BackupVault',
      Properties: { BackupVaultName: 'main', EncryptionKeyArn: { 'Fn::GetAtt': ['key', 'Arn'] } },
    },
  };
  const deletion = 'kms:ScheduleKeyDeletion';
  expect(await answerOf(found, roleArn('owner'), deletion)).toEqual([[true, null, null]]);
  expect(await answerOf(found, roleArn('thief'), deletion)).toEqual([[false, 'key', null]]);
});

test('conditions: a Deny but for one principal, by a negated operator, leaves that one alone, and binds a missing tag', async () => {
  const but = { ArnNotEquals: { 'aws:PrincipalArn': roleArn('glass') } };
  const tagged = { StringNotEquals: { 'aws:ResourceTag/stage': 'test' } };
  const denies = (Condition: object) => [ALLOW, statement('Deny', DELETES, '*', { Sid: 'Only', Condition })];
  const found = {
    vault: vault(),
    a: role('a', denies(but)),
    glass: role('glass', denies(but)),
    tagged: role('tagged', denies(tagged)),
  };
  expect(await answerOf(found, roleArn('a'), DELETES)).toEqual([[false, 'identity', 'Only']]);
  expect(await answerOf(found, roleArn('glass'), DELETES)).toEqual([[true, null, null]]);
  expect(await answerOf(found, roleArn('tagged'), DELETES)).toEqual([[false, 'identity', 'Only']]);
});
