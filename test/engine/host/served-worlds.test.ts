// Several Worlds behind one server: by header, by the path of a client's endpoint, and none of them knows of the others.
import { BackupClient, CreateBackupVaultCommand, ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as fc from 'fast-check';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';
import type { WireAnswer } from '../../../engine/src/wire/message';
import { CONTROL_PATHS } from '../../../engine/src/wire/world-path';
import { schemaOf } from '../cli/run-cli';

const ENV = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };
const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=111111111111/20270101/eu-central-1/backup/aws4_request, Signature=x';

function serve(): ServedWorlds {
  return new ServedWorlds({ env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '1.2.3' });
}

function send(worlds: ServedWorlds, method: string, path: string, body?: unknown, world?: string): Promise<WireAnswer> {
  const headers = { authorization: AUTHORIZATION, ...(world !== undefined && { 'x-holdfast-world': world }) };
  const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body));
  return worlds.answer({ method, path, query: {}, headers, body: bytes });
}

async function ask(worlds: ServedWorlds, method: string, path: string, body?: unknown, world?: string) {
  const { status, body: text } = await send(worlds, method, path, body, world);
  return { status, said: JSON.parse(new TextDecoder().decode(text)) as Record<string, unknown> };
}

async function namesOf(worlds: ServedWorlds): Promise<string[]> {
  const { said } = await ask(worlds, 'GET', '/_holdfast/worlds');
  const validate = schemaOf('holdfast.worlds/1');
  validate(said);
  expect(validate.errors ?? []).toEqual([]);
  return (said as { worlds: { name: string }[] }).worlds.map(({ name }) => name);
}

const vaults = async (worlds: ServedWorlds, world: string) =>
  (
    (await ask(worlds, 'GET', `/_world/${world}/backup-vaults`)).said as {
      BackupVaultList: { BackupVaultName: string }[];
    }
  ).BackupVaultList.map(({ BackupVaultName }) => BackupVaultName).sort();

test('clients of the SDK keep the prefix of their endpoint, and each sees the World that it names', async () => {
  const front = await HttpFront.open(serve(), { ownPaths: CONTROL_PATHS });
  try {
    const config = (world: string) => ({
      endpoint: `${front.url}/_world/${world}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: '111111111111', secretAccessKey: 'secret' },
    });
    await new BackupClient(config('a')).send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
    const of = async (world: string) =>
      (await new BackupClient(config(world)).send(new ListBackupVaultsCommand({}))).BackupVaultList?.length;
    expect([await of('a'), await of('b')]).toEqual([1, 0]);
    const { Account } = await new STSClient(config('b')).send(new GetCallerIdentityCommand({}));
    expect(Account).toBe('111111111111');
    const moved = await fetch(`${front.url}/_world/a/_holdfast/clock`, { method: 'POST', body: '{"advance":"P1D"}' });
    expect(await moved.json()).toMatchObject({ now: '2027-01-02T00:00:00Z' });
    const header = await fetch(`${front.url}/_holdfast/clock`, { headers: { 'x-holdfast-world': 'a' } });
    expect(await header.json()).toMatchObject({ now: '2027-01-02T00:00:00Z' });
    expect(await (await fetch(`${front.url}/_holdfast/clock`)).json()).toMatchObject({ now: '2027-01-01T00:00:00Z' });
  } finally {
    await front.close();
  }
});

test('control of named Worlds is for this machine alone, as all control is', () => {
  const control = [
    '/_holdfast/clock',
    '/_holdfast',
    '/_world/a/_holdfast/clock',
    '/_world//_holdfast/',
    '/_world/a/_holdfast',
  ];
  const other = ['/', '/backup-vaults', '/_world/a/backup-vaults/_holdfast/', '/x?/_holdfast/', '/_holdfastness'];
  expect(control.filter((path) => !CONTROL_PATHS.test(path))).toEqual([]);
  expect(other.filter((path) => CONTROL_PATHS.test(path))).toEqual([]);
});

test('Worlds are listed, reset and deleted by control', async () => {
  const worlds = serve();
  expect(await namesOf(worlds)).toEqual(['default']);
  await send(worlds, 'PUT', '/backup-vaults/one', {}, 'a');
  await send(worlds, 'PUT', '/_world/b/backup-vaults/two', {});
  expect(await namesOf(worlds)).toEqual(['default', 'a', 'b']);
  await ask(worlds, 'POST', '/_holdfast/reset', undefined, 'a');
  expect([await vaults(worlds, 'a'), await vaults(worlds, 'b'), await vaults(worlds, 'default')]).toEqual([
    [],
    ['two'],
    [],
  ]);
  expect((await ask(worlds, 'DELETE', '/_holdfast/worlds/b')).said).toMatchObject({ worlds: [{}, { name: 'a' }] });
  expect(await namesOf(worlds)).toEqual(['default', 'a']);
  expect(await vaults(worlds, 'b')).toEqual([]);
  expect(await ask(worlds, 'DELETE', '/_holdfast/worlds/c')).toMatchObject({ status: 404 });
  expect(await ask(worlds, 'PUT', '/_holdfast/worlds/c')).toMatchObject({ status: 404 });
  expect(await ask(worlds, 'PUT', '/_holdfast/worlds')).toMatchObject({ status: 405 });
  // The World of requests that name none is emptied, and stays.
  await send(worlds, 'PUT', '/backup-vaults/one', {});
  await ask(worlds, 'DELETE', '/_holdfast/worlds/default');
  expect([await namesOf(worlds), await vaults(worlds, 'default')]).toEqual([['default', 'a', 'b'], []]);
});

test('what is asked while a World is deleted is for a new one', async () => {
  const worlds = serve();
  await send(worlds, 'PUT', '/_world/a/backup-vaults/old', {});
  await Promise.all([
    send(worlds, 'DELETE', '/_holdfast/worlds/a'),
    send(worlds, 'PUT', '/_world/a/backup-vaults/new', {}),
  ]);
  expect([await namesOf(worlds), await vaults(worlds, 'a')]).toEqual([['default', 'a'], ['new']]);
});

test('the number of Worlds is bounded, and so are their names', async () => {
  const worlds = serve();
  for (const name of ['', '.a', 'a b', 'a%2Fb', 'x'.repeat(65)]) {
    expect(await ask(worlds, 'GET', `/_world/${name}/backup-vaults`)).toMatchObject({ status: 400 });
  }
  for (let i = 1; i < 1000; i++) {
    await send(worlds, 'GET', `/_world/w${i}/_holdfast/clock`);
  }
  const more = await ask(worlds, 'GET', '/_world/w1000/_holdfast/clock');
  expect([more.status, more.said['message']]).toEqual([400, expect.stringContaining('there are 1000 Worlds')]);
  await send(worlds, 'DELETE', '/_holdfast/worlds/w1');
  expect((await send(worlds, 'GET', '/_world/w1000/_holdfast/clock')).status).toBe(200);
});

test('whatever is done to Worlds at once, each is as if it were alone', async () => {
  const names = fc.constantFrom('a', 'b', 'c', 'default');
  const call = fc.oneof(
    fc.record({
      method: fc.constant('PUT'),
      path: fc.constantFrom('/backup-vaults/v1', '/backup-vaults/v2', '/backup-vaults/v3'),
    }),
    fc.record({ method: fc.constant('DELETE'), path: fc.constantFrom('/backup-vaults/v1', '/backup-vaults/v2') }),
    fc.record({
      method: fc.constant('POST'),
      path: fc.constant('/_holdfast/clock'),
      body: fc.constant({ advance: 'PT7H' }),
    }),
    fc.record({ method: fc.constant('POST'), path: fc.constant('/_holdfast/reset') }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(names, call), { maxLength: 30 }), async (calls) => {
      const together = serve();
      await Promise.all(
        calls.map(([world, { method, path, ...given }]) =>
          send(together, method, `/_world/${world}${path}`, 'body' in given ? given.body : undefined),
        ),
      );
      for (const name of ['a', 'b', 'c', 'default']) {
        const alone = serve();
        for (const [world, { method, path, ...given }] of calls) {
          if (world === name) {
            await send(alone, method, path, 'body' in given ? given.body : undefined);
          }
        }
        const state = await ask(together, 'GET', `/_world/${name}/_holdfast/state`);
        expect(state).toEqual(await ask(alone, 'GET', '/_holdfast/state'));
        expect(await vaults(together, name)).toEqual(await vaults(alone, 'default'));
      }
    }),
    { numRuns: 40 },
  );
});
