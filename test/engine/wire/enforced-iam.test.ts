// Who may do what, over a socket, with the real SDK: principals x operations x resources, and credentials that are wrong.
import {
  BackupClient,
  CreateBackupVaultCommand,
  DeleteBackupVaultCommand,
  DescribeBackupVaultCommand,
  ListBackupVaultsCommand,
  PutBackupVaultAccessPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-backup';
import {
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetUserCommand,
  IAMClient,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  AcceptHandshakeCommand,
  AttachPolicyCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand as CreateOrganizationPolicyCommand,
  EnablePolicyTypeCommand,
  InviteAccountToOrganizationCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';

const [A, B, C] = ['111111111111', '222222222222', '333333333333'];
const REGION = 'eu-central-1';
const ENV = { partition: 'aws', account: A, region: REGION };

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

type Client = { send(command: unknown): Promise<unknown>; destroy(): void };
type Made = new (config: object) => unknown;

let served: ServedWorld;
let front: HttpFront;
const keys: Record<string, Keys> = {};

/** Sends a command as somebody; answers what came back, or the error. */
async function as<T>(who: string | Keys, ClientClass: Made, command: unknown, more: object = {}): Promise<T> {
  const credentials = typeof who === 'string' ? keys[who] : who;
  const client = new ClientClass({
    region: REGION,
    endpoint: front.url,
    credentials,
    maxAttempts: 1,
    ...more,
  }) as Client;
  try {
    return (await client.send(command)) as T;
  } finally {
    client.destroy();
  }
}

async function verdict(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'allowed',
    (error: Error) => error.name,
  );
}

const rootOf = (account: string): Keys => ({ accessKeyId: account, secretAccessKey: 'holdfast' });
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (...Action: string[]) => ({ Effect: 'Allow', Action, Resource: '*' });
const deny = (...Action: string[]) => ({ Effect: 'Deny', Action, Resource: '*' });
const trust = (...AWS: string[]) =>
  policy({ Effect: 'Allow', Principal: { AWS }, Action: ['sts:AssumeRole', 'sts:TagSession'] });

async function makeUser(account: string, name: string, document: string, boundary?: string): Promise<void> {
  const root = rootOf(account);
  await as(root, IAMClient, new CreateUserCommand({ UserName: name, PermissionsBoundary: boundary }));
  await as(root, IAMClient, new PutUserPolicyCommand({ UserName: name, PolicyName: 'own', PolicyDocument: document }));
  keys[name] = await newKey(account, name);
}

async function newKey(account: string, UserName: string): Promise<Keys> {
  const { AccessKey } = await as<{ AccessKey: { AccessKeyId: string; SecretAccessKey: string } }>(
    ...([rootOf(account), IAMClient, new CreateAccessKeyCommand({ UserName })] as const),
  );
  return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
}

async function makeRole(account: string, name: string, trusted: string, document: string): Promise<void> {
  const role = { RoleName: name, AssumeRolePolicyDocument: trusted };
  await as(rootOf(account), IAMClient, new CreateRoleCommand(role));
  const inline = { RoleName: name, PolicyName: 'own', PolicyDocument: document };
  await as(rootOf(account), IAMClient, new PutRolePolicyCommand(inline));
}

async function assumed(who: string | Keys, roleArn: string, more: object = {}): Promise<Keys> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test', ...more });
  const { Credentials } = await as<{
    Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
  }>(who, STSClient, command);
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials;
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

const roleIn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

/** B is a member of the organization of A, with an SCP and an RCP; C stands alone. */
async function makeOrganization(): Promise<void> {
  const management = rootOf(A);
  await as(management, OrganizationsClient, new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Handshake } = await as<{ Handshake: { Id: string } }>(
    ...([
      management,
      OrganizationsClient,
      new InviteAccountToOrganizationCommand({ Target: { Id: B, Type: 'ACCOUNT' } }),
    ] as const),
  );
  await as(rootOf(B), OrganizationsClient, new AcceptHandshakeCommand({ HandshakeId: Handshake.Id }));
  const { Roots } = await as<{ Roots: { Id: string }[] }>(management, OrganizationsClient, new ListRootsCommand({}));
  const outside = { StringNotEqualsIfExists: { 'aws:PrincipalAccount': [A, B] } };
  const contents = {
    SERVICE_CONTROL_POLICY: policy(deny('backup:DeleteBackupVault')),
    RESOURCE_CONTROL_POLICY: policy({ ...deny('sts:AssumeRole'), Principal: '*', Condition: outside }),
  } as const;
  const enable = { RootId: Roots[0]?.Id, PolicyType: 'RESOURCE_CONTROL_POLICY' } as const;
  await as(management, OrganizationsClient, new EnablePolicyTypeCommand(enable));
  for (const [Type, Content] of Object.entries(contents)) {
    const PolicyType = Type as keyof typeof contents;
    const made = new CreateOrganizationPolicyCommand({ Name: Type, Description: '', Type: PolicyType, Content });
    const { Policy } = await as<{ Policy: { PolicySummary: { Id: string } } }>(management, OrganizationsClient, made);
    const attach = { PolicyId: Policy.PolicySummary.Id, TargetId: B };
    await as(management, OrganizationsClient, new AttachPolicyCommand(attach));
  }
}

async function makePeople(): Promise<void> {
  const everything = policy(allow('*'));
  const boundary = await as<{ Policy: { Arn: string } }>(
    ...([
      rootOf(A),
      IAMClient,
      new CreatePolicyCommand({ PolicyName: 'edge', PolicyDocument: policy(allow('backup:List*')) }),
    ] as const),
  );
  await makeUser(A, 'admin', everything);
  await makeUser(A, 'reader', policy(allow('backup:Describe*', 'backup:List*', 'kms:*', 'sts:AssumeRole')));
  await makeUser(A, 'bounded', everything, boundary.Policy.Arn);
  await makeUser(A, 'nobody', policy(allow('s3:GetObject')));
  await makeUser(B, 'member', everything);
  await makeUser(C, 'stranger', everything);
  await makeRole(B, 'visited', trust(`arn:aws:iam::${A}:root`, `arn:aws:iam::${C}:root`), everything);
  await makeRole(B, 'shut', trust(`arn:aws:iam::${B}:root`), everything);
  await makeRole(
    A,
    'tagged',
    trust(`arn:aws:iam::${A}:root`),
    policy({
      ...allow('backup:ListBackupVaults'),
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } },
    }),
  );
  keys['session'] = await assumed('admin', roleIn(B, 'visited'));
  keys['limited'] = await assumed('admin', roleIn(B, 'visited'), { Policy: policy(allow('backup:List*')) });
  keys['blue'] = await assumed('admin', roleIn(A, 'tagged'), { Tags: [{ Key: 'team', Value: 'blue' }] });
  keys['red'] = await assumed('admin', roleIn(A, 'tagged'), { Tags: [{ Key: 'team', Value: 'red' }] });
}

let keyId: string;

async function makeThings(): Promise<void> {
  for (const [account, name] of [
    [A, 'plain'],
    [A, 'kept'],
    [A, 'marked'],
    [B, 'far'],
  ] as const) {
    await as(rootOf(account), BackupClient, new CreateBackupVaultCommand({ BackupVaultName: name }));
  }
  const Policy = policy({ ...deny('backup:DeleteBackupVault'), Principal: '*' });
  await as(rootOf(A), BackupClient, new PutBackupVaultAccessPolicyCommand({ BackupVaultName: 'kept', Policy }));
  const ResourceArn = `arn:aws:backup:${REGION}:${A}:backup-vault:marked`;
  await as(rootOf(A), BackupClient, new TagResourceCommand({ ResourceArn, Tags: { keep: 'yes' } }));
  const tagged = { Condition: { StringEquals: { 'aws:ResourceTag/keep': 'yes' } } };
  await makeUser(A, 'careful', policy(allow('*'), { ...deny('backup:DeleteBackupVault'), ...tagged }));
  const onlyAdmin = { ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${A}:user/admin` } };
  const command = new CreateKeyCommand({ Policy: policy(onlyAdmin), BypassPolicyLockoutSafetyCheck: true });
  const made = await as<{ KeyMetadata: { Arn: string } }>(rootOf(A), KMSClient, command);
  keyId = made.KeyMetadata.Arn;
}

beforeAll(async () => {
  served = new ServedWorld({ env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0', enforceIam: true });
  front = await HttpFront.open(served);
  for (const account of [A, B, C]) {
    keys[`root of ${account}`] = rootOf(account);
  }
  await makeOrganization();
  await makePeople();
  await makeThings();
});

afterAll(() => front.close());

const calls: Readonly<Record<string, (who: string) => Promise<unknown>>> = {
  list: (who) => as(who, BackupClient, new ListBackupVaultsCommand({})),
  describe: (who) => as(who, BackupClient, new DescribeBackupVaultCommand({ BackupVaultName: 'plain' })),
  'describe far': (who) => as(who, BackupClient, new DescribeBackupVaultCommand({ BackupVaultName: 'far' })),
  'delete kept': (who) => as(who, BackupClient, new DeleteBackupVaultCommand({ BackupVaultName: 'kept' })),
  'delete marked': (who) => as(who, BackupClient, new DeleteBackupVaultCommand({ BackupVaultName: 'marked' })),
  'delete far': (who) => as(who, BackupClient, new DeleteBackupVaultCommand({ BackupVaultName: 'far' })),
  'read the key': (who) => as(who, KMSClient, new DescribeKeyCommand({ KeyId: keyId })),
  'list users': (who) => as(who, IAMClient, new ListUsersCommand({})),
  'make a topic': (who) => as(who, SNSClient, new CreateTopicCommand({ Name: 'news' })),
  visit: (who) => as(who, STSClient, new AssumeRoleCommand({ RoleArn: roleIn(B, 'visited'), RoleSessionName: 'test' })),
  'visit shut': (who) =>
    as(who, STSClient, new AssumeRoleCommand({ RoleArn: roleIn(B, 'shut'), RoleSessionName: 'test' })),
  'visit none': (who) =>
    as(who, STSClient, new AssumeRoleCommand({ RoleArn: roleIn(B, 'none'), RoleSessionName: 'test' })),
  'say who': (who) => as(who, STSClient, new GetCallerIdentityCommand({})),
  'take a session': (who) => as(who, STSClient, new GetSessionTokenCommand({})),
};

const DENIED = 'AccessDeniedException';
const BY = {
  boundary: 'no permissions boundary',
  identity: 'no identity-based policy',
  rcp: 'explicit deny in a resource control policy',
  scp: 'explicit deny in a service control policy',
  session: 'no session policy',
  tag: 'explicit deny in an identity-based policy',
  trust: 'no role trust policy',
  key: 'no resource-based policy',
  vault: 'explicit deny in a resource-based policy',
};
// prettier-ignore
const TABLE: readonly (readonly [who: string, call: string, verdict: string, message: string])[] = [
  [`root of ${A}`, 'list',           'allowed',                     ''],
  [`root of ${A}`, 'delete kept',    DENIED,                        BY.vault],
  [`root of ${A}`, 'read the key',   DENIED,                        BY.key],
  [`root of ${A}`, 'visit',          'AccessDenied',                'Roles may not be assumed by root accounts.'],
  [`root of ${B}`, 'delete far',     DENIED,                        BY.scp],
  ['admin',        'list',           'allowed',                     ''],
  ['admin',        'describe',       'allowed',                     ''],
  ['admin',        'describe far',   DENIED,                        'Insufficient privileges'],
  ['admin',        'delete kept',    DENIED,                        BY.vault],
  ['admin',        'read the key',   'allowed',                     ''],
  ['admin',        'list users',     'allowed',                     ''],
  ['admin',        'visit',          'allowed',                     ''],
  ['admin',        'visit shut',     'AccessDenied',                BY.trust],
  ['admin',        'visit none',     'AccessDenied',                BY.trust],
  ['reader',       'list',           'allowed',                     ''],
  ['reader',       'delete kept',    DENIED,                        BY.vault],
  ['reader',       'delete marked',  DENIED,                        BY.identity],
  ['reader',       'read the key',   DENIED,                        BY.key],
  ['reader',       'list users',     'AccessDenied',                BY.identity],
  ['reader',       'make a topic',   'AuthorizationErrorException', BY.identity],
  ['bounded',      'list',           'allowed',                     ''],
  ['bounded',      'describe',       DENIED,                        BY.boundary],
  ['bounded',      'take a session', 'AccessDenied',                BY.boundary],
  ['nobody',       'list',           DENIED,                        BY.identity],
  ['nobody',       'visit',          'AccessDenied',                BY.identity],
  ['nobody',       'say who',        'allowed',                     ''],
  ['careful',      'delete marked',  DENIED,                        BY.tag],
  ['member',       'list',           'allowed',                     ''],
  ['member',       'delete far',     DENIED,                        BY.scp],
  ['stranger',     'list',           'allowed',                     ''],
  ['stranger',     'describe far',   DENIED,                        'Insufficient privileges'],
  ['stranger',     'visit',          'AccessDenied',                BY.rcp],
  ['session',      'describe far',   'allowed',                     ''],
  ['session',      'describe',       DENIED,                        'Insufficient privileges'],
  ['session',      'delete far',     DENIED,                        BY.scp],
  ['session',      'take a session', 'AccessDenied',                'Cannot call GetSessionToken with session credentials'],
  ['limited',      'list',           'allowed',                     ''],
  ['limited',      'describe far',   DENIED,                        BY.session],
  ['blue',         'list',           'allowed',                     ''],
  ['red',          'list',           DENIED,                        BY.identity],
];

test.each(TABLE)('%s may %s: %s %s', async (who, call, expected, message) => {
  const said = await (calls[call]?.(who) ?? Promise.reject(new Error(call))).then(
    () => ['allowed', ''],
    (error: Error) => [error.name, error.message],
  );
  expect(said).toEqual([expected, expect.stringContaining(message)]);
});

test('a denied call changes nothing', async () => {
  const before = served.state.digest();
  for (const [who, call] of TABLE.filter(([, , expected]) => expected === DENIED)) {
    await verdict(calls[call]?.(who) ?? Promise.resolve());
  }
  expect(served.state.digest()).toBe(before);
});

test('who calls is who signed, in the account of the role for a session', async () => {
  const identity = (who: string) => as(who, STSClient, new GetCallerIdentityCommand({}));
  expect(await identity('admin')).toMatchObject({ Account: A, Arn: `arn:aws:iam::${A}:user/admin` });
  expect(await identity('session')).toMatchObject({ Account: B, Arn: `arn:aws:sts::${B}:assumed-role/visited/test` });
  expect(await identity(`root of ${C}`)).toMatchObject({ Account: C, UserId: C, Arn: `arn:aws:iam::${C}:root` });
  expect(await as('admin', IAMClient, new GetUserCommand({}))).toMatchObject({ User: { UserName: 'admin' } });
});

test('keys of a session of a user are the user, save for IAM', async () => {
  const { Credentials } = await as<{
    Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
  }>('admin', STSClient, new GetSessionTokenCommand({ DurationSeconds: 900 }));
  const session: Keys = {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
  };
  expect(await as(session, STSClient, new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: `arn:aws:iam::${A}:user/admin`,
  });
  expect(await verdict(as(session, BackupClient, new ListBackupVaultsCommand({})))).toBe('allowed');
  expect(await verdict(as(session, IAMClient, new ListUsersCommand({})))).toBe('AccessDenied');
});

/** What a service says to credentials that are wrong, in its protocol: REST-JSON, JSON 1.1, query. */
async function refusals(who: Keys, more: object = {}): Promise<string[]> {
  return [
    await verdict(as(who, BackupClient, new ListBackupVaultsCommand({}), more)),
    await verdict(as(who, KMSClient, new DescribeKeyCommand({ KeyId: keyId }), more)),
    await verdict(as(who, IAMClient, new ListUsersCommand({}), more)),
  ];
}

const admin = () => keys['admin'] as Keys;
const session = () => keys['session'] as Keys;
const LATE = 16 * 60_000;
const unknown = ['UnrecognizedClientException', 'UnrecognizedClientException', 'InvalidClientTokenId'];
const mismatch = ['InvalidSignatureException', 'InvalidSignatureException', 'SignatureDoesNotMatch'];

// prettier-ignore
test.each([
  ['a key that nobody has',       () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 's' }), {},       unknown],
  ['a secret that is wrong',      () => ({ ...admin(), secretAccessKey: 's' }),                   {},              mismatch],
  ['the wrong secret of an account', () => ({ accessKeyId: A, secretAccessKey: 's' }),            {},              mismatch],
  ['a session without its token', () => ({ ...session(), sessionToken: undefined }),              {},              unknown],
  ['a token of another session',  () => ({ ...session(), sessionToken: keys['limited']?.sessionToken }), {},       unknown],
  ['a key of a user with a token', () => ({ ...admin(), sessionToken: session().sessionToken }),  {},              unknown],
  ['a clock that is late',        admin,                                   { systemClockOffset: -LATE },           mismatch],
  ['a clock that is early',       admin,                                   { systemClockOffset: LATE },            mismatch],
] as [string, () => Keys, object, string[]][])('fails for %s, in the words of each protocol', async (_, who, more, expected) => {
  expect(await refusals(who(), more)).toEqual(expected);
});

test('a clock may be off by a little less than 15 minutes', async () => {
  expect(
    await verdict(as('admin', BackupClient, new ListBackupVaultsCommand({}), { systemClockOffset: -14 * 60_000 })),
  ).toBe('allowed');
  expect(
    await verdict(as('admin', BackupClient, new ListBackupVaultsCommand({}), { systemClockOffset: 14 * 60_000 })),
  ).toBe('allowed');
});

test("a key that was made inactive is nobody's until it is active again", async () => {
  const key = await newKey(A, 'nobody');
  const set = (Status: 'Active' | 'Inactive') =>
    as(rootOf(A), IAMClient, new UpdateAccessKeyCommand({ UserName: 'nobody', AccessKeyId: key.accessKeyId, Status }));
  const say = () => verdict(as(key, STSClient, new GetCallerIdentityCommand({})));
  expect(await say()).toBe('allowed');
  await set('Inactive');
  expect(await say()).toBe('InvalidClientTokenId');
  await set('Active');
  expect(await say()).toBe('allowed');
});

test('a session is over when the clock of the World has passed its end', async () => {
  const short = await assumed('admin', roleIn(B, 'visited'), { DurationSeconds: 900 });
  await served.runUntil(served.state.now + 899_000);
  expect(await refusals(short)).toEqual(['allowed', 'AccessDeniedException', 'allowed']);
  await served.runUntil(served.state.now + 1000);
  expect(await refusals(short)).toEqual(['ExpiredTokenException', 'ExpiredTokenException', 'ExpiredToken']);
});

test("an unsigned request is nobody's", async () => {
  const asked = (headers: Record<string, string>) => fetch(front.url, { method: 'POST', headers, body: '{}' });
  const json = await asked({ 'x-amz-target': 'TrentService.ListKeys', 'content-type': 'application/x-amz-json-1.1' });
  expect(json.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
  const form = await asked({ 'content-type': 'application/x-www-form-urlencoded' });
  expect([form.status, await form.text()]).toEqual([
    403,
    expect.stringContaining('<Code>MissingAuthenticationToken</Code>'),
  ]);
});
