// Exports of search results: with which role they are written, under which key, and what keeps them from it.
import type { WorldState } from '../../../engine/src/domain/world-state';
import { getSearchResultExportJob } from '../../../engine/src/operations/backupsearch/get-search-result-export-job';
import { startSearchJob } from '../../../engine/src/operations/backupsearch/start-search-job';
import { startSearchResultExportJob } from '../../../engine/src/operations/backupsearch/start-search-result-export-job';
import { DAY, MINUTE } from '../../../engine/src/kernel/instant';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { deleteRole } from '../../../engine/src/operations/iam/delete-role';
import { deleteRolePolicy } from '../../../engine/src/operations/iam/delete-role-policy';
import { putRolePermissionsBoundary } from '../../../engine/src/operations/iam/put-role-permissions-boundary';
import { putRolePolicy } from '../../../engine/src/operations/iam/put-role-policy';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { putKeyPolicy } from '../../../engine/src/operations/kms/put-key-policy';
import { scheduleKeyDeletion } from '../../../engine/src/operations/kms/schedule-key-deletion';
import { attachPolicy } from '../../../engine/src/operations/organizations/attach-policy';
import { createPolicy } from '../../../engine/src/operations/organizations/create-policy';
import { enablePolicyType } from '../../../engine/src/operations/organizations/enable-policy-type';
import { createBucket } from '../../../engine/src/operations/s3/create-bucket';
import { headObject } from '../../../engine/src/operations/s3/head-object';
import { putBucketEncryption } from '../../../engine/src/operations/s3/put-bucket-encryption';
import { putBucketPolicy } from '../../../engine/src/operations/s3/put-bucket-policy';
import { MANAGEMENT, MEMBER, organization, Stage } from '../scenarios/organization-stage';
import { inject } from '../scenarios/fault-stage';
import { until } from '../scenarios/stage';

const Bucket = 'results';
const RoleName = 'exporter';
const ROLE = `arn:aws:iam::${MEMBER.account}:role/${RoleName}`;
const SEARCH = { SearchScope: { BackupResourceTypes: ['S3' as const] } };
const FILES = `arn:aws:s3:::${Bucket}/found/*`;
const UNASSUMABLE = 'IAM Role cannot be assumed by AWS Backup';
const GONE = 'Given key ID does not exist';
const UNUSABLE = 'KMS key is either disabled or pending deletion or access to KMS key is denied';

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const trusting = (service: string, more: object = {}) =>
  document({ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole', ...more });
const may = (Action: string, Resource = '*') => ({ Effect: 'Allow', Action, Resource });
const never = (Action: string, more: object = {}) => ({ Effect: 'Deny', Action, Resource: '*', ...more });

/** Why a role may not do something to the file of an export, in the words of S3. */
const denied = (action: string, resource: string, why: string) =>
  new RegExp(
    `^User: arn:aws:sts::${MEMBER.account}:assumed-role/${RoleName}/\\S+ is not authorized to perform: ${action} on resource: ${resource} ${why}$`,
  );
const WRITING = (why: string) => denied('s3:PutObject', `arn:aws:s3:::${Bucket}/found/\\S+\\.csv`, why);

interface Made extends Stage {
  readonly search: string | undefined;
}

/** A member account with a bucket, a role that may put objects there, and a search that is over. */
function stage(trust = trusting('backup-search')): Made {
  const stage = organization();
  const { state } = stage;
  createBucket(state, MEMBER, { Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } });
  createRole(state, MEMBER, { RoleName, AssumeRolePolicyDocument: trust });
  give(state, may('s3:PutObject', FILES));
  const { SearchJobIdentifier } = startSearchJob(state, MEMBER, SEARCH);
  until(state, '2027-01-01T00:02Z');
  Object.assign(state, { enforceIam: true });
  state.ledger.permissions.enforced = true;
  return { ...stage, search: SearchJobIdentifier };
}

function give(state: WorldState, ...Statement: object[]): void {
  putRolePolicy(state, MEMBER, { RoleName, PolicyName: 'own', PolicyDocument: document(...Statement) });
}

/** Puts the bucket under a key, and answers its ARN. */
function encrypt(state: WorldState): string {
  const KMSMasterKeyID = createKey(state, MEMBER, {}).KeyMetadata?.Arn ?? '';
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID };
  const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault }] };
  putBucketEncryption(state, MEMBER, { Bucket, ServerSideEncryptionConfiguration });
  return KMSMasterKeyID;
}

function limit(
  { state, root }: Stage,
  Type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY',
  statement: object,
): void {
  enablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType: Type });
  const made = createPolicy(state, MANAGEMENT, { Name: 'limit', Type, Content: document(statement), Description: '' });
  attachPolicy(state, MANAGEMENT, { PolicyId: made.Policy?.PolicySummary?.Id, TargetId: root });
}

/** How an export with the role ends: COMPLETED, or why not; and the key of its file. */
function exported({ state, search }: Made, RoleArn: string | null = ROLE): { ends: string; Key: string } {
  const ExportSpecification = { s3ExportSpecification: { DestinationBucket: Bucket, DestinationPrefix: 'found' } };
  const asked = { SearchJobIdentifier: search, ExportSpecification, ...(RoleArn === null ? {} : { RoleArn }) };
  const { ExportJobIdentifier } = startSearchResultExportJob(state, MEMBER, asked);
  state.runUntil(state.now + 2 * MINUTE);
  const { Status, StatusMessage } = getSearchResultExportJob(state, MEMBER, { ExportJobIdentifier });
  return {
    ends: Status === 'FAILED' ? (StatusMessage ?? '') : (Status ?? ''),
    Key: `found/${ExportJobIdentifier}.csv`,
  };
}

describe('the role of an export', () => {
  test.each(['backup', 'backup-search'])('trusts %s, and may put objects into the bucket', (service) => {
    const made = stage(trusting(service));
    const { ends, Key } = exported(made);
    expect(ends).toBe('COMPLETED');
    expect(headObject(made.state, MEMBER, { Bucket, Key }).ContentType).toBe('text/csv');
  });

  test('fails when it trusts another service, or a job of another account', () => {
    expect(exported(stage(trusting('lambda'))).ends).toBe(UNASSUMABLE);
    const of = (account: string) =>
      trusting('backup-search', { Condition: { StringEquals: { 'aws:SourceAccount': account } } });
    expect(exported(stage(of(MANAGEMENT.account))).ends).toBe(UNASSUMABLE);
    expect(exported(stage(of(MEMBER.account))).ends).toBe('COMPLETED');
  });

  test('fails when it was deleted', () => {
    const made = stage();
    deleteRolePolicy(made.state, MEMBER, { RoleName, PolicyName: 'own' });
    deleteRole(made.state, MEMBER, { RoleName });
    expect(exported(made).ends).toBe(UNASSUMABLE);
  });

  test('that the World does not know is in order, unless policies decide which roles there are', () => {
    const made = stage();
    const { roles, permissions } = made.state.ledger;
    permissions.enforced = false;
    expect(exported(made, `${ROLE}2`).ends).toBe('COMPLETED');
    roles.strict = true;
    expect(exported(made, `${ROLE}2`).ends).toBe(UNASSUMABLE);
    expect(exported(made, null).ends).toBe('COMPLETED');
  });

  test('fails while a fault bars it, whether the World knows it or not', () => {
    const made = stage();
    made.state.ledger.permissions.enforced = false;
    for (const role of [ROLE, `${ROLE}2`]) {
      inject(made.state, { kind: 'role-unassumable', role });
      expect(exported(made, role).ends).toBe(UNASSUMABLE);
    }
  });

  test('is not asked for what it may where nobody named one, or policies do not decide', () => {
    const made = stage();
    give(made.state, may('s3:GetObject'));
    expect(exported(made).ends).toMatch(WRITING('because no identity-based policy allows the s3:PutObject action'));
    expect(exported(made, null).ends).toBe('COMPLETED');
    made.state.ledger.permissions.enforced = false;
    expect(exported(made).ends).toBe('COMPLETED');
  });
});

describe('an export fails in the words of S3, and leaves no file, when', () => {
  // prettier-ignore
  test.each<[string, (made: Made) => void, RegExp]>([
    ['its role may write elsewhere alone', ({ state }) => give(state, may('s3:PutObject', `arn:aws:s3:::${Bucket}/other/*`)), WRITING('because no identity-based policy allows the s3:PutObject action')],
    ['its role is denied it',              ({ state }) => give(state, may('s3:*'), never('s3:Put*')), WRITING('with an explicit deny in an identity-based policy')],
    ['its boundary leaves it out',         ({ state }) => putRolePermissionsBoundary(state, MEMBER, { RoleName, PermissionsBoundary: 'arn:aws:iam::aws:policy/AWSBackupOperatorAccess' }), WRITING('because no permissions boundary allows the s3:PutObject action')],
    ['the policy of the bucket denies it', ({ state }) => putBucketPolicy(state, MEMBER, { Bucket, Policy: document({ ...never('s3:PutObject'), Principal: '*', Resource: FILES }) }), WRITING('with an explicit deny in a resource-based policy')],
    ['a service control policy denies it', (made) => limit(made, 'SERVICE_CONTROL_POLICY', never('s3:PutObject')), WRITING('with an explicit deny in a service control policy')],
    ['a resource control policy denies it', (made) => limit(made, 'RESOURCE_CONTROL_POLICY', never('s3:PutObject', { Principal: '*' })), WRITING('with an explicit deny in a resource control policy')],
  ])('%s', (_, spoil, text) => {
    const made = stage();
    spoil(made);
    const { ends, Key } = exported(made);
    expect(ends).toMatch(text);
    expect(() => headObject(made.state, MEMBER, { Bucket, Key })).toThrow();
  });
});

describe('a bucket under a key of its own', () => {
  const GENERATING = (why: string) => denied('kms:GenerateDataKey', 'arn:aws:kms:\\S+', why);

  test('gives its headers to the file that an export writes, which S3 gives its own otherwise', () => {
    const made = stage();
    const plain = headObject(made.state, MEMBER, { Bucket, Key: exported(made).Key });
    expect([plain.ServerSideEncryption, plain.SSEKMSKeyId]).toEqual(['AES256', undefined]);
    const key = encrypt(made.state);
    give(made.state, may('s3:PutObject'), may('kms:GenerateDataKey', key));
    const { ends, Key } = exported(made);
    expect(ends).toBe('COMPLETED');
    const kept = headObject(made.state, MEMBER, { Bucket, Key });
    expect([kept.ServerSideEncryption, kept.SSEKMSKeyId]).toEqual(['aws:kms', key]);
  });

  test('lets those write whom identity and the policy of the key let use it by way of S3', () => {
    const made = stage();
    const key = encrypt(made.state);
    const via = (service: string) => ({
      ...may('kms:GenerateDataKey', key),
      Condition: { StringEquals: { 'kms:ViaService': `${service}.${MEMBER.region}.amazonaws.com` } },
    });
    expect(exported(made).ends).toMatch(
      GENERATING('because no identity-based policy allows the kms:GenerateDataKey action'),
    );
    give(made.state, may('s3:PutObject'), via('backup'));
    expect(exported(made).ends).toMatch(/kms:GenerateDataKey/);
    give(made.state, may('s3:PutObject'), via('s3'));
    expect(exported(made).ends).toBe('COMPLETED');
    const own = { ...may('kms:*'), Principal: { AWS: `arn:aws:iam::${MEMBER.account}:root` } };
    const Policy = document(own, { ...never('kms:GenerateDataKey'), Principal: { AWS: ROLE } });
    putKeyPolicy(made.state, MEMBER, { KeyId: key, PolicyName: 'default', Policy });
    expect(exported(made).ends).toMatch(GENERATING('with an explicit deny in a resource-based policy'));
  });

  test('asks for the file alone under the key, and for no ACL', () => {
    const made = stage();
    const key = encrypt(made.state);
    const allowing = (arn: string, acl: string) => {
      const put = { ...may('s3:PutObject'), Condition: { Null: { 's3:x-amz-acl': acl } } };
      const Condition = { StringLike: { 'kms:EncryptionContext:aws:s3:arn': arn } };
      give(made.state, put, { ...may('kms:GenerateDataKey', key), Condition });
    };
    allowing(`arn:aws:s3:::${Bucket}/found/*.csv`, 'true');
    expect(exported(made).ends).toBe('COMPLETED');
    allowing(`arn:aws:s3:::${Bucket}`, 'true');
    expect(exported(made).ends).toMatch(/kms:GenerateDataKey/);
    allowing(`arn:aws:s3:::${Bucket}/found/*.csv`, 'false');
    expect(exported(made).ends).toMatch(/s3:PutObject/);
  });

  test('takes no file while the key is disabled, nor once it waits for its deletion or is gone', () => {
    const made = stage();
    const KeyId = encrypt(made.state);
    give(made.state, may('s3:PutObject'), may('kms:GenerateDataKey'));
    disableKey(made.state, MEMBER, { KeyId });
    expect(exported(made).ends).toBe(UNUSABLE);
    scheduleKeyDeletion(made.state, MEMBER, { KeyId, PendingWindowInDays: 7 });
    expect(exported(made).ends).toBe(UNUSABLE);
    made.state.runUntil(made.state.now + 8 * DAY);
    const { SearchJobIdentifier: search } = startSearchJob(made.state, MEMBER, SEARCH);
    made.state.runUntil(made.state.now + 2 * MINUTE);
    expect(exported({ ...made, search }).ends).toBe(GONE);
  });
});
