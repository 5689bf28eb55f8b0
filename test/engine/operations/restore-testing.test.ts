// create/get/list/update/delete of restore testing plans and selections, get-restore-testing-inferred-metadata,
// put-restore-validation-result, list-restore-jobs-by-protected-resource
import type { RestoreTestingSelectionForCreate } from '@aws-sdk/client-backup';
import type { StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createRestoreTestingPlan } from '../../../engine/src/operations/backup/create-restore-testing-plan';
import { createRestoreTestingSelection } from '../../../engine/src/operations/backup/create-restore-testing-selection';
import { deleteRestoreTestingPlan } from '../../../engine/src/operations/backup/delete-restore-testing-plan';
import { deleteRestoreTestingSelection } from '../../../engine/src/operations/backup/delete-restore-testing-selection';
import { deleteRole } from '../../../engine/src/operations/iam/delete-role';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { describeProtectedResource } from '../../../engine/src/operations/backup/describe-protected-resource';
import { describeRecoveryPoint } from '../../../engine/src/operations/backup/describe-recovery-point';
import { getRestoreJobMetadata } from '../../../engine/src/operations/backup/get-restore-job-metadata';
import { getRestoreTestingInferredMetadata } from '../../../engine/src/operations/backup/get-restore-testing-inferred-metadata';
import { getRestoreTestingPlan } from '../../../engine/src/operations/backup/get-restore-testing-plan';
import { getRestoreTestingSelection } from '../../../engine/src/operations/backup/get-restore-testing-selection';
import { listRestoreJobs } from '../../../engine/src/operations/backup/list-restore-jobs';
import { listRestoreJobsByProtectedResource } from '../../../engine/src/operations/backup/list-restore-jobs-by-protected-resource';
import { listRestoreTestingPlans } from '../../../engine/src/operations/backup/list-restore-testing-plans';
import { listRestoreTestingSelections } from '../../../engine/src/operations/backup/list-restore-testing-selections';
import { putRestoreValidationResult } from '../../../engine/src/operations/backup/put-restore-validation-result';
import { updateRestoreTestingPlan } from '../../../engine/src/operations/backup/update-restore-testing-plan';
import { updateRestoreTestingSelection } from '../../../engine/src/operations/backup/update-restore-testing-selection';
import { ENV, resource, ROLE, until, world } from '../scenarios/stage';
import { backedUp, jobs, tested, testingPlan, testingSelection, START } from '../scenarios/restore-testing-stage';

const ORDERS = resource('dynamodb-advanced', 'orders');
const OTHER_REGION = { ...ENV, region: 'us-east-1' };
const DRILL = { RestoreTestingPlanName: 'drill' };
const TABLES = { ...DRILL, RestoreTestingSelectionName: 'tables' };

function empty(): WorldState {
  return world(START, {});
}

describe('a restore testing plan', () => {
  test('is made once for a request, and once for a name in a Region (B9.1/4)', () => {
    const state = empty();
    const input = { RestoreTestingPlan: testingPlan(), CreatorRequestId: 'a' };
    const first = createRestoreTestingPlan(state, ENV, input);
    expect(first.RestoreTestingPlanArn).toMatch(/:restore-testing-plan:drill-[0-9a-f-]{36}$/);
    expect(createRestoreTestingPlan(state, ENV, input)).toEqual(first);
    expect(() => createRestoreTestingPlan(state, ENV, { ...input, CreatorRequestId: 'b' })).toThrow('already exists');
    expect(createRestoreTestingPlan(state, OTHER_REGION, input).RestoreTestingPlanArn).toContain('us-east-1');
    expect(listRestoreTestingPlans(state, ENV, {}).RestoreTestingPlans).toHaveLength(1);
  });

  test('shows the defaults of what it was not told (B9.1/1, B9.1/3)', () => {
    const state = empty();
    const { StartWindowHours, ...RestoreTestingPlan } = testingPlan();
    createRestoreTestingPlan(state, ENV, { RestoreTestingPlan });
    expect(getRestoreTestingPlan(state, ENV, DRILL).RestoreTestingPlan).toMatchObject({
      RestoreTestingPlanName: 'drill',
      StartWindowHours: 24,
      RecoveryPointSelection: { SelectionWindowDays: 30, ExcludeVaults: [], IncludeVaults: ['*'] },
    });
    expect(StartWindowHours).toBe(1);
    expect(() => getRestoreTestingPlan(state, OTHER_REGION, DRILL)).toThrow('does not exist');
  });

  // prettier-ignore
  test.each([
    ['a start window of no hour',     { StartWindowHours: 0 },                    'startWindowHours must be'],
    ['a start window of 169 hours',   { StartWindowHours: 169 },                  'startWindowHours must be'],
    ['a name with a hyphen',          { RestoreTestingPlanName: 'a-b' },          'restoreTestingPlanName must be'],
    ['a schedule that is none',       { ScheduleExpression: 'daily' },            'scheduleExpression must be'],
    ['no schedule',                   { ScheduleExpression: '' },                 'ScheduleExpression is required'],
  ])('is refused with %s (B9.1/1, B9.1/3)', (_, more, text) => {
    expect(() => createRestoreTestingPlan(empty(), ENV, { RestoreTestingPlan: testingPlan(more) })).toThrow(text);
  });

  test('is one of 100 at most', () => {
    const state = empty();
    const create = (n: number) =>
      createRestoreTestingPlan(state, ENV, { RestoreTestingPlan: testingPlan({ RestoreTestingPlanName: `p${n}` }) });
    for (let n = 1; n <= 100; n++) {
      create(n);
    }
    expect(() => create(101)).toThrow('at most 100');
    const page = listRestoreTestingPlans(state, ENV, { MaxResults: 60 });
    expect(page.RestoreTestingPlans).toHaveLength(60);
    expect(listRestoreTestingPlans(state, ENV, { NextToken: page.NextToken }).RestoreTestingPlans).toHaveLength(40);
  });

  test('keeps what an update does not name (B9.1/4)', () => {
    const state = until(empty(), '2027-01-01T01:00:00Z');
    createRestoreTestingPlan(state, ENV, { RestoreTestingPlan: testingPlan() });
    until(state, '2027-01-01T02:00:00Z');
    const RestoreTestingPlan = {
      StartWindowHours: 3,
      RecoveryPointSelection: { SelectionWindowDays: 7 },
    };
    const { UpdateTime } = updateRestoreTestingPlan(state, ENV, { ...DRILL, RestoreTestingPlan });
    expect(UpdateTime).toEqual(new Date('2027-01-01T02:00:00Z'));
    expect(getRestoreTestingPlan(state, ENV, DRILL).RestoreTestingPlan).toMatchObject({
      CreationTime: new Date('2027-01-01T01:00:00Z'),
      LastUpdateTime: UpdateTime,
      ScheduleExpression: 'cron(0 12 ? * * *)',
      StartWindowHours: 3,
      RecoveryPointSelection: { Algorithm: 'LATEST_WITHIN_WINDOW', IncludeVaults: ['*'], SelectionWindowDays: 7 },
    });
    const wrong = { ...DRILL, RestoreTestingPlan: { RecoveryPointSelection: { SelectionWindowDays: 366 } } };
    expect(() => updateRestoreTestingPlan(state, ENV, wrong)).toThrow('selectionWindowDays must be');
  });

  test('goes when its selections are gone, and runs no more (B9.1/4)', () => {
    const state = backedUp([ORDERS]);
    tested(state);
    until(state, '2027-01-01T06:00:00Z');
    expect(() => deleteRestoreTestingPlan(state, ENV, DRILL)).toThrow('has restore testing selections');
    deleteRestoreTestingSelection(state, ENV, TABLES);
    deleteRestoreTestingPlan(state, ENV, DRILL);
    expect(() => getRestoreTestingPlan(state, ENV, DRILL)).toThrow('does not exist');
    expect(jobs(until(state, '2027-01-05T00:00:00Z'))).toEqual([]);
  });
});

describe('a restore testing selection', () => {
  function planned(): WorldState {
    const state = empty();
    createRestoreTestingPlan(state, ENV, { RestoreTestingPlan: testingPlan() });
    return state;
  }

  function select(state: WorldState, more: Partial<RestoreTestingSelectionForCreate> = {}, CreatorRequestId = 'a') {
    const RestoreTestingSelection = testingSelection(more);
    return createRestoreTestingSelection(state, ENV, { ...DRILL, RestoreTestingSelection, CreatorRequestId });
  }

  test('is made once for a request, and once for a name in a plan', () => {
    const state = planned();
    const first = select(state);
    expect(select(state)).toEqual(first);
    expect(() => select(state, {}, 'b')).toThrow('already exists');
    expect(listRestoreTestingSelections(state, ENV, DRILL).RestoreTestingSelections).toEqual([
      {
        CreationTime: new Date(START),
        IamRoleArn: ROLE,
        ProtectedResourceType: 'DynamoDB',
        ValidationWindowHours: 2,
        ...TABLES,
      },
    ]);
  });

  test('is one of 30 at most', () => {
    const state = planned();
    const create = (n: number) => select(state, { RestoreTestingSelectionName: `s${n}` });
    for (let n = 1; n <= 30; n++) {
      create(n);
    }
    expect(() => create(31)).toThrow('at most 30');
  });

  const GOLD = { StringEquals: [{ Key: 'aws:ResourceTag/tier', Value: 'gold' }] };

  // prettier-ignore
  test.each<[string, Partial<RestoreTestingSelectionForCreate>, string]>([
    ['of a type without tests',             { ProtectedResourceType: 'Redshift' },                                'protectedResourceType must be'],
    ['with a window of 169 hours',          { ValidationWindowHours: 169 },                                       'validationWindowHours must be'],
    ['with conditions on ARNs',             { ProtectedResourceArns: [ORDERS.arn], ProtectedResourceConditions: GOLD }, 'protectedResourceConditions must be'],
  ])('is refused %s (B9.2/1, B9.2/2, B9.2/3)', (_, more, text) => {
    expect(() => select(planned(), more)).toThrow(text);
  });

  test('with conditions alone is about everything of its type (B9.2/2)', () => {
    const state = planned();
    const { ProtectedResourceArns, ...selection } = testingSelection({ ProtectedResourceConditions: GOLD });
    createRestoreTestingSelection(state, ENV, { ...DRILL, RestoreTestingSelection: selection });
    expect(ProtectedResourceArns).toEqual(['*']);
    expect(getRestoreTestingSelection(state, ENV, TABLES).RestoreTestingSelection).toMatchObject({
      ProtectedResourceArns: ['*'],
      ProtectedResourceConditions: GOLD,
    });
  });

  test('keeps what an update does not name, and has ARNs in the place of conditions', () => {
    const state = planned();
    select(state, { ProtectedResourceConditions: GOLD });
    const update = (RestoreTestingSelection: object) =>
      updateRestoreTestingSelection(state, ENV, { ...TABLES, RestoreTestingSelection });
    update({ ValidationWindowHours: 5 });
    expect(getRestoreTestingSelection(state, ENV, TABLES).RestoreTestingSelection).toMatchObject({
      ProtectedResourceConditions: GOLD,
      ValidationWindowHours: 5,
    });
    update({ ProtectedResourceArns: [ORDERS.arn] });
    const { RestoreTestingSelection } = getRestoreTestingSelection(state, ENV, TABLES);
    expect(RestoreTestingSelection).toMatchObject({ ProtectedResourceArns: [ORDERS.arn], ValidationWindowHours: 5 });
    expect(RestoreTestingSelection).not.toHaveProperty('ProtectedResourceConditions');
    expect(() => update({ ValidationWindowHours: 169 })).toThrow('validationWindowHours must be');
  });

  test('that is not there is none', () => {
    const state = planned();
    expect(() => getRestoreTestingSelection(state, ENV, TABLES)).toThrow('does not exist in plan drill');
    expect(() => deleteRestoreTestingSelection(state, ENV, TABLES)).toThrow('does not exist in plan drill');
  });
});

describe('what a test restores with', () => {
  const FROM: readonly StatefulResource[] = [
    ORDERS,
    resource('ebs', 'vol-1'),
    resource('ec2', 'i-1'),
    resource('efs', 'fs-1'),
    resource('s3', 'docs'),
    resource('rds', 'db'),
    resource('documentdb', 'cluster'),
    resource('fsx-openzfs', 'fs-2'),
  ];
  const fresh = expect.stringMatching(/^awsbackup-restore-test-[0-9a-f]{16}$/) as string;
  const zone = expect.stringMatching(/^eu-central-1[abc]$/) as string;
  const state = until(backedUp([...FROM]), '2027-01-01T12:00:00Z');

  // prettier-ignore
  test.each<[string, StatefulResource | undefined, object]>([
    ['a table',         FROM[0], { targetTableName: fresh, encryptionType: 'Default' }],
    ['a volume',        FROM[1], { encrypted: 'true', availabilityZone: zone }],
    ['an instance',     FROM[2], { RequireIMDSv2: 'true', DisableApiTermination: 'false' }],
    ['a file system',   FROM[3], { 'file-system-id': 'fs-1', newFileSystem: 'true', Encrypted: 'true', KmsKeyId: 'alias/aws/elasticfilesystem', PerformanceMode: 'generalPurpose' }],
    ['a bucket',        FROM[4], { DestinationBucketName: fresh, NewBucket: 'true', EncryptionType: 'SSE-S3' }],
    ['a database',      FROM[5], { DBInstanceIdentifier: fresh, MultiAZ: 'false', PubliclyAccessible: 'false', DeletionProtection: 'false' }],
    ['a cluster',       FROM[6], { dbClusterIdentifier: fresh, engine: 'docdb', availabilityZones: expect.stringMatching(/^\["eu-central-1[abc]","eu-central-1[abc]","eu-central-1[abc]"\]$/) }],
    ['OpenZFS',         FROM[7], { OpenZFSConfiguration: '{"automaticBackupRetentionDays":0}' }],
  ])('is inferred for %s (B9.3/8, B9.3/7)', (_, from, expected) => {
    const [point] = state.pointsOf(from?.arn ?? '');
    const input = { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn };
    expect(getRestoreTestingInferredMetadata(state, ENV, input).InferredMetadata).toMatchObject(expected);
  });

  test('has the latest restorable time of a continuous point (B9.3/8, B5.3/1)', () => {
    const own = until(
      backedUp([FROM[4] as StatefulResource], { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 35 } }),
      '2027-01-01T12:00:00Z',
    );
    const [point] = own.pointsOf(FROM[4]?.arn ?? '');
    const input = { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn };
    const { InferredMetadata } = getRestoreTestingInferredMetadata(own, ENV, input);
    expect(InferredMetadata?.['RestoreTime']).toBe('2027-01-01T11:45:00Z');
  });

  function metadataWith(service: string, name: string, type: string, RestoreMetadataOverrides: Record<string, string>) {
    const own = backedUp([resource(service, name)]);
    tested(own, {}, { ProtectedResourceType: type, RestoreMetadataOverrides });
    const [job] = jobs(until(own, '2027-01-01T13:10:00Z'));
    const { Metadata = {} } = getRestoreJobMetadata(own, ENV, { RestoreJobId: job?.RestoreJobId });
    return { job, Metadata };
  }

  test('is what AWS Backup infers, with the overrides over it in whatever case (B9.2/3, B9.3/4)', () => {
    const { job, Metadata } = metadataWith('rds', 'db', 'RDS', { multiaz: 'true', DBInstanceClass: 'db.t3.small' });
    expect(job?.Status).toBe('COMPLETED');
    expect(Metadata).toMatchObject({ multiaz: 'true', DBInstanceClass: 'db.t3.small', PubliclyAccessible: 'false' });
    expect(Metadata).not.toHaveProperty('MultiAZ');
  });

  test('stays as inferred where a test may override nothing (B9.3/8)', () => {
    const { Metadata } = metadataWith('rds', 'db', 'RDS', { DBInstanceIdentifier: 'mine' });
    expect(Metadata['DBInstanceIdentifier']).toEqual(fresh);
  });

  // prettier-ignore
  test.each<[string, string, Record<string, string>, string, string | undefined]>([
    ['an unknown key',                  'rds',        { size: '1' },                                      'RDS',  'Restore job failed. The restore metadata is not valid for the resource type.'],
    ['nothing of what Lustre needs',    'fsx-lustre', {},                                                 'FSx',  'Restore job failed. The restore metadata lacks values that AWS Backup cannot infer.'],
    ['subnets for Lustre',              'fsx-lustre', { subnetIds: '["subnet-1"]' },                      'FSx',  undefined],
  ])('makes a restore fail or not: %s (B9.3/8)', (_, service, overrides, type, message) => {
    const { job } = metadataWith(service, 'fs-7', type, overrides);
    expect([job?.Status, job?.StatusMessage]).toEqual([message === undefined ? 'COMPLETED' : 'FAILED', message]);
  });
});

describe('restore jobs of a plan', () => {
  test('fail without a role that can be assumed (B9.3/9)', () => {
    const state = backedUp([ORDERS]);
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    };
    createRole(state, ENV, { RoleName: 'restores', AssumeRolePolicyDocument: JSON.stringify(trust) });
    tested(state, {}, { IamRoleArn: `arn:aws:iam::${ENV.account}:role/restores` });
    until(state, '2027-01-01T11:00:00Z');
    deleteRole(state, ENV, { RoleName: 'restores' });
    const [job] = jobs(until(state, '2027-01-01T13:10:00Z'));
    expect([job?.Status, job?.StatusMessage]).toEqual(['FAILED', 'IAM Role cannot be assumed by AWS Backup']);
    expect(() =>
      putRestoreValidationResult(state, ENV, { RestoreJobId: job?.RestoreJobId, ValidationStatus: 'SUCCESSFUL' }),
    ).toThrow('is not being validated');
  });

  test('are found by plan and by resource, and shown by what they restored (B8/6)', () => {
    const state = backedUp([ORDERS, resource('dynamodb-advanced', 'carts')]);
    const arn = tested(state);
    until(state, '2027-01-02T13:10:00Z');
    expect(listRestoreJobs(state, ENV, { ByRestoreTestingPlanArn: arn }).RestoreJobs).toHaveLength(4);
    expect(listRestoreJobs(state, ENV, { ByRestoreTestingPlanArn: `${arn}x` }).RestoreJobs).toEqual([]);
    const of = (more: object) =>
      listRestoreJobsByProtectedResource(state, ENV, { ResourceArn: ORDERS.arn, ...more }).RestoreJobs ?? [];
    expect(of({}).map((job) => job.RecoveryPointCreationDate?.toISOString().slice(0, 13))).toEqual([
      '2027-01-02T05',
      '2027-01-01T05',
    ]);
    expect(of({ ByStatus: 'FAILED' })).toEqual([]);
    expect(of({ ByRecoveryPointCreationDateAfter: new Date('2027-01-01T05:00:00Z') })).toHaveLength(1);
    expect(of({ ByRecoveryPointCreationDateBefore: new Date('2027-01-02T05:00:00Z') })).toHaveLength(1);
    const [latest] = of({});
    expect(describeProtectedResource(state, ENV, { ResourceArn: ORDERS.arn })).toMatchObject({
      LatestRestoreExecutionTimeMinutes: 2,
      LatestRestoreJobCreationDate: new Date('2027-01-02T12:00:00Z'),
      LatestRestoreRecoveryPointCreationDate: new Date('2027-01-02T05:00:00Z'),
    });
    const point = describeRecoveryPoint(state, ENV, {
      BackupVaultName: 'main',
      RecoveryPointArn: latest?.RecoveryPointArn,
    });
    expect(point.LastRestoreTime).toEqual(latest?.CompletionDate);
  });
});
