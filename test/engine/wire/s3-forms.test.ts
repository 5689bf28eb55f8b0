// Uploads by a form of a browser: what its policy allows goes in, and nothing else.
import {
  CreateBucketCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';
import { ACCOUNT, CREDENTIALS, hexOf, REGION, signingKey } from '../../support/signed-s3';

const Bucket = 'pictures';
const DATE = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
const CREDENTIAL = `${ACCOUNT}/${DATE.slice(0, 8)}/${REGION}/s3/aws4_request`;

let front: HttpFront;
let client: S3Client;

async function begin(enforceIam: boolean): Promise<void> {
  const env = { partition: 'aws', account: ACCOUNT, region: REGION };
  const worlds = new ServedWorlds({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0', enforceIam });
  front = await HttpFront.open(worlds);
  client = new S3Client({ region: REGION, endpoint: front.url, credentials: CREDENTIALS, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket }));
}

beforeEach(() => begin(true));

afterEach(async () => {
  client.destroy();
  await front.close();
});

type Condition = object | readonly [string, string | number, string | number];

const SIGNING = { 'x-amz-algorithm': 'AWS4-HMAC-SHA256', 'x-amz-credential': CREDENTIAL, 'x-amz-date': DATE };

/** A policy in base64, and its signature. */
function policyOf(conditions: readonly Condition[], minutes = 5, secret = 'holdfast'): Record<string, string> {
  const expiration = new Date(Date.now() + minutes * 60_000).toISOString();
  const signing = Object.entries(SIGNING).map(([name, value]) => ({ [name]: value }));
  const text = JSON.stringify({ expiration, conditions: [{ bucket: Bucket }, ...signing, ...conditions] });
  const policy = Buffer.from(text).toString('base64');
  const key = signingKey(CREDENTIAL.split('/').slice(1).join('/'), secret);
  return { ...SIGNING, policy, 'x-amz-signature': hexOf(key, policy) };
}

async function upload(
  fields: Readonly<Record<string, string>>,
  file: string | null = 'one',
): Promise<{ status: number; code: string; message: string; headers: Headers; text: string }> {
  const form = new FormData();
  Object.entries(fields).forEach(([name, value]) => form.append(name, value));
  if (file !== null) {
    form.append('file', new Blob([file], { type: 'text/plain' }), 'photo.txt');
  }
  const answer = await fetch(`${front.url}/${Bucket}`, { method: 'POST', body: form, redirect: 'manual' });
  const text = await answer.text();
  const part = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
  const unescaped = part('Message').replaceAll('&quot;', '"');
  return { status: answer.status, code: part('Code'), message: unescaped, headers: answer.headers, text };
}

const keys = async () =>
  ((await client.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key);

test('a form puts the object that it says, with its headers, metadata and tags', async () => {
  const tagging = '<Tagging><TagSet><Tag><Key>team</Key><Value>a b</Value></Tag></TagSet></Tagging>';
  const said = { key: 'user/${filename}', 'Content-Type': 'text/x-plain', 'x-amz-meta-by': 'somebody', tagging };
  const conditions = [
    ['starts-with', '$key', 'user/'] as const,
    ['starts-with', '$Content-Type', 'text/'] as const,
    { 'x-amz-meta-by': 'somebody' },
    ['eq', '$tagging', tagging] as const,
    ['content-length-range', 1, 3] as const,
  ];
  const done = await upload({ ...said, 'x-ignore-me': 'x', ...policyOf(conditions) });
  expect([done.status, done.text]).toEqual([204, '']);
  const Key = 'user/photo.txt';
  const object = await client.send(new GetObjectCommand({ Bucket, Key }));
  expect(await object.Body?.transformToString()).toBe('one');
  expect([object.ContentType, object.Metadata]).toEqual(['text/x-plain', { by: 'somebody' }]);
  expect(done.headers.get('etag')).toBe(object.ETag);
  const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket, Key }));
  expect(TagSet).toEqual([{ Key: 'team', Value: 'a b' }]);
});

test.each<[Record<string, string>, number]>([
  [{ success_action_status: '200' }, 200],
  [{ success_action_status: '201' }, 201],
  [{ success_action_status: '404' }, 204],
  [{ success_action_redirect: 'http://127.0.0.1/done?a=b' }, 303],
  [{ success_action_redirect: 'nowhere' }, 204],
])('a form that says %j is answered with %i', async (more, status) => {
  const done = await upload({ key: 'a', ...more, ...policyOf([{ key: 'a' }, more]) });
  expect(done.status).toBe(status);
  const etag = done.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
  if (status === 201) {
    expect(done.text).toContain(`<Bucket>${Bucket}</Bucket><Key>a</Key><ETag>${etag.replaceAll('"', '&quot;')}</ETag>`);
  }
  if (status === 303) {
    const target = new URL(done.headers.get('location') ?? '');
    expect(Object.fromEntries(target.searchParams)).toEqual({ a: 'b', bucket: Bucket, key: 'a', etag });
  }
});

const policyRefusal = (why: string) => [403, 'AccessDenied', `Invalid according to Policy: ${why}`];

// prettier-ignore
test.each<[string, () => Record<string, string>, string | null, unknown[]]>([
  ['another key', () => ({ key: 'b', ...policyOf([{ key: 'a' }]) }), 'one', policyRefusal('Policy Condition failed: ["eq", "$key", "a"]')],
  ['a key of another prefix', () => ({ key: 'b', ...policyOf([['starts-with', '$key', 'user/']]) }), 'one', policyRefusal('Policy Condition failed: ["starts-with", "$key", "user/"]')],
  ['a condition that asks how a status begins', () => ({ key: 'a', success_action_status: '200', ...policyOf([{ key: 'a' }, ['starts-with', '$success_action_status', '2']]) }), 'one', policyRefusal('Policy Condition failed: ["starts-with", "$success_action_status", "2"]')],
  ['a field that the policy does not name', () => ({ key: 'a', acl: 'private', ...policyOf([{ key: 'a' }]) }), 'one', policyRefusal('Extra input fields: acl')],
  ['a policy whose time is over', () => ({ key: 'a', ...policyOf([{ key: 'a' }], -1) }), 'one', policyRefusal('Policy expired.')],
  ['a file that is too large', () => ({ key: 'a', ...policyOf([{ key: 'a' }, ['content-length-range', 0, 2]]) }), 'one', [400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size']],
  ['a file that is too small', () => ({ key: 'a', ...policyOf([{ key: 'a' }, ['content-length-range', 4, 9]]) }), 'one', [400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size']],
  ['no key', () => policyOf([]), 'one', [400, 'InvalidArgument', "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields."]],
  ['no file', () => ({ key: 'a', ...policyOf([{ key: 'a' }]) }), null, [400, 'IncorrectNumberOfFilesInPostRequest', 'POST requires exactly one file upload per request.']],
  ['a policy of another secret', () => ({ key: 'a', ...policyOf([{ key: 'a' }], 5, 'guessed') }), 'one', [403, 'SignatureDoesNotMatch', expect.any(String)]],
  ['another policy than was signed', () => ({ key: 'b', ...policyOf([{ key: 'a' }]), policy: policyOf([{ key: 'b' }]).policy ?? '' }), 'one', [403, 'SignatureDoesNotMatch', expect.any(String)]],
  ['no policy', () => ({ key: 'a' }), 'one', [403, 'AccessDenied', 'Access Denied']],
  ['a policy without a signature', () => ({ key: 'a', policy: policyOf([{ key: 'a' }]).policy ?? '' }), 'one', [400, 'InvalidArgument', expect.stringContaining("must contain a field named 'X-Amz-Credential'")]],
  ['a policy that is no JSON', () => ({ key: 'a', ...SIGNING, 'x-amz-signature': '0', policy: 'e30' }), 'one', [403, 'SignatureDoesNotMatch', expect.any(String)]],
  ['fields that are too large', () => ({ key: 'a'.repeat(20_001) }), 'one', [400, 'MaxPostPreDataLengthExceededError', expect.any(String)]],
])('a form with %s puts nothing', async (_, fields, file, refusal) => {
  const { status, code, message } = await upload(fields(), file);
  expect([status, code, message]).toEqual(refusal);
  expect(await keys()).toEqual([]);
});

test('who may not put objects puts none by a form', async () => {
  const { IAMClient, CreateUserCommand, CreateAccessKeyCommand } = await import('@aws-sdk/client-iam');
  const iam = new IAMClient({ region: 'us-east-1', endpoint: front.url, credentials: CREDENTIALS });
  await iam.send(new CreateUserCommand({ UserName: 'guest' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'guest' }));
  iam.destroy();
  const credential = CREDENTIAL.replace(ACCOUNT, AccessKey?.AccessKeyId ?? '');
  const text = JSON.stringify({
    expiration: new Date(Date.now() + 60_000).toISOString(),
    conditions: [{ bucket: Bucket }, { key: 'a' }, { ...{ 'x-amz-credential': credential } }, { 'x-amz-date': DATE }],
  });
  const policy = Buffer.from(text).toString('base64');
  const key = signingKey(credential.split('/').slice(1).join('/'), AccessKey?.SecretAccessKey);
  const signed = {
    'x-amz-credential': credential,
    'x-amz-date': DATE,
    'x-amz-signature': hexOf(key, policy),
  };
  const { status, code } = await upload({ key: 'a', ...signed, policy });
  expect([status, code]).toEqual([403, 'AccessDenied']);
  expect(await keys()).toEqual([]);
});

test('a body that is no form is refused', async () => {
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const answer = await fetch(`${front.url}/${Bucket}`, { method: 'POST', headers, body: 'nothing' });
  expect([answer.status, await answer.text()]).toEqual([
    400,
    expect.stringContaining('<Code>MalformedPOSTRequest</Code>'),
  ]);
});

test('where signatures are not verified, conditions bind all the same', async () => {
  client.destroy();
  await front.close();
  await begin(false);
  expect((await upload({ key: 'b', ...policyOf([{ key: 'a' }], 5, 'guessed') })).code).toBe('AccessDenied');
  expect((await upload({ key: 'a', ...policyOf([{ key: 'a' }], 5, 'guessed') })).status).toBe(204);
  expect(await keys()).toEqual(['a']);
});
