// Uploads to S3 whose signatures are verified, by the next server of a data folder: verified again, of what was kept.
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as path from 'node:path';
import { ServedFolder } from '../../support/served-folder';
import { hexOf, putChunks, REGION, said, SIGNED, signingKey, TRAILING } from '../../support/signed-s3';
import { temporaryFolder } from '../../support/synth';

const Bucket = 'signed';
const LARGE = 'x'.repeat(1_500_000);

test('chunks and forms that were acknowledged are there, and those that were refused are not', async () => {
  const folder = path.join(temporaryFolder('served-signed-bodies'), 'd');
  let served = await ServedFolder.open(folder, undefined, true);
  let s3 = new S3Client({ ...served.config, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  const { endpoint } = served.config;
  const put = (key: string, kind: string, chunks: string[], forge?: (body: string) => string) =>
    putChunks(endpoint, `/${Bucket}/${key}`, chunks, kind, forge);
  expect(await put('small', SIGNED, ['a'.repeat(8192), 'b'])).toEqual([200, '', '']);
  expect(await put('large', TRAILING, [LARGE, LARGE])).toEqual([200, '', '']);
  const forged = await put('large', SIGNED, [LARGE, 'b'], (body) => body.replace('\r\nb\r\n', '\r\nc\r\n'));
  expect(forged.slice(0, 2)).toEqual([403, 'SignatureDoesNotMatch']);

  const date = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const scope = `${date.slice(0, 8)}/${REGION}/s3/aws4_request`;
  const signing = { 'x-amz-credential': `${served.config.credentials.accessKeyId}/${scope}`, 'x-amz-date': date };
  // Its time is over long before the folder is opened again.
  const end = Date.now() + 8000;
  const expiration = new Date(end).toISOString();
  const conditions = [
    { bucket: Bucket },
    { key: 'form' },
    ...Object.entries(signing).map(([name, value]) => ({ [name]: value })),
  ];
  const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
  const form = new FormData();
  const fields = { key: 'form', ...signing, policy, 'x-amz-signature': hexOf(signingKey(scope), policy) };
  Object.entries(fields).forEach(([name, value]) => form.append(name, value));
  form.append('file', new Blob(['of a form']), 'f');
  expect((await said(await fetch(`${endpoint}/${Bucket}`, { method: 'POST', body: form })))[0]).toBe(204);
  s3.destroy();
  await served.close();
  await new Promise((done) => setTimeout(done, end + 100 - Date.now()));

  served = await ServedFolder.open(folder, undefined, true);
  s3 = new S3Client({ ...served.config, forcePathStyle: true });
  const text = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
  expect([await text('small'), await text('form')]).toEqual([`${'a'.repeat(8192)}b`, 'of a form']);
  expect(await text('large')).toBe(LARGE + LARGE);
  s3.destroy();
  await served.close();
});
