// Buckets and what they are set to, through the official client, in process.
import * as s3 from '@aws-sdk/client-s3';
import { S3Client } from '@aws-sdk/client-s3';
import { World } from '@holdfast/engine';

const Bucket = 'my-bucket';

let world: World;
let client: S3Client;

beforeEach(async () => {
  world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  client = world.client(S3Client);
  await client.send(new s3.CreateBucketCommand({ Bucket }));
});

function refused(send: Promise<unknown>, name: string, httpStatusCode: number): Promise<void> {
  return expect(send).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
}

test('a bucket is made in the Region that is named, found, listed and deleted', async () => {
  const german = world.client(S3Client, { region: 'eu-central-1' });
  const LocationConstraint = 'eu-central-1' as const;
  const made = { Bucket: 'there', CreateBucketConfiguration: { LocationConstraint } };
  await german.send(new s3.CreateBucketCommand(made));
  await refused(german.send(new s3.CreateBucketCommand(made)), 'BucketAlreadyOwnedByYou', 409);
  const unsaid = new s3.CreateBucketCommand({
    Bucket: 'other',
    CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
  });
  await refused(german.send(unsaid), 'IllegalLocationConstraintException', 400);
  const foreign = world.client(S3Client, { account: '222222222222' });
  await refused(foreign.send(new s3.CreateBucketCommand({ Bucket })), 'BucketAlreadyExists', 409);
  // In us-east-1 one's own bucket may be made again.
  await client.send(new s3.CreateBucketCommand({ Bucket }));
  expect(await client.send(new s3.HeadBucketCommand({ Bucket: 'there' }))).toMatchObject({
    BucketRegion: 'eu-central-1',
  });
  expect((await client.send(new s3.GetBucketLocationCommand({ Bucket: 'there' }))).LocationConstraint).toBe(
    'eu-central-1',
  );
  expect((await client.send(new s3.GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
  const listed = await client.send(new s3.ListBucketsCommand({ MaxBuckets: 1 }));
  expect(listed).toMatchObject({ Buckets: [{ Name: Bucket, BucketRegion: 'us-east-1' }], ContinuationToken: Bucket });
  const { ContinuationToken } = listed;
  const rest = await client.send(new s3.ListBucketsCommand({ ContinuationToken }));
  expect(rest.Buckets?.map(({ Name }) => Name)).toEqual(['there']);
  expect((await foreign.send(new s3.ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  await client.send(new s3.PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
  await refused(client.send(new s3.DeleteBucketCommand({ Bucket })), 'BucketNotEmpty', 409);
  await client.send(new s3.DeleteObjectCommand({ Bucket, Key: 'k' }));
  await client.send(new s3.DeleteBucketCommand({ Bucket }));
  await refused(client.send(new s3.HeadBucketCommand({ Bucket })), 'NotFound', 404);
  await refused(client.send(new s3.DeleteBucketCommand({ Bucket })), 'NoSuchBucket', 404);
});

// prettier-ignore
test.each([
  ['ab', false], ['abc', true], ['a'.repeat(63), true], ['a'.repeat(64), false], ['Abc', false], ['a_b', false],
  ['a..b', false], ['1.2.3.4', false], ['a-.b', true], ['-ab', false], ['sthree-ab', false],
])('a bucket may be called %j: %s', async (name, may) => {
  const make = client.send(new s3.CreateBucketCommand({ Bucket: name }));
  await (may ? make : refused(make, 'InvalidBucketName', 400));
});

test('whoever expects another owner is refused', async () => {
  await client.send(new s3.HeadBucketCommand({ Bucket, ExpectedBucketOwner: '123456789012' }));
  const other = new s3.GetBucketVersioningCommand({ Bucket, ExpectedBucketOwner: '222222222222' });
  await refused(client.send(other), 'AccessDenied', 403);
});

test('a new bucket has what AWS gives it', async () => {
  const { ServerSideEncryptionConfiguration } = await client.send(new s3.GetBucketEncryptionCommand({ Bucket }));
  expect(ServerSideEncryptionConfiguration?.Rules).toMatchObject([
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
  ]);
  const { PublicAccessBlockConfiguration } = await client.send(new s3.GetPublicAccessBlockCommand({ Bucket }));
  expect(Object.values(PublicAccessBlockConfiguration ?? {})).toEqual([true, true, true, true]);
  const { OwnershipControls } = await client.send(new s3.GetBucketOwnershipControlsCommand({ Bucket }));
  expect(OwnershipControls?.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  expect((await client.send(new s3.GetBucketRequestPaymentCommand({ Bucket }))).Payer).toBe('BucketOwner');
  expect((await client.send(new s3.GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
  expect((await client.send(new s3.GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toBeUndefined();
  expect((await client.send(new s3.GetBucketAclCommand({ Bucket }))).Grants).toHaveLength(1);
});

type Command = object;
const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
};
const CORS = { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] };
const WEBSITE = { IndexDocument: { Suffix: 'index.html' } };
const RULES: s3.LifecycleRule[] = [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }];
const REPLICATION: s3.ReplicationConfiguration = {
  Role: 'arn:aws:iam::123456789012:role/r',
  Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::other' }, Filter: { Prefix: '' }, Priority: 1 }],
};
const LOCK: s3.ObjectLockConfiguration = {
  ObjectLockEnabled: 'Enabled',
  Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } },
};
const OWNERSHIP: s3.OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' }] };
const ENCRYPTION: s3.ServerSideEncryptionConfiguration = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/mine' } }],
};
const PUBLIC = {
  BlockPublicAcls: true,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: true,
};

interface Row {
  readonly put: Command;
  readonly get: Command;
  readonly read: object;
  readonly remove?: Command;
  /** Error once it is removed, and before it is put unless AWS puts it itself. */
  readonly absent?: string;
  readonly first?: boolean;
}

// prettier-ignore
const SETTINGS: Readonly<Record<string, Row>> = {
  policy: { put: new s3.PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(POLICY) }), get: new s3.GetBucketPolicyCommand({ Bucket }),
    read: { Policy: JSON.stringify(POLICY) }, remove: new s3.DeleteBucketPolicyCommand({ Bucket }), absent: 'NoSuchBucketPolicy' },
  cors: { put: new s3.PutBucketCorsCommand({ Bucket, CORSConfiguration: CORS }), get: new s3.GetBucketCorsCommand({ Bucket }),
    read: CORS, remove: new s3.DeleteBucketCorsCommand({ Bucket }), absent: 'NoSuchCORSConfiguration' },
  website: { put: new s3.PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: WEBSITE }), get: new s3.GetBucketWebsiteCommand({ Bucket }),
    read: WEBSITE, remove: new s3.DeleteBucketWebsiteCommand({ Bucket }), absent: 'NoSuchWebsiteConfiguration' },
  lifecycle: { put: new s3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: RULES } }), get: new s3.GetBucketLifecycleConfigurationCommand({ Bucket }),
    read: { Rules: RULES, TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' }, remove: new s3.DeleteBucketLifecycleCommand({ Bucket }), absent: 'NoSuchLifecycleConfiguration' },
  tagging: { put: new s3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'é' }] } }), get: new s3.GetBucketTaggingCommand({ Bucket }),
    read: { TagSet: [{ Key: 'a', Value: 'é' }] }, remove: new s3.DeleteBucketTaggingCommand({ Bucket }), absent: 'NoSuchTagSet' },
  ownership: { put: new s3.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: OWNERSHIP }), get: new s3.GetBucketOwnershipControlsCommand({ Bucket }),
    read: { OwnershipControls: OWNERSHIP }, remove: new s3.DeleteBucketOwnershipControlsCommand({ Bucket }), absent: 'OwnershipControlsNotFoundError', first: true },
  'public access block': { put: new s3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: PUBLIC }), get: new s3.GetPublicAccessBlockCommand({ Bucket }),
    read: { PublicAccessBlockConfiguration: PUBLIC }, remove: new s3.DeletePublicAccessBlockCommand({ Bucket }), absent: 'NoSuchPublicAccessBlockConfiguration', first: true },
  logging: { put: new s3.PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'l', TargetPrefix: 'p' } } }), get: new s3.GetBucketLoggingCommand({ Bucket }),
    read: { LoggingEnabled: { TargetBucket: 'l', TargetPrefix: 'p' } } },
  notification: { put: new s3.PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { EventBridgeConfiguration: {} } }), get: new s3.GetBucketNotificationConfigurationCommand({ Bucket }),
    read: { EventBridgeConfiguration: {} } },
  acceleration: { put: new s3.PutBucketAccelerateConfigurationCommand({ Bucket, AccelerateConfiguration: { Status: 'Enabled' } }), get: new s3.GetBucketAccelerateConfigurationCommand({ Bucket }),
    read: { Status: 'Enabled' } },
  'request payment': { put: new s3.PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: 'Requester' } }), get: new s3.GetBucketRequestPaymentCommand({ Bucket }),
    read: { Payer: 'Requester' } },
};

test.each(Object.entries(SETTINGS))('%s is put, read as it was put, and removed', async (_, row) => {
  if (row.absent !== undefined && row.first !== true) {
    await refused(client.send(row.get as never), row.absent, 404);
  }
  await client.send(row.put as never);
  const { $metadata, ...read } = (await client.send(row.get as never)) as unknown as Record<string, unknown>;
  expect($metadata).toBeDefined();
  expect(read).toEqual(row.read);
  if (row.remove !== undefined) {
    await client.send(row.remove as never);
    await refused(client.send(row.get as never), row.absent ?? '', 404);
  }
});

test('the policy of a bucket must be one, and lets nobody in whom the bucket keeps out', async () => {
  const put = (Policy: string) => client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }));
  await refused(put('no policy'), 'MalformedPolicy', 400);
  await refused(put('{}'), 'MalformedPolicy', 400);
  const open = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
  });
  await refused(put(open), 'AccessDenied', 403);
  const status = () => client.send(new s3.GetBucketPolicyStatusCommand({ Bucket }));
  await refused(status(), 'NoSuchBucketPolicy', 404);
  await put(JSON.stringify(POLICY));
  expect((await status()).PolicyStatus).toEqual({ IsPublic: false });
  await client.send(new s3.DeletePublicAccessBlockCommand({ Bucket }));
  await put(open);
  expect((await status()).PolicyStatus).toEqual({ IsPublic: true });
});

test('locks and replication need versioning, which a lock keeps on', async () => {
  const lock = () => client.send(new s3.PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: LOCK }));
  const replicate = () =>
    client.send(new s3.PutBucketReplicationCommand({ Bucket, ReplicationConfiguration: REPLICATION }));
  const version = (Status: 'Enabled' | 'Suspended') =>
    client.send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  const locked = () => client.send(new s3.GetObjectLockConfigurationCommand({ Bucket }));
  const replicated = () => client.send(new s3.GetBucketReplicationCommand({ Bucket }));
  await refused(locked(), 'ObjectLockConfigurationNotFoundError', 404);
  await refused(replicated(), 'ReplicationConfigurationNotFoundError', 404);
  await refused(lock(), 'InvalidBucketState', 409);
  await refused(replicate(), 'InvalidRequest', 400);
  await version('Enabled');
  await replicate();
  expect((await replicated()).ReplicationConfiguration).toEqual(REPLICATION);
  await client.send(new s3.DeleteBucketReplicationCommand({ Bucket }));
  await refused(replicated(), 'ReplicationConfigurationNotFoundError', 404);
  await version('Suspended');
  await version('Enabled');
  await lock();
  expect((await locked()).ObjectLockConfiguration).toEqual(LOCK);
  await refused(version('Suspended'), 'InvalidBucketState', 409);
  const made = { Bucket: 'locked', ObjectLockEnabledForBucket: true };
  await client.send(new s3.CreateBucketCommand(made));
  expect((await client.send(new s3.GetBucketVersioningCommand({ Bucket: 'locked' }))).Status).toBe('Enabled');
});

test('encryption is put, used, and goes back to that of S3 itself', async () => {
  const put = new s3.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: ENCRYPTION });
  await client.send(put);
  const get = async () =>
    (await client.send(new s3.GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration;
  expect(await get()).toEqual(ENCRYPTION);
  const object = { Bucket, Key: 'k', Body: 'x' };
  expect(await client.send(new s3.PutObjectCommand(object))).toMatchObject({
    ServerSideEncryption: 'aws:kms',
    SSEKMSKeyId: 'alias/mine',
  });
  await client.send(new s3.DeleteBucketEncryptionCommand({ Bucket }));
  expect((await get())?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
});

test('what is not emulated says so', async () => {
  await refused(client.send(new s3.ListBucketMetricsConfigurationsCommand({ Bucket })), 'NotEmulated', 400);
});

test('a bucket keeps its ACL where its owner lets it have one, and public ones where nothing blocks them', async () => {
  const put = (input: object) => client.send(new s3.PutBucketAclCommand({ Bucket, ...input }));
  const grants = async () => (await client.send(new s3.GetBucketAclCommand({ Bucket }))).Grants ?? [];
  await refused(put({ ACL: 'private' }), 'AccessControlListNotSupported', 400);
  const Rules = [{ ObjectOwnership: 'ObjectWriter' as const }];
  await client.send(new s3.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
  await refused(put({ ACL: 'public-read' }), 'AccessDenied', 403);
  await refused(put({ ACL: 'aws-exec-read' }), 'NotEmulated', 400);
  await refused(put({ ACL: 'private', GrantRead: 'id="x"' }), 'InvalidRequest', 400);
  await refused(put({ GrantRead: 'emailAddress="a@example.com"' }), 'InvalidArgument', 400);
  await refused(put({ AccessControlPolicy: { Grants: [{ Permission: 'READ' }] } }), 'MalformedACLError', 400);
  await put({ ACL: 'log-delivery-write' });
  const delivery = { URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery', Type: 'Group' };
  expect((await grants()).slice(1)).toEqual([
    { Grantee: delivery, Permission: 'WRITE' },
    { Grantee: delivery, Permission: 'READ_ACP' },
  ]);
  await put({ GrantRead: 'id="x", id=y', GrantWriteACP: `uri="${delivery.URI}"` });
  expect(await grants()).toEqual([
    { Grantee: { ID: 'x', Type: 'CanonicalUser' }, Permission: 'READ' },
    { Grantee: { ID: 'y', Type: 'CanonicalUser' }, Permission: 'READ' },
    { Grantee: delivery, Permission: 'WRITE_ACP' },
  ]);
  await client.send(new s3.DeletePublicAccessBlockCommand({ Bucket }));
  await put({ ACL: 'public-read' });
  expect(await grants()).toHaveLength(2);
  const made = { Bucket: 'with-acl', ACL: 'public-read' as const };
  await refused(client.send(new s3.CreateBucketCommand(made)), 'InvalidBucketAclWithObjectOwnership', 400);
  await client.send(new s3.CreateBucketCommand({ ...made, ObjectOwnership: 'BucketOwnerPreferred' }));
  const acl = await client.send(new s3.GetBucketAclCommand({ Bucket: 'with-acl' }));
  expect(acl.Grants).toHaveLength(2);
});
