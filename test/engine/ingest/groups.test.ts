// Users and groups of templates and of Terraform: the same from both, and as they say in the World.
import { listAttachedGroupPolicies } from '../../../engine/src/operations/iam/list-attached-group-policies';
import { listGroupPolicies } from '../../../engine/src/operations/iam/list-group-policies';
import { listGroupsForUser } from '../../../engine/src/operations/iam/list-groups-for-user';
import { listUserPolicies } from '../../../engine/src/operations/iam/list-user-policies';
import { getUser } from '../../../engine/src/operations/iam/get-user';
import { attack } from '../../../engine/src/attack/attack';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { read } from './read';

const ENV = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };
const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'backup:Delete*', Resource: '*' }] };
const POLICY = JSON.stringify(DOCUMENT);
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

const TEMPLATE = {
  Resources: {
    Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
    Team: {
      Type: 'AWS::IAM::Group',
      Properties: { GroupName: 'team', Path: '/ops/', ManagedPolicyArns: [READ_ONLY] },
    },
    Bare: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'bare', Path: '/' } },
    Inline: {
      Type: 'AWS::IAM::GroupPolicy',
      Properties: { GroupName: { Ref: 'Team' }, PolicyName: 'in', PolicyDocument: DOCUMENT },
    },
    Own: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        ManagedPolicyName: 'own',
        PolicyDocument: DOCUMENT,
        Groups: [{ Ref: 'Team' }],
        Users: [{ Ref: 'Bob' }],
      },
    },
    Ada: { Type: 'AWS::IAM::User', Properties: { UserName: 'ada', Groups: [{ Ref: 'Bare' }] } },
    Bob: {
      Type: 'AWS::IAM::User',
      Properties: { UserName: 'bob', PermissionsBoundary: READ_ONLY, Tags: [{ Key: 'kind', Value: 'person' }] },
    },
    Addition: {
      Type: 'AWS::IAM::UserToGroupAddition',
      Properties: { GroupName: { Ref: 'Team' }, Users: [{ Ref: 'Ada' }, { Ref: 'Bob' }] },
    },
    More: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'more', PolicyDocument: DOCUMENT, Users: [{ Ref: 'Bob' }] },
    },
  },
};

const CONFIGURATION = {
  terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' } } },
  provider: { aws: [{ region: 'eu-central-1' }] },
  resource: {
    aws_backup_vault: { main: { name: 'main' } },
    aws_iam_group: { team: { name: 'team', path: '/ops/' }, bare: { name: 'bare' } },
    aws_iam_group_policy: { in: { name: 'in', group: '${aws_iam_group.team.name}', policy: POLICY } },
    aws_iam_group_policy_attachment: { a: { group: '${aws_iam_group.team.id}', policy_arn: READ_ONLY } },
    aws_iam_policy: { own: { name: 'own', policy: POLICY } },
    aws_iam_policy_attachment: {
      own: {
        name: 'own',
        groups: ['${aws_iam_group.team.name}'],
        users: ['${aws_iam_user.bob.name}'],
        policy_arn: '${aws_iam_policy.own.arn}',
      },
    },
    aws_iam_user: {
      ada: { name: 'ada' },
      bob: { name: 'bob', permissions_boundary: READ_ONLY, tags: { kind: 'person' } },
    },
    aws_iam_user_policy: { more: { name: 'more', user: '${aws_iam_user.bob.name}', policy: POLICY } },
    aws_iam_user_group_membership: {
      ada: { user: '${aws_iam_user.ada.name}', groups: ['${aws_iam_group.bare.name}'] },
    },
    aws_iam_group_membership: {
      team: {
        name: 'team',
        group: '${aws_iam_group.team.name}',
        users: ['${aws_iam_user.ada.name}', '${aws_iam_user.bob.name}'],
      },
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

test('users and groups are the same from CloudFormation and from Terraform', () => {
  const env = { ...ENV, region: '' };
  const own = `arn:aws:iam::${ENV.account}:policy/own`;
  const inline = (policyName: string) => [{ policyName, document: DOCUMENT }];
  expect(withoutPlaces(fromTemplate.estate.groups)).toEqual([
    { env, groupName: 'bare' },
    { env, groupName: 'team', path: '/ops/', inlinePolicies: inline('in'), managedPolicyArns: [own, READ_ONLY] },
  ]);
  expect(withoutPlaces(fromTemplate.estate.users)).toEqual([
    { env, userName: 'ada', groupNames: ['bare', 'team'] },
    {
      env,
      userName: 'bob',
      groupNames: ['team'],
      inlinePolicies: inline('more'),
      managedPolicyArns: [own],
      permissionsBoundaryArn: READ_ONLY,
      tags: { kind: 'person' },
    },
  ]);
  for (const part of ['groups', 'users', 'policies'] as const) {
    expect(withoutPlaces(fromConfiguration.estate[part])).toEqual(withoutPlaces(fromTemplate.estate[part]));
  }
  expect([fromTemplate.notRead, fromConfiguration.notRead]).toEqual([[], []]);
});

test.each([
  ['CloudFormation', fromTemplate],
  ['Terraform', fromConfiguration],
])('users and groups of %s are in the World, and an attack is tried as each of them', (_, { estate }) => {
  const state = new WorldState({ start: parseInstant('2027-01-01'), enforceIam: true });
  const empty = state.digest();
  deploy(state, { users: estate.users ?? [], groups: estate.groups ?? [], policies: estate.policies ?? [] });
  expect(state.digest()).toBe(empty);
  deploy(state, { vaults: estate.vaults ?? [] });
  const groupsOf = (UserName: string) =>
    listGroupsForUser(state, ENV, { UserName }).Groups?.map((one) => one.GroupName);
  expect([groupsOf('ada'), groupsOf('bob')]).toEqual([['bare', 'team'], ['team']]);
  const GroupName = 'team';
  expect(listGroupPolicies(state, ENV, { GroupName }).PolicyNames).toEqual(['in']);
  expect(listAttachedGroupPolicies(state, ENV, { GroupName }).AttachedPolicies).toHaveLength(2);
  expect(listUserPolicies(state, ENV, { UserName: 'bob' }).PolicyNames).toEqual(['more']);
  expect(getUser(state, ENV, { UserName: 'bob' }).User?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(READ_ONLY);
  const tried = (name: string) =>
    attack(state, [`arn:aws:iam::${ENV.account}:user/${name}`]).attempts.find(
      ({ action, target }) => action === 'backup:DeleteBackupVault' && target === 'vault',
    );
  expect(tried('ada')?.succeeds).toBe(true);
  expect(tried('bob')?.stoppedBy?.policyType).toBe('permissions-boundary');
});

test('members, policies and attachments of who is not among the artifacts are told as not read', () => {
  const { Ada: _, Team: __, ...rest } = TEMPLATE.Resources;
  const { Bare, Bob, ...others } = rest;
  const Ghost = { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: 'ghosts', Users: ['bob', 'ghost'] } };
  const Haunt = {
    Type: 'AWS::IAM::UserPolicy',
    Properties: { UserName: 'ghost', PolicyName: 'in', PolicyDocument: DOCUMENT },
  };
  const { notRead, estate } = read({ 't.json': { Resources: { Vault: others.Vault, Bare, Bob, Ghost, Haunt } } });
  expect(notRead.map(({ type, reason }) => [type, reason])).toEqual([
    ['AWS::IAM::UserPolicy', 'the user that it names is not among the artifacts'],
    ['AWS::IAM::UserToGroupAddition', 'the group that it names is not among the artifacts'],
    ['AWS::IAM::UserToGroupAddition', 'the group that it names is not among the artifacts'],
    ['AWS::IAM::UserToGroupAddition', 'the user that it names is not among the artifacts'],
  ]);
  expect(estate.users?.[0]?.groupNames).toBeUndefined();
});
