// A server that is killed while large objects come: what it acknowledged is there whole, and nothing else is left.
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { hashOfBody, hex, MIB, piecesOf, streamOf } from '../../support/large-bodies';
import { ROOT } from '../../support/sources';
import { temporaryFolder } from '../../support/synth';

const Bucket = 'large';
const LAUNCHER = path.join(ROOT, 'engine', 'bin', 'holdfast.js');
const SIZE = 12 * MIB;
const credentials = { accessKeyId: '111111111111', secretAccessKey: 'any' };

interface Server {
  readonly process: ChildProcess;
  readonly s3: S3Client;
}

async function start(folder: string): Promise<Server> {
  const args = [LAUNCHER, 'serve', '--port', '0', '--data-dir', folder];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer) => {
      said += text.toString();
      const url = /listening on (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) {
        resolve(url);
      }
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.once('exit', () => reject(new Error(said)));
  });
  const config = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1, forcePathStyle: true };
  return { process: server, s3: new S3Client(config) };
}

async function kill({ process: server, s3 }: Server): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await ended;
  s3.destroy();
}

/** Puts objects until the server is gone; seeds of those that were acknowledged go to a list. */
async function fill({ s3 }: Server, worker: number, acknowledged: number[]): Promise<void> {
  for (let count = 0; ; count++) {
    const seed = worker * 1000 + count;
    const Body = streamOf(seed, SIZE);
    try {
      await s3.send(new PutObjectCommand({ Bucket, Key: `${seed}`, Body, ContentLength: SIZE }));
    } catch {
      return;
    }
    acknowledged.push(seed);
  }
}

test('every object that was acknowledged before a kill is there, and no file of another', async () => {
  const folder = path.join(temporaryFolder('bodies-crash'), 'd');
  const acknowledged: number[] = [];
  let server = await start(folder);
  await server.s3.send(new CreateBucketCommand({ Bucket }));
  for (let life = 0; life < 2; life++) {
    const before = acknowledged.length;
    const workers = [1, 2, 3].map((worker) => fill(server, life * 10 + worker, acknowledged));
    let gone = false;
    const over = Promise.all(workers).then(() => (gone = true));
    while (acknowledged.length < before + 4 && !gone) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await kill(server);
    await over;
    expect(acknowledged.length).toBeGreaterThan(before + 3);
    server = await start(folder);
  }
  try {
    const { Contents = [] } = await server.s3.send(new ListObjectsV2Command({ Bucket }));
    const there = Contents.map(({ Key }) => Number(Key));
    // What was kept when the server was killed may be there, though nobody was told.
    expect(there).toEqual(expect.arrayContaining(acknowledged));
    for (const seed of there) {
      const { Body } = await server.s3.send(new GetObjectCommand({ Bucket, Key: `${seed}` }));
      expect(await hashOfBody(Body)).toBe(hex('sha256', piecesOf(seed, SIZE)));
    }
    expect(fs.readdirSync(path.join(folder, 'bodies'))).toHaveLength(there.length);
  } finally {
    await kill(server);
  }
}, 120_000);
