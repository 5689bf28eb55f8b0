// Secrets by the official client: versions and stages, and the days in which what was deleted comes back.
import * as sm from '@aws-sdk/client-secrets-manager';
import { World } from '@holdfast/engine';

let world: World;
let client: sm.SecretsManagerClient;

beforeEach(() => {
  world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  client = world.client(sm.SecretsManagerClient);
});

async function refused(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'allowed',
    (error: Error) => error.name,
  );
}

const make = (more: Partial<sm.CreateSecretCommandInput> = {}) =>
  client.send(new sm.CreateSecretCommand({ Name: 'db', SecretString: 'one', ...more }));
const valueOf = async (more: Partial<sm.GetSecretValueCommandInput> = {}) =>
  (await client.send(new sm.GetSecretValueCommand({ SecretId: 'db', ...more }))).SecretString;

test('a secret is found by its name, its ARN, and its ARN without the six characters that are added', async () => {
  const { ARN = '' } = await make();
  expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:db-[0-9a-f]{6}$/);
  const values = await Promise.all([ARN, ARN.slice(0, -7), 'db'].map((SecretId) => valueOf({ SecretId })));
  expect(values).toEqual(['one', 'one', 'one']);
  expect(await refused(make())).toBe('ResourceExistsException');
  expect(await refused(valueOf({ SecretId: 'other' }))).toBe('ResourceNotFoundException');
});

test('a new value is the current one, the one before the previous, and older ones go', async () => {
  await make();
  await client.send(new sm.PutSecretValueCommand({ SecretId: 'db', SecretString: 'two' }));
  expect([await valueOf(), await valueOf({ VersionStage: 'AWSPREVIOUS' })]).toEqual(['two', 'one']);
  await client.send(new sm.UpdateSecretCommand({ SecretId: 'db', SecretString: 'three', Description: 'd' }));
  expect([await valueOf(), await valueOf({ VersionStage: 'AWSPREVIOUS' })]).toEqual(['three', 'two']);
  const { Versions } = await client.send(new sm.ListSecretVersionIdsCommand({ SecretId: 'db' }));
  expect(Versions?.map(({ VersionStages }) => VersionStages)).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);
  expect(await client.send(new sm.DescribeSecretCommand({ SecretId: 'db' }))).toMatchObject({
    Description: 'd',
    RotationEnabled: false,
    VersionIdsToStages: Object.fromEntries(
      (Versions ?? []).map(({ VersionId, VersionStages }) => [VersionId, VersionStages]),
    ) as Record<string, string[]>,
  });
});

test('a token that was used before gives the same version, and no other value', async () => {
  await make();
  const ClientRequestToken = '00000000-0000-4000-8000-000000000000';
  const put = (SecretString: string) =>
    client.send(new sm.PutSecretValueCommand({ SecretId: 'db', SecretString, ClientRequestToken }));
  expect((await put('two')).VersionId).toBe(ClientRequestToken);
  expect((await put('two')).VersionId).toBe(ClientRequestToken);
  expect(await refused(put('three'))).toBe('ResourceExistsException');
});

test('a stage moves from the version that has it, which must be named', async () => {
  await make();
  const staged = { SecretId: 'db', SecretString: 'two', VersionStages: ['AWSPENDING'] };
  const { VersionId } = await client.send(new sm.PutSecretValueCommand(staged));
  expect([await valueOf(), await valueOf({ VersionStage: 'AWSPENDING' })]).toEqual(['one', 'two']);
  const current = await client.send(new sm.GetSecretValueCommand({ SecretId: 'db' }));
  const move = { SecretId: 'db', VersionStage: 'AWSCURRENT', MoveToVersionId: VersionId };
  const blind = client.send(new sm.UpdateSecretVersionStageCommand(move));
  expect(await refused(blind)).toBe('InvalidParameterException');
  await client.send(new sm.UpdateSecretVersionStageCommand({ ...move, RemoveFromVersionId: current.VersionId }));
  expect([await valueOf(), await valueOf({ VersionStage: 'AWSPREVIOUS' })]).toEqual(['two', 'one']);
});

// prettier-ignore
test.each([
  [6,  'InvalidParameterException'],
  [7,  'allowed'],
  [30, 'allowed'],
  [31, 'InvalidParameterException'],
])('%i days to bring a secret back are %s', async (RecoveryWindowInDays, expected) => {
  await make();
  expect(await refused(client.send(new sm.DeleteSecretCommand({ SecretId: 'db', RecoveryWindowInDays })))).toBe(expected);
});

test('a deleted secret keeps its name and value for 30 days, and can be brought back until then', async () => {
  await make();
  const remove = (more = {}) => client.send(new sm.DeleteSecretCommand({ SecretId: 'db', ...more }));
  const { DeletionDate } = await remove();
  expect(DeletionDate).toEqual(new Date('2027-01-31T00:00:00Z'));
  expect([await refused(valueOf()), await refused(make())]).toEqual([
    'InvalidRequestException',
    'InvalidRequestException',
  ]);
  expect((await client.send(new sm.ListSecretsCommand({}))).SecretList).toEqual([]);
  const planned = await client.send(new sm.ListSecretsCommand({ IncludePlannedDeletion: true }));
  expect(planned.SecretList).toMatchObject([{ Name: 'db', DeletedDate: new Date('2027-01-01T00:00:00Z') }]);
  await client.send(new sm.RestoreSecretCommand({ SecretId: 'db' }));
  expect(await valueOf()).toBe('one');
  await remove({ RecoveryWindowInDays: 7 });
  await world.advance({ days: 7 });
  expect(await refused(client.send(new sm.RestoreSecretCommand({ SecretId: 'db' })))).toBe('ResourceNotFoundException');
  const { ARN } = await make();
  await remove({ ForceDeleteWithoutRecovery: true });
  const { ARN: next } = await make();
  expect(next).not.toBe(ARN);
});

test('a secret has tags and a policy, and is listed by what they say', async () => {
  await make({ Tags: [{ Key: 'team', Value: 'shop' }] });
  const SecretId = 'db';
  await client.send(new sm.TagResourceCommand({ SecretId, Tags: [{ Key: 'stage', Value: 'live' }] }));
  await client.send(new sm.UntagResourceCommand({ SecretId, TagKeys: ['team'] }));
  const list = async (Key: sm.FilterNameStringType, value: string) =>
    (await client.send(new sm.ListSecretsCommand({ Filters: [{ Key, Values: [value] }] }))).SecretList?.length;
  expect([await list('tag-key', 'stage'), await list('tag-key', 'team'), await list('name', 'd')]).toEqual([1, 0, 1]);
  const ResourcePolicy = '{"Version":"2012-10-17","Statement":[]}';
  await client.send(new sm.PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
  expect(await client.send(new sm.GetResourcePolicyCommand({ SecretId }))).toMatchObject({ ResourcePolicy });
  await client.send(new sm.DeleteResourcePolicyCommand({ SecretId }));
  expect((await client.send(new sm.GetResourcePolicyCommand({ SecretId }))).ResourcePolicy).toBeUndefined();
});

test('a password has the characters that are asked for, one at least of each kind, and is another one each time', async () => {
  const draw = async (more: sm.GetRandomPasswordCommandInput = {}) =>
    (await client.send(new sm.GetRandomPasswordCommand(more))).RandomPassword ?? '';
  const [one, other] = [await draw(), await draw()];
  expect(one).toHaveLength(32);
  expect(one).not.toBe(other);
  for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/]) {
    expect(one).toMatch(kind);
  }
  const plain = { ExcludePunctuation: true, ExcludeUppercase: true, ExcludeNumbers: true, PasswordLength: 200 };
  expect(await draw({ ...plain, ExcludeCharacters: 'abc' })).toMatch(/^[d-z]{200}$/);
  expect(await refused(draw({ PasswordLength: 3 }))).toBe('InvalidParameterException');
  expect(await refused(draw({ PasswordLength: 4 }))).toBe('allowed');
});
