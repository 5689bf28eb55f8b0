// A snapshot is written by anybody: none names a file or folder of the server that loads it, and none that is refused leaves
// anything behind.
import { BackupClient, CreateBackupVaultCommand, StartBackupJobCommand } from '@aws-sdk/client-backup';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';
import { ServedFolder } from '../../support/served-folder';
import { temporaryFolder } from '../../support/synth';

const TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/Orders';
const RESET = { request: { method: 'POST', path: '/_holdfast/reset', headers: {} }, status: 200 };

let served: ServedFolder;
let top: string;
let folder: string;

beforeEach(async () => {
  top = temporaryFolder('snapshots');
  folder = path.join(top, 'd');
  served = await ServedFolder.open(folder);
});

afterEach(() => served.close());

interface Document {
  readonly commands: object[];
  readonly digest: string;
}

async function told(world = ''): Promise<Document> {
  return (await (await fetch(`${served.config.endpoint}${world}/_holdfast/snapshot`)).json()) as Document;
}

function sealed(document: object, change: object): object {
  const { checksum: _, ...said } = { ...document, ...change } as { checksum?: string };
  return { ...said, checksum: `sha256:${createHash('sha256').update(JSON.stringify(said)).digest('hex')}` };
}

async function load(document: object, world = ''): Promise<[number, string]> {
  const answer = await fetch(`${served.config.endpoint}${world}/_holdfast/snapshot`, {
    method: 'POST',
    body: JSON.stringify(document),
    signal: AbortSignal.timeout(20_000),
  });
  return [answer.status, await answer.text()];
}

async function reopen(): Promise<void> {
  await served.close();
  served = await ServedFolder.open(folder);
}

/** A table with a backup, so that the World has a store. */
async function backUp(): Promise<void> {
  const backup = new BackupClient(served.config);
  const dynamo = new DynamoDBClient(served.config);
  await dynamo.send(
    new CreateTableCommand({
      TableName: 'Orders',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await dynamo.send(new PutItemCommand({ TableName: 'Orders', Item: { id: { S: 'a' } } }));
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const IamRoleArn = 'arn:aws:iam::111111111111:role/backup';
  await backup.send(new StartBackupJobCommand({ BackupVaultName: 'main', IamRoleArn, ResourceArn: TABLE_ARN }));
  await served.advance('P1D');
  [backup, dynamo].forEach((client) => client.destroy());
}

async function damage(): Promise<unknown> {
  const answer = await fetch(`${served.config.endpoint}/_holdfast/content/verify`);
  return answer.json();
}

test('a store that a snapshot names is none: no folder of the machine goes with its World', async () => {
  const victim = path.join(top, 'victim');
  fs.mkdirSync(victim);
  fs.writeFileSync(path.join(victim, 'a'), 'theirs');
  await backUp();
  const kept = fs.readdirSync(path.join(folder, 'content', 'default', 'first'));
  const empty = await told('/_world/empty');
  const evil = { commands: [{ ...RESET, store: '../../../victim' }] };
  expect((await load(sealed(empty, evil), '/_world/evil'))[0]).toBe(200);
  expect((await load(sealed(empty, { ...evil, digest: 'sha256:0' }), '/_world/evil'))[0]).toBe(400);
  await fetch(`${served.config.endpoint}/_holdfast/worlds/evil`, { method: 'DELETE' });
  await reopen();
  expect(fs.readFileSync(path.join(victim, 'a'), 'utf8')).toBe('theirs');
  expect(fs.readdirSync(path.join(folder, 'content', 'default', 'first'))).toEqual(kept);
});

test('a World is made again of its own snapshot while it stands, and the data folder opens with it', async () => {
  await served.control('reset');
  await backUp();
  const before = await told();
  expect(before.commands).not.toHaveLength(0);
  expect(await load(before)).toEqual([200, expect.stringContaining('holdfast.clock/1')]);
  const { digest, commands } = await told();
  expect(digest).toBe(before.digest);
  expect(commands.slice(0, before.commands.length)).toEqual(before.commands);
  await reopen();
  expect((await told()).digest).toBe(before.digest);
  expect(fs.readdirSync(path.join(folder, 'content', 'default'))).toHaveLength(1);
});

test('what Worlds captured is there after a snapshot was refused', async () => {
  await backUp();
  const store = path.join(folder, 'content', 'default', 'first');
  const before = fs.readdirSync(store).sort();
  const document = await told();
  expect(await load({ ...document, digest: 'sha256:0' })).toEqual([400, expect.stringContaining('is damaged')]);
  expect(await load(sealed(document, { digest: 'sha256:0' }))).toEqual([400, expect.stringContaining('come to')]);
  expect(fs.readdirSync(store).sort()).toEqual(before);
  expect(fs.readdirSync(path.join(folder, 'content', 'default'))).toEqual(['first']);
  expect(await damage()).toMatchObject({ damage: [] });
});

const GET = { method: 'GET', path: '/', headers: {} };

// prettier-ignore
test.each<[object, string]>([
  [{ version: {} },                                              'must have version and digest, which are text'],
  [{ begin: null },                                              'begin, an object'],
  [{ begin: { env: null, start: 0, seed: 1 } },                  "begin.env must be an object, got null"],
  [{ begin: { env: { partition: 'aws', account: '../..', region: 'us-east-1' }, start: 0, seed: 1 } }, 'begin.env.account must be an account of 12 digits, got "../.."'],
  [{ begin: { env: { partition: 'aws', account: '111111111111', region: 'us-east-1' }, start: 0, seed: 1, bucketQuota: 1001 } }, 'begin.bucketQuota must be a whole number from 100 to 1000, got 1001'],
  [{ begin: { env: { partition: 'aws', account: '111111111111', region: 'us-east-1' }, start: 'abc', seed: 1 } }, 'begin.start must be a whole number of milliseconds since 1970'],
  [{ commands: [null] },                                         'commands[0] must be an object, got null'],
  [{ commands: [{}, { request: {} }] },                          'commands[1].request.method must be text, got nothing'],
  [{ commands: [{ request: { ...GET, headers: null } }] },       'commands[0].request.headers must be an object of texts, got null'],
  [{ commands: [{ at: 9e15 }] },                                 'commands[0].at must be a whole number of milliseconds'],
  [{ commands: [{ status: 99 }] },                               'commands[0].status must be a status from 100 to 599, or 0, got 99'],
  [{ commands: [{ runs: [{ calls: [7], answer: {} }] }] },       'commands[0].runs[0].calls[0] must be an object, got 7'],
  [{ commands: [{ request: { ...GET, method: 'POST', path: '/_holdfast/snapshot/' } }] }, 'commands[0].request must not load another snapshot'],
])('a snapshot with %j is refused where it is wrong', async (change, text) => {
  const [status, said] = await load(sealed(await told(), change));
  expect([status, (JSON.parse(said) as { message: string }).message]).toEqual([400, expect.stringContaining(text)]);
});

test.each(['snapshot', 'resources', 'clock'])(
  'JSON for %s that is nested too deep is refused in words',
  async (name) => {
    const ask = async (depth: number) => {
      const body = `${'['.repeat(depth)}${']'.repeat(depth)}`;
      const answer = await fetch(`${served.config.endpoint}/_holdfast/${name}`, { method: 'POST', body });
      return [answer.status, ((await answer.json()) as { message: string }).message] as const;
    };
    const text = 'must be JSON: more than 1000 arrays';
    expect(await ask(1001)).toEqual([400, expect.stringContaining(text)]);
    expect(await ask(200_000)).toEqual([400, expect.stringContaining(text)]);
    expect(await ask(1000)).toEqual([400, expect.not.stringContaining(text)]);
  },
);

test.each([true, false])(
  'a snapshot is not loaded where policies decide otherwise (--enforce-iam: %s)',
  async (enforceIam) => {
    const { env } = { env: { partition: 'aws', account: '111111111111', region: 'eu-central-1' } };
    const worlds = (on: boolean) => new ServedWorlds({ env, start: 0, seed: 1, version: '0.1.0', enforceIam: on });
    const [from, to] = [await HttpFront.open(worlds(!enforceIam)), await HttpFront.open(worlds(enforceIam))];
    try {
      const body = await (await fetch(`${from.url}/_holdfast/snapshot`)).text();
      const answer = await fetch(`${to.url}/_holdfast/snapshot`, { method: 'POST', body });
      const [was, is] = enforceIam ? ['without', 'with'] : ['with', 'without'];
      expect([answer.status, await answer.json()]).toEqual([
        400,
        { message: `the snapshot was made ${was} --enforce-iam, and this server runs ${is} --enforce-iam` },
      ]);
      expect((await fetch(`${from.url}/_holdfast/snapshot`, { method: 'POST', body })).status).toBe(200);
      await expect(worlds(enforceIam).load(body)).rejects.toThrow('--enforce-iam');
    } finally {
      await Promise.all([from.close(), to.close()]);
    }
  },
);
