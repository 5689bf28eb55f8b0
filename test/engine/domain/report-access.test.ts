// Reports that policies, keys and buckets keep from their place.
import { ReportTemplate } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { HOUR, MINUTE } from '../../../engine/src/kernel/instant';
import { describeReportJob } from '../../../engine/src/operations/backup/describe-report-job';
import { listReportJobs } from '../../../engine/src/operations/backup/list-report-jobs';
import { listReportPlans } from '../../../engine/src/operations/backup/list-report-plans';
import { startReportJob } from '../../../engine/src/operations/backup/start-report-job';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { putKeyPolicy } from '../../../engine/src/operations/kms/put-key-policy';
import { createBucket } from '../../../engine/src/operations/s3/create-bucket';
import { putBucketEncryption } from '../../../engine/src/operations/s3/put-bucket-encryption';
import { putBucketPolicy } from '../../../engine/src/operations/s3/put-bucket-policy';
import { allow, deny, enforced, KEY_ID, NO_KEY } from '../scenarios/enforced-stage';
import { create, pass, staged } from '../scenarios/report-stage';
import { CMK, ENV } from '../scenarios/stage';

const OTHER = { ...ENV, account: '444455556666' };
const REPORTS = `arn:aws:iam::${ENV.account}:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports`;
const FILES = 'arn:aws:s3:::reports/*';
const OWNED = { Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } } };
const LET_IN = { ...allow('s3:PutObject', FILES, OWNED), Principal: { AWS: REPORTS } };
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** A World whose policies decide, with a report plan into a bucket that this account, if any, has. */
function reporting(owner: typeof ENV | undefined, ...statements: object[]): WorldState {
  const state = enforced();
  if (owner !== undefined) {
    const CreateBucketConfiguration = { LocationConstraint: ENV.region as 'eu-central-1' };
    createBucket(state, owner, { Bucket: 'reports', CreateBucketConfiguration });
  }
  if (owner !== undefined && statements.length > 0) {
    putBucketPolicy(state, owner, { Bucket: 'reports', Policy: document(...statements) });
  }
  create(state, ReportTemplate.BACKUP_JOB);
  return state;
}

function encrypted(state: WorldState, ...statements: object[]): WorldState {
  const root = { ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${ENV.account}:root` } };
  createKey(state, ENV, {}, KEY_ID);
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: CMK } };
  putBucketEncryption(state, ENV, { Bucket: 'reports', ServerSideEncryptionConfiguration: { Rules: [rule] } });
  putKeyPolicy(state, ENV, { KeyId: CMK, Policy: document(root, ...statements) });
  return state;
}

/** How a report that is asked for ends: its state, or its message when it FAILED. */
function reported(state: WorldState): string {
  const { ReportJobId } = startReportJob(state, ENV, { ReportPlanName: 'jobs' });
  pass(state, MINUTE + 1);
  const { ReportJob } = describeReportJob(state, ENV, { ReportJobId });
  expect(ReportJob?.Status).toBe(ReportJob?.StatusMessage === undefined ? 'COMPLETED' : 'FAILED');
  return ReportJob?.StatusMessage ?? 'COMPLETED';
}

const DENIED = `is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::reports/Backup/`;

// prettier-ignore
test.each<[string, typeof ENV | undefined, object[], string]>([
  ['missing',                                   undefined, [],                                                                  'The specified bucket does not exist'],
  ['its own, with the policy that AWS shows',   ENV,       [LET_IN],                                                            'COMPLETED'],
  ['its own, and open to everybody',            ENV,       [{ ...LET_IN, Principal: '*' }],                                     'COMPLETED'],
  ['its own, without a policy',                 ENV,       [],                                                                  'no identity-based policy allows'],
  ['its own, open to its account alone',        ENV,       [{ ...LET_IN, Principal: { AWS: ENV.account } }],                    'no identity-based policy allows'],
  ['its own, open for other objects',           ENV,       [{ ...LET_IN, Resource: 'arn:aws:s3:::reports/other/*' }],           'no identity-based policy allows'],
  ['its own, for owners of another kind',       ENV,       [{ ...LET_IN, Condition: { StringEquals: { 's3:x-amz-acl': 'private' } } }], 'no identity-based policy allows'],
  ['its own, and denied',                       ENV,       [LET_IN, { ...deny('s3:PutObject', FILES), Principal: '*' }],        'with an explicit deny in a resource-based policy'],
  ['that of another account',                   OTHER,     [LET_IN],                                                            'no identity-based policy allows'],
])('into a bucket that is %s, a report is put or FAILED (B10.2/6)', (_, owner, statements, expected) => {
  const state = reporting(owner, ...statements);
  const said = reported(state);
  expect(said).toContain(expected);
  expect(said.includes(DENIED)).toBe(!/^COMPLETED|does not exist/.test(expected));
  const done = expected === 'COMPLETED';
  expect(state.reportPlans.files.list()).toHaveLength(done ? 1 : 0);
  const [job] = listReportJobs(state, ENV, {}).ReportJobs ?? [];
  expect([job?.Status, job?.StatusMessage, job?.ReportDestination !== undefined]).toEqual([
    done ? 'COMPLETED' : 'FAILED',
    done ? undefined : said,
    done,
  ]);
  const [made] = listReportPlans(state, ENV, {}).ReportPlans ?? [];
  expect(made?.LastAttemptedExecutionTime).toBeDefined();
  expect(made?.LastSuccessfulExecutionTime !== undefined).toBe(done);
});

test('a report under the key of its bucket needs the key, which lets the role in itself (B10.2/6)', () => {
  const use = { ...allow(['kms:GenerateDataKey', 'kms:Decrypt']), Principal: { AWS: REPORTS } };
  expect(reported(encrypted(reporting(ENV, LET_IN)))).toContain('perform: kms:GenerateDataKey');
  const state = encrypted(reporting(ENV, LET_IN), use);
  expect(reported(state)).toBe('COMPLETED');
  disableKey(state, ENV, { KeyId: CMK });
  expect(reported(state)).toBe(NO_KEY);
});

test('a report that FAILED is told of, and the next one is tried', () => {
  const state = reporting(ENV);
  const told: unknown[] = [];
  state.ledger.observers.add((change) => {
    if (change.kind === 'service-event') {
      told.push([change.eventName, change.details.status]);
    }
  });
  reported(state);
  expect(told).toEqual([
    ['ReportJobStarted', 'RUNNING'],
    ['ReportJobCompleted', 'FAILED'],
  ]);
  putBucketPolicy(state, ENV, { Bucket: 'reports', Policy: document(LET_IN) });
  pass(state, 30 * HOUR);
  const jobs = listReportJobs(state, ENV, {}).ReportJobs ?? [];
  expect(jobs.map(({ Status }) => Status)).toEqual(['COMPLETED', 'COMPLETED', 'FAILED']);
});

test('where policies decide nothing, a report is put into any bucket', () => {
  const state = staged();
  create(state, ReportTemplate.BACKUP_JOB);
  expect(reported(state)).toBe('COMPLETED');
});
