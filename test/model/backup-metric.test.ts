import { BackupMetric, BackupMetricExpressions, BackupMetricStatistic } from '@holdfast/model';

const { BACKUP_JOBS_FAILED, RECOVERY_POINTS_EXPIRED, COPY_JOBS_RUNNING } = BackupMetric;

test('the metrics are those that AWS Backup sends', () => {
  expect(BackupMetric.all().map(({ metricName }) => metricName.replace(/^NumberOf/, ''))).toEqual([
    'BackupJobsCreated',
    'BackupJobsPending',
    'BackupJobsRunning',
    'BackupJobsAborted',
    'BackupJobsCompleted',
    'BackupJobsFailed',
    'BackupJobsExpired',
    'CopyJobsCreated',
    'CopyJobsRunning',
    'CopyJobsCompleted',
    'CopyJobsFailed',
    'RestoreJobsPending',
    'RestoreJobsRunning',
    'RestoreJobsCompleted',
    'RestoreJobsFailed',
    'RecoveryPointsCompleted',
    'RecoveryPointsPartial',
    'RecoveryPointsExpired',
    'RecoveryPointsDeleting',
    'RecoveryPointsCold',
  ]);
  expect(BackupMetric.all().map(({ metricName }) => /^NumberOf/.test(metricName))).not.toContain(false);
});

test('what came into a state is summed, what is in it is not', () => {
  expect(BACKUP_JOBS_FAILED.statistic).toBe(BackupMetricStatistic.SUM);
  expect(RECOVERY_POINTS_EXPIRED.statistic).toBe(BackupMetricStatistic.MAXIMUM);
  expect(COPY_JOBS_RUNNING.statistic).toBe(BackupMetricStatistic.MAXIMUM);
});

test('a graph names a metric by its state', () => {
  expect([BACKUP_JOBS_FAILED.label, RECOVERY_POINTS_EXPIRED.label]).toEqual(['Failed', 'Expired']);
});

// prettier-ignore
test.each([
  [{},                                                    `SUM(SEARCH('{AWS/Backup,BackupVaultName} MetricName="NumberOfBackupJobsFailed"', 'Sum', 300))`],
  [{ backupVaultName: 'primary' },                        `SUM(SEARCH('{AWS/Backup,BackupVaultName} MetricName="NumberOfBackupJobsFailed" BackupVaultName="primary"', 'Sum', 300))`],
  [{ resourceType: 'EBS' },                               `SUM(SEARCH('{AWS/Backup,BackupVaultName,ResourceType} MetricName="NumberOfBackupJobsFailed" ResourceType="EBS"', 'Sum', 300))`],
  [{ backupVaultName: 'primary', resourceType: 'EBS' },   `SUM(SEARCH('{AWS/Backup,BackupVaultName,ResourceType} MetricName="NumberOfBackupJobsFailed" BackupVaultName="primary" ResourceType="EBS"', 'Sum', 300))`],
])('a graph searches %j', (scope, expression) => {
  expect(BackupMetricExpressions.search(BACKUP_JOBS_FAILED, scope, 300)).toBe(expression);
});

// prettier-ignore
test.each([
  [{},                                                  'SELECT SUM(NumberOfBackupJobsFailed) FROM SCHEMA("AWS/Backup", BackupVaultName)'],
  [{ resourceType: 'EBS' },                             `SELECT SUM(NumberOfBackupJobsFailed) FROM SCHEMA("AWS/Backup", BackupVaultName, ResourceType) WHERE ResourceType = 'EBS'`],
  [{ backupVaultName: 'primary', resourceType: 'EBS' }, `SELECT SUM(NumberOfBackupJobsFailed) FROM SCHEMA("AWS/Backup", BackupVaultName, ResourceType) WHERE BackupVaultName = 'primary' AND ResourceType = 'EBS'`],
])('an alarm queries %j', (scope, query) => {
  expect(BackupMetricExpressions.insights(BACKUP_JOBS_FAILED, scope)).toBe(query);
});

test('a query over what is in a state takes the greatest value', () => {
  expect(BackupMetricExpressions.insights(RECOVERY_POINTS_EXPIRED, {})).toContain('MAX(NumberOfRecoveryPointsExpired)');
});

test('a sum has a zero where a metric has no value', () => {
  expect(BackupMetricExpressions.filled(['m0', 'm1'])).toBe('FILL(m0, 0) + FILL(m1, 0)');
});
