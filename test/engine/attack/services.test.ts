/** What backups rest on in other services, attacked: aliases of keys, automated backups of databases, roles of AWS Backup. */
import { Guardrail, GuardrailPolicies, PlainValues } from '@holdfast/model';
import { attack, Attempt } from '../../../engine/src/attack/attack';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createReportPlan } from '../../../engine/src/operations/backup/create-report-plan';
import { createRestoreAccessBackupVault } from '../../../engine/src/operations/backup/create-restore-access-backup-vault';
import { createRestoreTestingPlan } from '../../../engine/src/operations/backup/create-restore-testing-plan';
import { associateBackupVaultMpaApprovalTeam } from '../../../engine/src/operations/backup/associate-backup-vault-mpa-approval-team';
import { createLogicallyAirGappedBackupVault } from '../../../engine/src/operations/backup/create-logically-air-gapped-backup-vault';
import { createAlias } from '../../../engine/src/operations/kms/create-alias';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { attachPolicy } from '../../../engine/src/operations/organizations/attach-policy';
import { createPolicy } from '../../../engine/src/operations/organizations/create-policy';
import { deleteDBCluster } from '../../../engine/src/operations/rds/delete-db-cluster';
import { deleteDBInstance } from '../../../engine/src/operations/rds/delete-db-instance';
import { describeDBClusters } from '../../../engine/src/operations/rds/describe-db-clusters';
import { describeDBInstances } from '../../../engine/src/operations/rds/describe-db-instances';
import { modifyDBCluster } from '../../../engine/src/operations/rds/modify-db-cluster';
import { modifyDBInstance } from '../../../engine/src/operations/rds/modify-db-instance';
import { createBucket } from '../../../engine/src/operations/s3/create-bucket';
import { putBucketEncryption } from '../../../engine/src/operations/s3/put-bucket-encryption';
import { MANAGEMENT, MEMBER, organization, Stage } from '../scenarios/organization-stage';
import { plan, resource, rule, until, vault } from '../scenarios/stage';

const KEY_ID = '1b2c3d4e-0000-4000-8000-000000000009';
const KEY = `arn:aws:kms:${MEMBER.region}:${MEMBER.account}:key/${KEY_ID}`;
const ADMINISTRATOR = `arn:aws:iam::${MEMBER.account}:role/Administrator`;
const CREDENTIALS = { SkipFinalSnapshot: true };

/** An organization whose member has a vault and whatever else is given; the guardrails hang on its unit. */
function staged(guardrails: Guardrail[], more: Parameters<typeof organization>[0] = {}): Stage {
  const stage = organization({ vaults: [vault('main', { env: MEMBER, encryptionKeyArn: KEY })], ...more });
  const { state, unit } = stage;
  createKey(state, MEMBER, { Tags: [{ TagKey: 'backup-key', TagValue: 'true' }] }, KEY_ID);
  if (guardrails.length > 0) {
    const { policies } = GuardrailPolicies.pack({ guardrails }, '', new PlainValues());
    const Content = JSON.stringify(policies[0]?.content);
    const Type = 'SERVICE_CONTROL_POLICY';
    const made = createPolicy(state, MANAGEMENT, { Name: 'guardrails', Content, Type, Description: '' });
    attachPolicy(state, MANAGEMENT, { PolicyId: made.Policy?.PolicySummary?.Id ?? '', TargetId: unit });
  }
  return stage;
}

function outcomes(state: WorldState, target: Attempt['target']): [action: string, because: string][] {
  return attack(state, [ADMINISTRATOR])
    .attempts.filter((attempt) => attempt.target === target)
    .map(({ action, succeeds, stoppedBy, because }) => [
      action,
      succeeds ? because.slice(0, because.indexOf(':')) : (stoppedBy?.policyType ?? because),
    ]);
}

describe('an alias of the key of a vault', () => {
  function aliased(guardrails: Guardrail[]): WorldState {
    const { state } = staged(guardrails);
    createAlias(state, MEMBER, { AliasName: 'alias/backups', TargetKeyId: KEY_ID });
    return state;
  }

  function encrypt(state: WorldState, KMSMasterKeyID: string): void {
    const CreateBucketConfiguration = { LocationConstraint: 'eu-central-1' as const };
    createBucket(state, MEMBER, { Bucket: 'orders', CreateBucketConfiguration });
    const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID };
    const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault }] };
    putBucketEncryption(state, MEMBER, { Bucket: 'orders', ServerSideEncryptionConfiguration });
  }

  const NOTHING = 'nothing goes by the alias: vaults, points and databases keep the key that they were made with';

  test('leads nothing astray while no bucket goes by it, be the key the same (B7.1/1)', () => {
    const state = aliased([]);
    encrypt(state, KEY);
    expect(outcomes(state, 'key-alias')).toEqual([
      ['kms:UpdateAlias', NOTHING],
      ['kms:DeleteAlias', NOTHING],
    ]);
  });

  test.each(['alias/backups', `arn:aws:kms:${MEMBER.region}:${MEMBER.account}:alias/backups`])(
    'leads a bucket that goes by it as %s to another key',
    (name) => {
      const state = aliased([]);
      encrypt(state, name);
      expect(outcomes(state, 'key-alias')).toEqual([
        ['kms:UpdateAlias', 'nothing stops it'],
        ['kms:DeleteAlias', 'nothing stops it'],
      ]);
    },
  );

  test('is kept by protect-keys', () => {
    const state = aliased([Guardrail.protectKeys()]);
    encrypt(state, 'alias/backups');
    expect(outcomes(state, 'key-alias')).toEqual([
      ['kms:UpdateAlias', 'service-control'],
      ['kms:DeleteAlias', 'service-control'],
    ]);
  });
});

describe('a database with a continuous backup', () => {
  const continuous = rule('continuous', { enableContinuousBackup: true, lifecycle: { deleteAfterDays: 8 } });
  const ESTATE = {
    resources: [resource('rds', 'orders', { env: MEMBER }), resource('aurora', 'shop', { env: MEMBER })],
    plans: [plan('daily', [continuous], { env: MEMBER })],
  };
  const backedUp = (guardrails: Guardrail[] = []): WorldState => until(staged(guardrails, ESTATE).state, '2027-01-03');

  const HELD = 'RDS stops it, as AWS Backup holds the automated backups';
  const ACTIVE = 'RDS stops it, as the database is there';

  test('keeps its automated backups, whatever RDS is asked for', () => {
    expect(outcomes(backedUp(), 'database')).toEqual([
      ['rds:ModifyDBCluster', HELD],
      ['rds:DeleteDBCluster', HELD],
      ['rds:DeleteDBClusterAutomatedBackup', ACTIVE],
      ['rds:ModifyDBInstance', HELD],
      ['rds:DeleteDBInstance', HELD],
      ['rds:DeleteDBInstanceAutomatedBackup', ACTIVE],
    ]);
  });

  test('is attacked only once there is such a backup', () => {
    expect(outcomes(staged([], ESTATE).state, 'database')).toEqual([]);
  });

  test('shows the point and its days, takes these alone, and goes without its automated backups', () => {
    const state = backedUp();
    const instance = { DBInstanceIdentifier: 'orders' };
    const cluster = { DBClusterIdentifier: 'shop' };
    const [shown] = describeDBInstances(state, MEMBER, instance).DBInstances ?? [];
    const [shownCluster] = describeDBClusters(state, MEMBER, cluster).DBClusters ?? [];
    const arn = expect.stringMatching(/:recovery-point:continuous:/) as string;
    expect(shown).toMatchObject({ BackupRetentionPeriod: 8, AwsBackupRecoveryPointArn: arn });
    expect(shownCluster).toMatchObject({ BackupRetentionPeriod: 8, AwsBackupRecoveryPointArn: arn });
    expect(() => modifyDBInstance(state, MEMBER, { ...instance, BackupRetentionPeriod: 0 })).toThrow(
      `You can leave BackupRetentionPeriod blank, or you can specify it only with the current value 8.`,
    );
    expect(() => modifyDBCluster(state, MEMBER, { ...cluster, BackupRetentionPeriod: 1 })).toThrow(
      `The BackupRetentionPeriod can be blank, or you can use the current value,8.`,
    );
    modifyDBInstance(state, MEMBER, { ...instance, BackupRetentionPeriod: 8 });
    modifyDBCluster(state, MEMBER, { ...cluster, Port: 3307 });
    const along = { ...CREDENTIALS, DeleteAutomatedBackups: true };
    expect(() => deleteDBInstance(state, MEMBER, { ...instance, ...along })).toThrow(
      'NoDeleteAutomatedBackups must be',
    );
    expect(() => deleteDBCluster(state, MEMBER, { ...cluster, ...along })).toThrow('NoDeleteAutomatedBackups must be');
    deleteDBInstance(state, MEMBER, { ...instance, ...CREDENTIALS, DeleteAutomatedBackups: false });
    deleteDBCluster(state, MEMBER, { ...cluster, ...CREDENTIALS });
    expect(describeDBInstances(state, MEMBER, {}).DBInstances).toEqual([]);
  });

  test('without one it keeps automated backups for as long as it is told to, and takes them along', () => {
    const { state } = staged([], ESTATE);
    const instance = { DBInstanceIdentifier: 'orders' };
    const changed = modifyDBInstance(state, MEMBER, { ...instance, BackupRetentionPeriod: 0 });
    expect(changed.DBInstance?.BackupRetentionPeriod).toBe(0);
    expect(changed.DBInstance?.AwsBackupRecoveryPointArn).toBeUndefined();
    deleteDBInstance(state, MEMBER, { ...instance, ...CREDENTIALS, DeleteAutomatedBackups: true });
    expect(outcomes(state, 'automated-backups')).toEqual([]);
  });

  test.each([
    ['nothing keeps what it leaves behind', [], 'nothing stops it'],
    ['no-back-door-deletes keeps what it leaves behind', [Guardrail.noBackDoorDeletes()], 'service-control'],
  ] as const)('%s', (_, guardrails, outcome) => {
    const state = backedUp([...guardrails]);
    deleteDBInstance(state, MEMBER, { DBInstanceIdentifier: 'orders', ...CREDENTIALS });
    deleteDBCluster(state, MEMBER, { DBClusterIdentifier: 'shop', ...CREDENTIALS });
    expect(outcomes(state, 'automated-backups')).toEqual([
      ['rds:DeleteDBClusterAutomatedBackup', outcome],
      ['rds:DeleteDBInstanceAutomatedBackup', outcome],
    ]);
    const { attempts } = attack(state, [ADMINISTRATOR]);
    const doubts = attempts.filter(({ target, succeeds }) => target === 'automated-backups' && succeeds);
    expect(doubts.filter(({ because }) => !/whether RDS refuses it .* is not documented$/.test(because))).toEqual([]);
  });
});

describe('the roles that AWS Backup alone assumes', () => {
  const roles = (state: WorldState) =>
    attack(state, [ADMINISTRATOR])
      .attempts.filter(({ target }) => target === 'linked-role')
      .map(({ resource: arn, stoppedBy }) => [arn.split('/').at(-1), stoppedBy?.policyType ?? stoppedBy?.kind]);

  test('are kept by IAM, each while there is what it is for', () => {
    const { state } = staged([]);
    expect(roles(state)).toEqual([['AWSServiceRoleForBackup', 'state']]);
    createReportPlan(state, MEMBER, {
      ReportPlanName: 'jobs',
      ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
      ReportDeliveryChannel: { S3BucketName: 'reports' },
    });
    createRestoreTestingPlan(state, MEMBER, {
      RestoreTestingPlan: {
        RestoreTestingPlanName: 'tests',
        ScheduleExpression: 'cron(0 1 ? * * *)',
        RecoveryPointSelection: {
          Algorithm: 'LATEST_WITHIN_WINDOW',
          IncludeVaults: ['*'],
          RecoveryPointTypes: ['SNAPSHOT'],
        },
      },
    });
    expect(roles(state)).toEqual([
      ['AWSServiceRoleForBackup', 'state'],
      ['AWSServiceRoleForBackupReports', 'state'],
      ['AWSServiceRoleForBackupRestoreTesting', 'state'],
    ]);
  });

  test('are kept by protect-service-linked-roles before IAM is asked', () => {
    expect(roles(staged([Guardrail.protectServiceLinkedRoles()]).state)).toEqual([
      ['AWSServiceRoleForBackup', 'service-control'],
    ]);
  });
});

test('the way of another account into an air-gapped vault is taken away by its team alone (B7.5/8)', () => {
  const { state } = staged([]);
  const BackupVaultName = 'gapped';
  const { BackupVaultArn = '' } = createLogicallyAirGappedBackupVault(state, MEMBER, {
    BackupVaultName,
    MinRetentionDays: 7,
    MaxRetentionDays: 30,
  });
  const because = () =>
    outcomes(state, 'vault').filter(([action]) => action === 'backup:RevokeRestoreAccessBackupVault');
  expect(because()).toEqual([['backup:RevokeRestoreAccessBackupVault', 'no account has a way in']]);
  state.ledger.organizations.list()[0]?.settings.set('isMpaEnabled', 'true');
  const team = 'arn:aws:mpa:us-east-1:000000000001:approval-team/backups';
  associateBackupVaultMpaApprovalTeam(state, MEMBER, { BackupVaultName, MpaApprovalTeamArn: team });
  createRestoreAccessBackupVault(state, MANAGEMENT, {
    SourceBackupVaultArn: BackupVaultArn,
    BackupVaultName: 'way-in',
  });
  expect(because()).toEqual([['backup:RevokeRestoreAccessBackupVault', `the approval team ${team} has to consent`]]);
});

test('the points of what was deleted are attacked as before (B5.2/8)', () => {
  const plans = [plan('daily', [rule('daily')], { env: MEMBER })];
  const resources = [resource('fsx-lustre', 'fs-0123456789abcdef0', { env: MEMBER })];
  const state = until(staged([], { resources, plans }).state, '2027-01-03');
  const [fileSystem] = state.ledger.resources.list();
  state.removeResource(fileSystem!);
  expect(outcomes(state, 'recovery-point')).toContainEqual(['backup:DeleteRecoveryPoint', 'nothing stops it']);
});
