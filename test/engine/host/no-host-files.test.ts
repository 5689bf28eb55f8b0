// What callers send names no file, folder or variable of the machine that serves.
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { BodyStore } from '../../../engine/src/host/bodies/body-store';
import { FunctionRunner } from '../../../engine/src/host/function-runner';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';
import { StoreFault } from '../../../engine/src/host/store-fault';
import { createFunction } from '../../../engine/src/operations/lambda/create-function';
import { WorldState } from '../../../engine/src/domain/world-state';
import { invoke } from '../../../engine/src/operations/lambda/invoke';

const ENV = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };
const SECRET = 'exports.handler = async () => "of the machine";';

let folder: string;
let front: HttpFront;
let world: ServedWorld;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-host-'));
  fs.writeFileSync(path.join(folder, 'index.js'), SECRET);
  world = new ServedWorld({ env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' });
  front = await HttpFront.open(world);
});

afterEach(async () => {
  await front.close();
  fs.rmSync(folder, { recursive: true });
});

function client(): LambdaClient {
  const credentials = { accessKeyId: ENV.account, secretAccessKey: 's' };
  return new LambdaClient({ region: ENV.region, endpoint: front.url, credentials, maxAttempts: 1 });
}

const MADE = {
  FunctionName: 'f',
  Role: 'arn:aws:iam::111111111111:role/f',
  Runtime: 'nodejs20.x',
  Handler: 'index.handler',
};

test.each(['path', 'inline', 'S3Key', 'ImageUri'])('code under %s is no folder of the machine', async (member) => {
  const lambda = client();
  const Code = { [member]: folder } as object;
  await lambda.send(new CreateFunctionCommand({ ...MADE, Code } as never)).catch(() => undefined);
  const said = await lambda.send(new InvokeCommand({ FunctionName: 'f', Payload: '{}' } as never)).then(
    ({ Payload }) => Buffer.from(Payload ?? []).toString(),
    (error: Error) => error.message,
  );
  expect(said).not.toContain('of the machine');
  lambda.destroy();
});

test('a path that a template brought into a served World is not run, while that of an artifact is', async () => {
  const answers = await Promise.all(
    [true, false].map(async (localCode) => {
      const state = new WorldState({ start: Date.UTC(2027, 0, 1) });
      const runner = new FunctionRunner(state, { localCode });
      runner.begin();
      createFunction(state, ENV, MADE as never, { path: folder });
      const answer = await invoke(state, ENV, { FunctionName: 'f', Payload: new TextEncoder().encode('{}') });
      return Buffer.from((answer as { Payload?: Uint8Array }).Payload ?? []).toString();
    }),
  );
  expect(answers).toEqual(['"of the machine"', expect.stringContaining('its code is in no artifact')]);
});

test('a function sees no variable of the environment that serves', async () => {
  process.env.HOLDFAST_TEST_SECRET = 'of the machine';
  try {
    const state = new WorldState({ start: Date.UTC(2027, 0, 1) });
    const runner = new FunctionRunner(state, { localCode: false });
    runner.begin();
    createFunction(state, ENV, MADE as never, { inline: 'exports.handler = async () => Object.keys(process.env);' });
    const answer = await invoke(state, ENV, { FunctionName: 'f', Payload: new TextEncoder().encode('{}') });
    const names = Buffer.from((answer as { Payload?: Uint8Array }).Payload ?? []).toString();
    expect(names).toContain('AWS_REGION');
    expect(names).not.toContain('HOLDFAST_TEST_SECRET');
  } finally {
    delete process.env.HOLDFAST_TEST_SECRET;
  }
});

test('a snapshot names no file of the machine for the body of a request', async () => {
  const file = path.join(folder, 'index.js');
  const id = `${'../'.repeat(20)}${file}`;
  const held = { id, sizeBytes: SECRET.length, digests: {}, trailers: {} };
  const { checksum: _, ...told } = (await (await fetch(`${front.url}/_holdfast/snapshot`)).json()) as object & {
    checksum: string;
  };
  const commands = [{ request: { method: 'GET', path: '/_holdfast/state', headers: {}, held }, status: 200 }];
  const said = { ...told, commands };
  const checksum = `sha256:${createHash('sha256').update(JSON.stringify(said)).digest('hex')}`;
  const body = JSON.stringify({ ...said, checksum });
  const loaded = await fetch(`${front.url}/_holdfast/snapshot`, { method: 'POST', body });
  expect([loaded.status, await loaded.text()]).toEqual([
    400,
    expect.stringContaining('commands[0].request.held must be absent'),
  ]);
  const again = await (await fetch(`${front.url}/_holdfast/snapshot`)).text();
  expect(again).not.toContain(Buffer.from(SECRET).toString('base64'));
});

test.each(['../index.js', '..', 'index.js', ''])('no body of a data folder is called %j', (id) => {
  const bodies = new BodyStore(path.join(folder, 'bodies'));
  fs.mkdirSync(path.join(folder, 'bodies'));
  expect(() => bodies.has({ id, sizeBytes: SECRET.length, digests: {} })).toThrow(StoreFault);
  expect(() => [...bodies.held({ id, sizeBytes: 1, digests: {} }).read(0, 1)]).toThrow(StoreFault);
});
