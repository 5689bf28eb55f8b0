// Calls of multi-party approval over a socket: policies, tags, pages, refusals, and all of them by boto3.
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  ACCOUNT,
  RECOVERY,
  REGION,
  PREFIX,
  POLICY,
  CENTER,
  at,
  begin,
  end,
  send,
  ok,
  client,
  approvers,
  teamInput,
  withTeam,
  team,
  waiting,
  answer,
  control,
  front,
} from '../../support/approval-stage';
import { sendSigned } from '../../support/signed';
import { exercised, testWith } from '../../support/programs';
import { schemaOf } from '../cli/run-cli';

beforeEach(() => begin());

afterEach(() => end());

test('policies, tags, tokens and pages', async () => {
  const arn = await withTeam({ ClientToken: 'one' });
  const [policy] = (await ok('POST', '/policies/?List')).Policies;
  expect(policy).toEqual({
    Arn: POLICY,
    DefaultVersion: 1,
    PolicyType: 'AWS_MANAGED',
    Name: 'CreateRestoreAccessVault',
  });
  const [version] = (await ok('POST', `/policies/${at(POLICY)}/?List`)).PolicyVersions;
  expect([version.Arn, version.Document]).toEqual([`${POLICY}/1`, undefined]);
  const { PolicyVersion } = await ok('GET', `/policy-versions/${at(`${POLICY}/1`)}`);
  const asked = { ResourceArn: arn, PolicyName: 'CreateRestoreAccessVault', PolicyType: 'AWS_MANAGED' };
  expect((await ok('POST', '/GetResourcePolicy', asked)).PolicyDocument).toBe(PolicyVersion.Document);
  expect((await ok('POST', `/resource-policies/${at(arn)}/?List`)).ResourcePolicies).toMatchObject([
    { PolicyArn: POLICY },
  ]);
  await ok('PUT', `/tags/${at(arn)}`, { Tags: { a: '1', b: '2' } });
  await ok('POST', `/tags/${at(arn)}`, { TagKeys: ['a'] });
  expect((await ok('GET', `/tags/${at(arn)}`)).Tags).toEqual({ b: '2' });
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, '']));
  const tooMany = await send('PUT', `/tags/${at(arn)}`, { Tags: many });
  expect([tooMany.error, tooMany.body.ResourceName]).toEqual(['TooManyTagsException', arn]);
  expect(await ok('POST', '/approval-teams', teamInput({ ClientToken: 'one' }))).toMatchObject({ Arn: arn });
  await ok('POST', '/approval-teams', teamInput({ Name: 'second' }));
  const first = await ok('POST', '/approval-teams/?List&MaxResults=1');
  const next = await ok('POST', `/approval-teams/?List&MaxResults=1&NextToken=${at(first.NextToken)}`);
  expect([first, next].map(({ ApprovalTeams }) => ApprovalTeams[0].Name)).toEqual(['restores', 'second']);
  expect(next.NextToken).toBeUndefined();
});

test('policies decide about sessions by what was asked for, and whose it is', async () => {
  await end();
  await begin(true);
  const arn = await withTeam();
  await ok('POST', `/approval-teams/${at(arn)}/baseline`, {});
  const session = await waiting(arn);
  const iam = client(IAMClient);
  const readAs = async (UserName: string, keys: object) => {
    await iam.send(new CreateUserCommand({ UserName }));
    const Statement = [{ Effect: 'Allow', Action: 'mpa:GetSession', Resource: '*', Condition: { StringEquals: keys } }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'read', PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {};
    const by = { service: 'mpa', region: REGION, accessKeyId, secretAccessKey };
    return (await sendSigned(front.url, by, ['GET', `/sessions/${at(session)}`])).error;
  };
  const operation = 'mpa:StartApprovalTeamBaseline';
  expect(await readAs('a', { 'mpa:RequestedOperation': operation })).toBeNull();
  expect(await readAs('b', { 'mpa:RequestedOperation': 'mpa:UpdateApprovalTeam' })).toBe('AccessDeniedException');
  expect(await readAs('c', { 'mpa:ProtectedResourceAccount': ACCOUNT })).toBeNull();
  expect(await readAs('d', { 'mpa:ProtectedResourceAccount': RECOVERY })).toBe('AccessDeniedException');
});

test('sessions are listed by what passes all filters', async () => {
  const arn = await withTeam();
  await ok('POST', `/approval-teams/${at(arn)}/baseline`, {});
  const count = async (...filters: [string, string, string][]) => {
    const Filters = filters.map(([FieldName, Operator, Value]) => ({ FieldName, Operator, Value }));
    return (await ok('POST', `/approval-teams/${at(arn)}/sessions/?List`, { Filters })).Sessions.length;
  };
  // prettier-ignore
  const rows: [number, ...[string, string, string][]][] = [
    [1, ['ActionName', 'EQ', 'mpa:StartApprovalTeamBaseline']],
    [0, ['ActionName', 'NE', 'mpa:StartApprovalTeamBaseline']],
    [1, ['ActionName', 'CONTAINS', 'Baseline']],
    [0, ['ActionName', 'NOT_CONTAINS', 'Baseline']],
    [0, ['SessionStatus', 'NE', 'PENDING']],
    [1, ['InitiationTime', 'GTE', '2027-01-01T00:00:00.000000001Z']],
    [0, ['InitiationTime', 'GT', '2027-01-01T00:00:00Z']],
    [1, ['InitiationTime', 'LTE', '2027-01-01T00:00:00Z']],
    [0, ['InitiationTime', 'LT', '2027-01-01T00:00:00Z']],
    [1, ['InitiationTime', 'BETWEEN', '2026-12-31T00:00:00Z and 2027-01-01T00:00:00Z']],
    [0, ['ActionName', 'CONTAINS', 'Baseline'], ['SessionStatus', 'EQ', 'APPROVED']],
  ];
  for (const [expected, ...filters] of rows) {
    expect([filters, await count(...filters)]).toEqual([filters, expected]);
  }
});

test('fails in the words of the model, at both sides of each bound', async () => {
  const arn = await withTeam();
  const strategy = (MinApprovalsRequired: number) => ({ ApprovalStrategy: { MofN: { MinApprovalsRequired } } });
  const many = (count: number) => approvers(...Array.from({ length: count }, (_, index) => `id${index}`));
  const create = (more: object) =>
    ['POST', '/approval-teams', teamInput({ Name: `t${Math.abs(JSON.stringify(more).length)}`, ...more })] as const;
  // prettier-ignore
  const rows: [number, string | null, string, string, object?][] = [
    [200, null,                            ...create(strategy(3))],
    [400, 'ValidationException',           ...create(strategy(1))],
    [400, 'ValidationException',           ...create(strategy(4))],
    [400, 'ValidationException',           ...create({ Approvers: many(2) })],
    [200, null,                            ...create({ Name: 'twenty', Approvers: many(20) })],
    [400, 'ValidationException',           ...create({ Approvers: many(21) })],
    [400, 'ValidationException',           ...create({ Approvers: approvers('ann', 'ann', 'bob') })],
    [200, null,                            ...create({ Name: 'n'.repeat(64) })],
    [400, 'ValidationException',           ...create({ Name: 'n'.repeat(65) })],
    [400, 'ValidationException',           ...create({ Name: 'no space' })],
    [200, null,                            ...create({ Name: 'long', Description: 'd'.repeat(256) })],
    [400, 'ValidationException',           ...create({ Description: 'd'.repeat(257) })],
    [400, 'ValidationException',           ...create({ Policies: [] })],
    [400, 'ValidationException',           ...create({ Policies: [{ PolicyArn: `${POLICY}/2` }] })],
    [400, 'ValidationException',           ...create({ Policies: [{ PolicyArn: POLICY }] })],
    [400, 'ValidationException',           ...create({ Tags: { 'aws:x': '1' } })],
    [409, 'ConflictException',             'POST',   '/approval-teams', teamInput()],
    [402, 'ServiceQuotaExceededException', 'POST',   '/identity-sources', { IdentitySourceParameters: CENTER }],
    [404, 'ResourceNotFoundException',     'GET',    `/approval-teams/${at(`${PREFIX}:approval-team/none`)}`],
    [403, 'AccessDeniedException',         'GET',    `/approval-teams/${at(arn.replace(ACCOUNT, RECOVERY))}`],
    [400, 'ValidationException',           'GET',    `/approval-teams/${at('arn:aws:mpa:no-team')}`],
    [404, 'ResourceNotFoundException',     'GET',    `/sessions/${at(`${PREFIX}:session/none/none`)}`],
    [404, 'ResourceNotFoundException',     'GET',    `/policy-versions/${at(`${POLICY}/2`)}`],
    [404, 'ResourceNotFoundException',     'DELETE', `/approval-teams/${at(arn)}/1`],
    [409, 'ConflictException',             'DELETE', `/approval-teams/${at(arn)}/${String(Date.UTC(2027, 0, 1))}`],
    [400, 'ValidationException',           'PATCH',  `/approval-teams/${at(arn)}`, {}],
    [400, 'ValidationException',           'PATCH',  `/approval-teams/${at(arn)}`, strategy(4)],
    [400, 'ValidationException',           'POST',   `/approval-teams/${at(arn)}?Delete`, { PendingWindowDays: -1 }],
    [400, 'ValidationException',           'POST',   '/approval-teams/?List&MaxResults=21'],
    [200, null,                            'POST',   '/approval-teams/?List&MaxResults=20'],
    [400, 'ValidationException',           'POST',   '/approval-teams/?List&NextToken=nonsense'],
    [400, 'ValidationException',           'POST',   `/approval-teams/${at(arn)}/sessions/?List`, { Filters: [{ FieldName: 'ActionName', Operator: 'GT', Value: 'a' }] }],
    [400, 'ValidationException',           'POST',   `/approval-teams/${at(arn)}/sessions/?List`, { Filters: [{ FieldName: 'SessionStatus', Operator: 'CONTAINS', Value: 'P' }] }],
    [400, 'ValidationException',           'POST',   `/approval-teams/${at(arn)}/sessions/?List`, { Filters: [{ FieldName: 'InitiationTime', Operator: 'GT', Value: 'noon' }] }],
  ];
  for (const [status, error, method, path, body] of rows) {
    const came = await send(method, path, body);
    expect([method, path, body, came.status, came.error]).toEqual([method, path, body, status, error]);
    if (error !== null) {
      expect(came.body.Message).toMatch(/./);
    }
  }
  const elsewhere = await send('POST', '/approval-teams/?List', {}, 'eu-central-1');
  expect([elsewhere.error, elsewhere.body.Message]).toEqual([
    'ValidationException',
    'Multi-party approval is available in us-east-1 alone, got eu-central-1.',
  ]);
});

test('control lists what is asked, and refuses an answer to nothing', async () => {
  const arn = await withTeam();
  await ok('POST', `/approval-teams/${at(arn)}?Delete`, {});
  const listed = await (await fetch(`${front.url}/_holdfast/approvals`)).json();
  const validate = schemaOf('holdfast.approvals/1');
  validate(listed);
  expect(validate.errors ?? []).toEqual([]);
  expect(listed).toMatchObject({
    schema: 'holdfast.approvals/1',
    approvals: [{ kind: 'deletion', subjectArn: arn, status: 'PENDING', expiresAt: '2027-01-02T00:00:00Z' }],
  });
  expect(await control('approvals', { session: 'x', answer: 'approve' })).toMatchObject({ status: 404 });
  expect(await control('approvals', { session: 'x', answer: 'maybe' })).toMatchObject({
    status: 400,
    body: { message: 'answer must be approve or deny, got "maybe"' },
  });
});

test('a World that is made again from its snapshot has the answers of its teams', async () => {
  const arn = await withTeam();
  await ok('PATCH', `/approval-teams/${at(arn)}`, { Description: 'other' });
  await answer(await waiting(arn), 'approve');
  const snapshot = await (await fetch(`${front.url}/_holdfast/snapshot`)).json();
  await end();
  await begin();
  expect((await control('snapshot', snapshot as object)).status).toBe(200);
  const { Description, PendingUpdate } = await team(arn);
  expect([Description, PendingUpdate]).toEqual(['other', undefined]);
});

test('in an organization the management account alone makes teams', async () => {
  await client(OrganizationsClient).send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const body = { IdentitySourceParameters: CENTER };
  const other = await send('POST', '/identity-sources', body, REGION, RECOVERY);
  expect([other.status, other.error]).toEqual([403, 'AccessDeniedException']);
  await ok('POST', '/identity-sources', body);
});

const run = promisify(execFile);

const SCRIPT = `
import boto3, json
from botocore.exceptions import ClientError
mpa = boto3.client('mpa')
source = mpa.create_identity_source(IdentitySourceParameters=${JSON.stringify(CENTER)})['IdentitySourceArn']
people = lambda *ids: [{'PrimaryIdentityId': id, 'PrimaryIdentitySourceArn': source} for id in ids]
make = lambda name: mpa.create_approval_team(Name=name, Description='d', ApprovalStrategy={'MofN': {'MinApprovalsRequired': 2}},
    Approvers=people('ann', 'bob', 'cy'), Policies=[{'PolicyArn': mpa.list_policies()['Policies'][0]['Arn'] + '/$DEFAULT'}], Tags={'a': '1'})['Arn']
arn, second = make('restores'), make('second')
names = [team['Name'] for page in mpa.get_paginator('list_approval_teams').paginate(PaginationConfig={'PageSize': 1}) for team in page['ApprovalTeams']]
version = mpa.update_approval_team(Arn=arn, Description='other')['VersionId']
session = mpa.list_sessions(ApprovalTeamArn=arn)['Sessions'][0]['SessionArn']
mpa.cancel_session(SessionArn=session)
mpa.start_active_approval_team_deletion(Arn=arn, PendingWindowDays=1)
baseline = mpa.start_approval_team_baseline(Arn=second)['BaselineSessionArn']
mpa.tag_resource(ResourceArn=arn, Tags={'b': '2'})
mpa.untag_resource(ResourceArn=arn, TagKeys=['a'])
policy = mpa.list_resource_policies(ResourceArn=arn)['ResourcePolicies'][0]
document = mpa.get_resource_policy(ResourceArn=arn, PolicyName=policy['PolicyName'], PolicyType=policy['PolicyType'])['PolicyDocument']
codes = []
for call in [lambda: mpa.delete_identity_source(IdentitySourceArn=source), lambda: mpa.get_session(SessionArn=session[:-1] + 'x'),
             lambda: mpa.delete_inactive_approval_team_version(Arn=arn, VersionId=version)]:
    try:
        call()
    except ClientError as error:
        codes.append(error.response['Error']['Code'])
print(json.dumps([names, mpa.get_session(SessionArn=session)['Status'], mpa.get_approval_team(Arn=arn)['StatusCode'],
    mpa.get_session(SessionArn=baseline)['ActionName'], mpa.list_tags_for_resource(ResourceArn=arn)['Tags'],
    document == mpa.get_policy_version(PolicyVersionArn=policy['PolicyArn'] + '/1')['PolicyVersion']['Document'],
    mpa.list_policy_versions(PolicyArn=policy['PolicyArn'])['PolicyVersions'][0]['VersionId'],
    mpa.get_identity_source(IdentitySourceArn=source)['Status'], len(mpa.list_identity_sources()['IdentitySources']),
    len(mpa.list_approval_teams()['ApprovalTeams']), codes]))
`;

testWith('boto3', 'python3', ['-c', 'import boto3'])(
  'boto3 calls every operation of mpa',
  async () => {
    exercised('boto3', 'mpa over a socket');
    const { PATH, HOME } = process.env;
    const keys = { AWS_ACCESS_KEY_ID: ACCOUNT, AWS_SECRET_ACCESS_KEY: 'holdfast', AWS_DEFAULT_REGION: REGION };
    const env = { PATH, HOME, ...keys, AWS_ENDPOINT_URL: front.url, AWS_EC2_METADATA_DISABLED: 'true' };
    const { stdout } = await run('python3', ['-c', SCRIPT], { env });
    expect(JSON.parse(stdout)).toEqual([
      ['restores', 'second'],
      'CANCELLED',
      'DELETE_PENDING_APPROVAL',
      'mpa:StartApprovalTeamBaseline',
      { b: '2' },
      true,
      1,
      'ACTIVE',
      1,
      2,
      ['ConflictException', 'ResourceNotFoundException', 'ResourceNotFoundException'],
    ]);
  },
  120_000,
);
