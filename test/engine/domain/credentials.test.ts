import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListUsersCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { BackupClient, CreateBackupVaultCommand, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import {
  AssumeRoleCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { World } from '@holdfast/engine';
import { Credentials } from '../../../engine/src/domain/credentials';
import { User } from '../../../engine/src/domain/roles';
import { WorldState } from '../../../engine/src/domain/world-state';

const ACCOUNT = '123456789012';
const OTHER = '999999999999';

function world(): World {
  return new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
}

/** Clients of a World that sign with the keys of others. */
function signedBy<C>(here: World, Client: new (config: never) => C, given: object = {}): C {
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  } = given as Record<string, string>;
  const Signed = class extends (Client as unknown as new (config: object) => object) {
    constructor(config: object) {
      super({ ...config, credentials: { accessKeyId, secretAccessKey, sessionToken } });
    }
  };
  return here.client(Signed as never) as C;
}

test('a session goes with its role, or its user, and is not that of another of the name', async () => {
  const here = new World({ start: '2027-01-01T00:00:00Z', seed: 1, enforceIam: true });
  const iam = here.client(IAMClient);
  const RoleName = 'reader';
  const trust = { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust });
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const make = async () => {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  };
  await make();
  await iam.send(new CreateUserCommand({ UserName: 'ops' }));
  await iam.send(new AttachUserPolicyCommand({ UserName: 'ops', PolicyArn }));
  const ops = `arn:aws:iam::${ACCOUNT}:user/ops`;
  const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
  const sts = here.client(STSClient, { principal: ops });
  const ofRole = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'one' }));
  const ofUser = await sts.send(new GetSessionTokenCommand({}));
  const said = (
    Credentials: object | undefined,
    command: object = new ListBackupVaultsCommand({}),
    Client: object = BackupClient,
  ) =>
    (signedBy(here, Client as never, Credentials) as BackupClient).send(command as never).then(
      () => 'fine',
      (error: Error) => error.message,
    );
  expect([await said(ofRole.Credentials), await said(ofUser.Credentials)]).toEqual(['fine', 'fine']);
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
  const INVALID = 'The security token included in the request is invalid.';
  expect(await said(ofRole.Credentials)).toBe(INVALID);
  expect(await said(ofRole.Credentials, new GetCallerIdentityCommand({}), STSClient)).toBe(INVALID);
  await make();
  expect(await said(ofRole.Credentials)).toBe(INVALID);
  const again = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'one' }));
  expect(await said(again.Credentials)).toBe('fine');
  await iam.send(new DetachUserPolicyCommand({ UserName: 'ops', PolicyArn }));
  await iam.send(new DeleteUserCommand({ UserName: 'ops' }));
  expect(await said(ofUser.Credentials)).toBe(INVALID);
});

test('a user has at most two access keys, whose secrets are shown once, and goes only without them', async () => {
  const iam = world().client(IAMClient);
  const UserName = 'ops';
  await iam.send(new CreateUserCommand({ UserName, Path: '/team/' }));
  const create = () => iam.send(new CreateAccessKeyCommand({ UserName }));
  const first = (await create()).AccessKey;
  expect(first).toMatchObject({ UserName, Status: 'Active', AccessKeyId: expect.stringMatching(/^AKIA[A-Z0-9]{16}$/) });
  expect(first?.SecretAccessKey).toMatch(/^[A-Z0-9]{40}$/);
  const second = (await create()).AccessKey;
  expect(second?.SecretAccessKey).not.toBe(first?.SecretAccessKey);
  await expect(create()).rejects.toMatchObject({ name: 'LimitExceededException' });
  await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: first?.AccessKeyId, Status: 'Inactive' }));
  const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName }));
  expect(AccessKeyMetadata?.map(({ AccessKeyId, Status }) => [AccessKeyId, Status])).toEqual([
    [first?.AccessKeyId, 'Inactive'],
    [second?.AccessKeyId, 'Active'],
  ]);
  expect(JSON.stringify(AccessKeyMetadata)).not.toContain(second?.SecretAccessKey);
  await expect(iam.send(new DeleteUserCommand({ UserName }))).rejects.toThrow('must delete access keys first');
  for (const AccessKeyId of [first?.AccessKeyId, second?.AccessKeyId]) {
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
  }
  const gone = iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: first?.AccessKeyId }));
  await expect(gone).rejects.toThrow('cannot be found');
  expect((await iam.send(new ListUsersCommand({}))).Users).toMatchObject([{ UserName, Path: '/team/' }]);
  await iam.send(new DeleteUserCommand({ UserName }));
  await expect(iam.send(new GetUserCommand({ UserName }))).rejects.toThrow('cannot be found');
});

test('keys of the same World are the same again, and those of another seed are not', async () => {
  const keyOf = async (seed: number) => {
    const iam = new World({ start: '2027-01-01T00:00:00Z', seed }).client(IAMClient);
    await iam.send(new CreateUserCommand({ UserName: 'ops' }));
    return (await iam.send(new CreateAccessKeyCommand({ UserName: 'ops' }))).AccessKey;
  };
  const key = await keyOf(1);
  expect(await keyOf(1)).toEqual(key);
  expect((await keyOf(2))?.AccessKeyId).not.toBe(key?.AccessKeyId);
});

test('a call that names no user is about the one whose key signed it', async () => {
  const here = world();
  const iam = here.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: 'ops' }));
  const { AccessKey = {} } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ops' }));
  const own = signedBy(here, IAMClient, AccessKey);
  expect((await own.send(new GetUserCommand({}))).User).toMatchObject({ UserName: 'ops' });
  expect((await own.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toHaveLength(1);
  expect((await iam.send(new GetUserCommand({}))).User).toMatchObject({ Arn: `arn:aws:iam::${ACCOUNT}:root` });
  await expect(iam.send(new ListAccessKeysCommand({}))).rejects.toThrow('Must specify userName');
});

test('any role can be assumed where policies do not decide, and calls of the session are in its account', async () => {
  const here = world();
  const RoleArn = `arn:aws:iam::${OTHER}:role/cdk/cdk-hnb659fds-deploy-role`;
  const sts = here.client(STSClient);
  const answer = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'aws-cdk' }));
  const Arn = `arn:aws:sts::${OTHER}:assumed-role/cdk-hnb659fds-deploy-role/aws-cdk`;
  expect(answer.AssumedRoleUser).toEqual({ Arn, AssumedRoleId: expect.stringMatching(/^AROA[A-F0-9]{17}:aws-cdk$/) });
  expect(answer.Credentials?.Expiration).toEqual(new Date('2027-01-01T01:00:00Z'));
  const session = signedBy(here, STSClient, answer.Credentials);
  expect(await session.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: OTHER, Arn });
  const backup = signedBy(here, BackupClient, answer.Credentials);
  const vault = await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  expect(vault.BackupVaultArn).toBe(`arn:aws:backup:us-east-1:${OTHER}:backup-vault:main`);
  const AccessKeyId = answer.Credentials?.AccessKeyId;
  expect(await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }))).toMatchObject({ Account: OTHER });
  await expect(sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }))).rejects.toThrow(
    'Invalid',
  );
});

test('a session lasts as long as its role allows, and one that is chained an hour', async () => {
  const here = world();
  const role = { RoleName: 'ops', AssumeRolePolicyDocument: '{}', MaxSessionDuration: 7200 };
  await here.client(IAMClient).send(new CreateRoleCommand(role));
  const RoleArn = `arn:aws:iam::${ACCOUNT}:role/ops`;
  const assume = (sts: STSClient, DurationSeconds: number) =>
    sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ab', DurationSeconds }));
  const sts = here.client(STSClient);
  await expect(assume(sts, 899)).rejects.toThrow(
    "'durationSeconds' failed to satisfy constraint: Member must have value",
  );
  await expect(assume(sts, 7201)).rejects.toThrow('900 to 7200');
  const { Credentials } = await assume(sts, 7200);
  expect(Credentials?.Expiration).toEqual(new Date('2027-01-01T02:00:00Z'));
  const chained = signedBy(here, STSClient, Credentials);
  await expect(assume(chained, 3601)).rejects.toThrow('900 to 3600');
  expect((await assume(chained, 3600)).Credentials?.Expiration).toEqual(new Date('2027-01-01T01:00:00Z'));
});

test('fails to assume what is no role, and under a name that is none', async () => {
  const sts = world().client(STSClient);
  const assume = (RoleArn: string, RoleSessionName: string) =>
    sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName }));
  await expect(assume(`arn:aws:iam::${ACCOUNT}:user/ops`, 'ab')).rejects.toThrow('is invalid');
  await expect(assume(`arn:aws:iam::${ACCOUNT}:role/ops`, 'a')).rejects.toThrow("'roleSessionName' failed to satisfy");
  await expect(assume(`arn:aws:iam::${ACCOUNT}:role/ops`, 'a b')).rejects.toThrow(
    "'roleSessionName' failed to satisfy",
  );
});

test('a user takes a session of itself, and none from within one', async () => {
  const here = world();
  const { Credentials } = await here.client(STSClient).send(new GetSessionTokenCommand({}));
  expect(Credentials?.Expiration).toEqual(new Date('2027-01-01T01:00:00Z'));
  const session = signedBy(here, STSClient, Credentials);
  expect(await session.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: `arn:aws:iam::${ACCOUNT}:root` });
  await expect(session.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
});

describe('keys and sessions', () => {
  const staged = () => {
    const { ledger } = new WorldState({ start: 0 });
    const env = { partition: 'aws', account: ACCOUNT };
    const user = (name: string) => new User(`arn:aws:iam::${ACCOUNT}:user/${name}`, name, '/', env, `AIDA${name}`, 0);
    const begin = (held: Credentials, expiresAt: number) =>
      held.begin({ env, principalArn: `arn:aws:iam::${ACCOUNT}:root`, expiresAt }).id;
    return { ledger, held: new Credentials(ledger, 5), user, begin };
  };

  test("a session is nobody's any more once its user is gone, and that of a root user never", () => {
    const { ledger, held, user, begin } = staged();
    const one = user('one');
    ledger.roles.putUser(one);
    const session = held.begin({ env: one.env, principalArn: one.arn, expiresAt: 1 });
    const orphans = () => [session, held.tryFindSession(root)!].map((of) => held.isOrphan(of));
    const root = begin(held, 1);
    expect(orphans()).toEqual([false, false]);
    ledger.roles.removeUser(one);
    expect(orphans()).toEqual([true, false]);
  });

  test('a key holds while the user that it was made for is there, and not for another of the name', () => {
    const { ledger, held, user } = staged();
    const [one, two] = [user('one'), user('two')];
    ledger.roles.putUser(one);
    ledger.roles.putUser(two);
    const [key, other] = [held.createKey(one), held.createKey(two)];
    expect([held.keysOf(one), held.keysOf(two)]).toEqual([[key], [other]]);
    expect([held.tryFindKey(key.id), held.tryFindKey('AKIANONE')]).toEqual([key, undefined]);
    ledger.roles.removeUser(one);
    expect(held.tryFindKey(key.id)).toBeUndefined();
    ledger.roles.putUser(user('one'));
    expect([held.tryFindKey(key.id), held.tryFindKey(other.id)]).toEqual([undefined, other]);
  });

  test('many sessions are known; then those that are over are forgotten, and no others', () => {
    const { ledger, held, begin } = staged();
    const [over, ends, lasts] = [1, 2, 3].map((expiresAt) => begin(held, expiresAt));
    const known = () => [over, ends, lasts].map((id) => held.tryFindSession(id ?? '') !== undefined);
    Array.from({ length: 2 }, () => begin(held, 1));
    ledger.now = 2;
    expect(known()).toEqual([true, true, true]);
    begin(held, 5);
    expect(known()).toEqual([false, false, true]);
  });

  test('sessions that are over stay known while there are not many', () => {
    const { ledger, held, begin } = staged();
    const first = begin(held, 1);
    ledger.now = 2;
    Array.from({ length: 4 }, () => begin(held, 1));
    expect(held.tryFindSession(first)).toMatchObject({ expiresAt: 1 });
  });
});
