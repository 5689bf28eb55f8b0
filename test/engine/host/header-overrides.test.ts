// What the caller asks the headers of an object to be goes out whole, or is refused: no answer is cut or gets another's header.
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';

const ENV = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };
const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=111111111111/20270101/eu-central-1/s3/aws4_request, Signature=x';

let front: HttpFront;

beforeAll(async () => {
  front = await HttpFront.open(new ServedWorld({ env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' }));
  const credentials = { accessKeyId: ENV.account, secretAccessKey: 's' };
  const s3 = new S3Client({ region: ENV.region, endpoint: front.url, credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'orders' }));
  await s3.send(new PutObjectCommand({ Bucket: 'orders', Key: 'n', Body: 'x' }));
  s3.destroy();
});

afterAll(() => front.close());

// prettier-ignore
test.each([
  ['response-content-type',        'a\r\nX-Evil: y'],
  ['response-content-disposition', 'attachment; filename="中文.txt"'],
  ['response-cache-control',       'a\u0000'],
  ['response-content-language',    'a\u007f'],
  ['response-content-encoding',    '\u0100'],
])('%s %j is refused as S3 refuses it', async (name, value) => {
  const url = `${front.url}/orders/n?${name}=${encodeURIComponent(value)}`;
  const answer = await fetch(url, { headers: { authorization: AUTHORIZATION }, signal: AbortSignal.timeout(20_000) });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('x-evil')).toBeNull();
  const said = await answer.text();
  expect(said).toContain('<Code>InvalidArgument</Code>');
  expect(said).toContain('<Message>Header value cannot be represented using ISO-8859-1.</Message>');
  expect(front.fault).toBeUndefined();
});

test.each(['text/plain', 'attachment; filename="é.txt"', 'a\tb', ''])('%j is sent', async (value) => {
  const url = `${front.url}/orders/n?response-content-disposition=${encodeURIComponent(value)}`;
  const answer = await fetch(url, { headers: { authorization: AUTHORIZATION } });
  expect([answer.status, await answer.text()]).toEqual([200, 'x']);
  expect(answer.headers.get('content-disposition')).toBe(value);
});
