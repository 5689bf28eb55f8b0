// What the engine failed at: nobody was told that it is done, and no data folder is lost by it.
import { BackupClient, CreateBackupVaultCommand, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import * as path from 'node:path';
import { Store } from '../../../engine/src/host/store';
import { Answerer } from '../../../engine/src/wire/answer';
import { ServedFolder } from '../../support/served-folder';
import { temporaryFolder } from '../../support/synth';

let served: ServedFolder;
let folder: string;

beforeEach(async () => {
  folder = path.join(temporaryFolder('failed'), 'd');
  served = await ServedFolder.open(folder);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await served.close();
});

async function reopen(): Promise<void> {
  await served.close();
  served = await ServedFolder.open(folder);
}

function create(BackupVaultName: string): Promise<unknown> {
  const backup = new BackupClient({ ...served.config, maxAttempts: 1 });
  return backup.send(new CreateBackupVaultCommand({ BackupVaultName })).finally(() => backup.destroy());
}

async function vaults(): Promise<unknown[]> {
  const backup = new BackupClient(served.config);
  const { BackupVaultList = [] } = await backup.send(new ListBackupVaultsCommand({}));
  backup.destroy();
  return BackupVaultList.map(({ BackupVaultName }) => BackupVaultName).sort();
}

/** The engine fails at the next call, before or after it is done. */
function failOnce(after: boolean): void {
  const answer = Answerer.prototype.answer;
  jest.spyOn(Answerer.prototype, 'answer').mockImplementationOnce(async function (this: Answerer, request) {
    if (after) {
      await answer.call(this, request);
    }
    throw new Error('no move');
  });
}

test('what the engine failed at before it did anything is done when it is asked again, for the next server too', async () => {
  await create('va');
  failOnce(false);
  await expect(create('vb')).rejects.toMatchObject({ name: 'InternalFailure' });
  await create('vb');
  await reopen();
  expect(await vaults()).toEqual(['va', 'vb']);
});

test('what the engine failed at when it had done something opens, though it goes well by now', async () => {
  await create('va');
  failOnce(true);
  await expect(create('vb')).rejects.toMatchObject({ name: 'InternalFailure' });
  await create('vc');
  const before = await vaults();
  await reopen();
  expect(await vaults()).toEqual(before);
  await create('vd');
  await reopen();
  expect(await vaults()).toEqual([...before, 'vd']);
});

test('a folder in which the engine is said to have failed opens where nothing fails, and keeps what was acknowledged', async () => {
  await create('va');
  await served.close();
  const env = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };
  const store = await Store.open(folder, { version: '0.1.0', options: { env, start: Date.UTC(2027, 0, 1), seed: 1 } });
  await store.replay(
    async () => undefined,
    () => undefined,
  );
  const authorization =
    'AWS4-HMAC-SHA256 Credential=111111111111/20270101/eu-central-1/backup/aws4_request, Signature=x';
  const request = { method: 'GET', path: '/backup-vaults', query: {}, headers: { authorization }, body: Buffer.of() };
  await store.keep('default', { request, status: 0 });
  await store.close();
  served = await ServedFolder.open(folder);
  expect(await vaults()).toEqual(['va']);
});

// prettier-ignore
test.each([
  [1000,   undefined],
  [1001,   'MalformedDetail'],
  [4100,   'MalformedDetail'],
  [100000, 'MalformedDetail'],
])('an event that is nested %i deep is answered %s, and the folder opens', async (depth, ErrorCode) => {
  const events = new EventBridgeClient({ ...served.config, maxAttempts: 1 });
  const inner = depth - 1;
  const Detail = `{"a":${'['.repeat(inner)}${']'.repeat(inner)}}`;
  const answer = await events.send(new PutEventsCommand({ Entries: [{ Source: 'a', DetailType: 'b', Detail }] }));
  events.destroy();
  expect(answer.Entries?.[0]?.ErrorCode).toBe(ErrorCode);
  await reopen();
  expect(await vaults()).toEqual([]);
});
