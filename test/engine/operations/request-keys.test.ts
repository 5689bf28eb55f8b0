import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { World } from '../../../engine/src';

const OWN = '123456789012';
const OTHER = '222233334444';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const POWER_USER = 'arn:aws:iam::aws:policy/PowerUserAccess';
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** An administrator with one more statement, in a World with a key, a role and a bucket that holds something. */
async function scene(account: string, statement?: object) {
  const world = new World({ start: '2027-01-01T00:00:00Z', enforceIam: true });
  const iam = world.client(IAMClient, { account });
  await iam.send(new CreateUserCommand({ UserName: 'u' }));
  await iam.send(new AttachUserPolicyCommand({ UserName: 'u', PolicyArn: ADMINISTRATOR }));
  if (statement !== undefined) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Resource: '*', ...statement }] });
    await iam.send(new PutUserPolicyCommand({ UserName: 'u', PolicyName: 'deny', PolicyDocument }));
  }
  await world.client(IAMClient).send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: TRUST }));
  const kms = world.client(KMSClient);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/backup', TargetKeyId: KeyMetadata?.KeyId }));
  const s3 = world.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: 'mine' }));
  await s3.send(new PutObjectCommand({ Bucket: 'mine', Key: 'k', Body: 'held' }));
  const as = { account, principal: `arn:aws:iam::${account}:user/u` };
  return {
    owner: s3,
    iam: world.client(IAMClient, as),
    kms: world.client(KMSClient, as),
    s3: world.client(S3Client, as),
    KeyId: KeyMetadata?.KeyId as string,
  };
}
type Scene = Awaited<ReturnType<typeof scene>>;

const role = `arn:aws:iam::${OWN}:role/r`;
const grant = ({ kms, KeyId }: Scene) =>
  kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal: role, Operations: ['Decrypt'] }));
const schedule = (days?: number) => (s: Scene) =>
  s.kms.send(new ScheduleKeyDeletionCommand({ KeyId: s.KeyId, PendingWindowInDays: days }));
const put = (ServerSideEncryption?: 'AES256' | 'aws:kms') => (s: Scene) =>
  s.s3.send(new PutObjectCommand({ Bucket: 'mine', Key: 'n', Body: 'x', ServerSideEncryption }));
const create = (PermissionsBoundary?: string) => (s: Scene) =>
  s.iam.send(new CreateRoleCommand({ RoleName: 'n', PermissionsBoundary, AssumeRolePolicyDocument: TRUST }));
const attach = (PolicyArn: string) => (s: Scene) =>
  s.iam.send(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn }));
const list = (Prefix?: string) => (s: Scene) => s.s3.send(new ListObjectsV2Command({ Bucket: 'mine', Prefix }));

// prettier-ignore
const DENIES: readonly (readonly [string, object, (s: Scene) => Promise<unknown>, boolean])[] = [
  ['kms:ScheduleKeyDeletion', { NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' } }, schedule(7),  true],
  ['kms:ScheduleKeyDeletion', { NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' } }, schedule(30), false],
  ['kms:ScheduleKeyDeletion', { NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' } }, schedule(),   false],
  ['kms:ScheduleKeyDeletion', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/backup' } },   schedule(30), true],
  ['kms:ScheduleKeyDeletion', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/other' } },    schedule(30), false],
  ['kms:DisableKey', { StringEquals: { 'kms:CallerAccount': OWN } },   ({ kms, KeyId }) => kms.send(new DisableKeyCommand({ KeyId })), true],
  ['kms:DisableKey', { StringEquals: { 'kms:CallerAccount': OTHER } }, ({ kms, KeyId }) => kms.send(new DisableKeyCommand({ KeyId })), false],
  ['kms:CreateGrant', { StringEquals: { 'kms:GranteePrincipal': role } },                        grant, true],
  ['kms:CreateGrant', { Bool: { 'kms:GrantIsForAWSResource': 'false' } },                        grant, true],
  ['kms:CreateGrant', { 'ForAnyValue:StringEquals': { 'kms:GrantOperations': 'Decrypt' } },      grant, true],
  ['kms:CreateGrant', { 'ForAnyValue:StringEquals': { 'kms:GrantOperations': 'Encrypt' } },      grant, false],
  ['iam:AttachRolePolicy', { ArnEquals: { 'iam:PolicyARN': ADMINISTRATOR } },                    attach(ADMINISTRATOR), true],
  ['iam:AttachRolePolicy', { ArnEquals: { 'iam:PolicyARN': ADMINISTRATOR } },                    attach(POWER_USER), false],
  ['iam:CreateRole', { StringNotEquals: { 'iam:PermissionsBoundary': POWER_USER } },             create(POWER_USER), false],
  ['iam:CreateRole', { StringNotEquals: { 'iam:PermissionsBoundary': POWER_USER } },             create(), true],
  ['s3:PutObject', { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },        put('aws:kms'), false],
  ['s3:PutObject', { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },        put('AES256'), true],
  ['s3:PutObject', { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },        put(), true],
  ['s3:ListBucket', { StringNotLike: { 's3:prefix': 'home/*' } },                                list('home/u'), false],
  ['s3:ListBucket', { StringNotLike: { 's3:prefix': 'home/*' } },                                list(), true],
];

test.each(DENIES)('a Deny of %s under %j decides by what the call says', async (Action, Condition, call, denied) => {
  const asked = call(await scene(OWN, { Effect: 'Deny', Action, Condition }));
  const answer = await asked.then(
    () => undefined,
    (fault: Error) => fault.name,
  );
  expect(answer?.startsWith('AccessDenied') ?? false).toBe(denied);
});

const FOREIGN: readonly (readonly [string, (s: Scene) => Promise<unknown>])[] = [
  ['GetObject', ({ s3 }) => s3.send(new GetObjectCommand({ Bucket: 'mine', Key: 'k' }))],
  ['DeleteObject', ({ s3 }) => s3.send(new DeleteObjectCommand({ Bucket: 'mine', Key: 'k' }))],
  ['DeleteBucket', ({ s3 }) => s3.send(new DeleteBucketCommand({ Bucket: 'mine' }))],
  ['PutBucketPolicy', ({ s3 }) => s3.send(new PutBucketPolicyCommand({ Bucket: 'mine', Policy: '{}' }))],
];

test.each(FOREIGN)(
  'an administrator of another account may not %s of a bucket that lets nobody in',
  async (_, call) => {
    await expect(call(await scene(OTHER))).rejects.toThrow(/AccessDenied|Access Denied|not authorized/);
  },
);

test('a bucket that lets another account in is read by it, and is still not its own', async () => {
  const there = await scene(OTHER, {
    Effect: 'Deny',
    Action: 's3:GetObject',
    Condition: { StringEquals: { 'aws:ResourceAccount': OTHER } },
  });
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${OTHER}:root` },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::mine/*',
      },
    ],
  });
  await there.owner.send(new PutBucketPolicyCommand({ Bucket: 'mine', Policy }));
  const { Body } = await there.s3.send(new GetObjectCommand({ Bucket: 'mine', Key: 'k' }));
  expect(await Body?.transformToString()).toBe('held');
  await expect(there.s3.send(new DeleteObjectCommand({ Bucket: 'mine', Key: 'k' }))).rejects.toThrow();
});
