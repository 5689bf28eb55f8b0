// A server that is killed while large objects come: what it acknowledged is there whole, and nothing else is left.
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { hashOfBody, hex, MIB, piecesOf, streamOf } from '../../support/large-bodies';
import { KilledServer } from '../../support/killed-server';
import { temporaryFolder } from '../../support/synth';

const Bucket = 'large';
const SIZE = 12 * MIB;
const clientOf = ({ config }: KilledServer) => new S3Client({ ...config, forcePathStyle: true });

/** Puts objects until the server is gone; seeds of those that were acknowledged go to a list. */
async function fill(server: KilledServer, worker: number, acknowledged: number[]): Promise<void> {
  const s3 = clientOf(server);
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
  let server = await KilledServer.start(folder);
  await clientOf(server).send(new CreateBucketCommand({ Bucket }));
  for (let life = 0; life < 2; life++) {
    const before = acknowledged.length;
    const workers = [1, 2, 3].map((worker) => fill(server, life * 10 + worker, acknowledged));
    let gone = false;
    const over = Promise.all(workers).then(() => (gone = true));
    while (acknowledged.length < before + 4 && !gone) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await server.kill();
    await over;
    expect(acknowledged.length).toBeGreaterThan(before + 3);
    server = await KilledServer.start(folder);
  }
  try {
    const { Contents = [] } = await clientOf(server).send(new ListObjectsV2Command({ Bucket }));
    const there = Contents.map(({ Key }) => Number(Key));
    // What was kept when the server was killed may be there, though nobody was told.
    expect(there).toEqual(expect.arrayContaining(acknowledged));
    for (const seed of there) {
      const { Body } = await clientOf(server).send(new GetObjectCommand({ Bucket, Key: `${seed}` }));
      expect(await hashOfBody(Body)).toBe(hex('sha256', piecesOf(seed, SIZE)));
    }
    expect(fs.readdirSync(path.join(folder, 'bodies'))).toHaveLength(there.length);
  } finally {
    await server.kill();
  }
});
