// Inputs that several steps of the story have in common.
import { OWNER, REGION, ROLE } from './stage';

export const MAIN = { BackupVaultName: 'main' };
export const vaultArn = (name: string) => `arn:aws:backup:${REGION}:${OWNER}:backup-vault:${name}`;
export const TEAM = `arn:aws:mpa:us-east-1:${OWNER}:approval-team/backup`;
export const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }],
});
export const RULE = {
  RuleName: 'daily',
  TargetBackupVaultName: 'main',
  ScheduleExpression: 'cron(0 5 * * ? *)',
  Lifecycle: { DeleteAfterDays: 35 },
};
export const DRILL = {
  RestoreTestingPlanName: 'drill',
  ScheduleExpression: 'cron(0 8 * * ? *)',
  RecoveryPointSelection: {
    Algorithm: 'LATEST_WITHIN_WINDOW',
    RecoveryPointTypes: ['SNAPSHOT'],
    IncludeVaults: ['*'],
  },
};
export const tiers = (days: number) => ({
  BackupVaultName: 'main',
  ResourceSelection: [{ ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: days }],
});
export const SCAN = {
  BackupVaultName: 'main',
  RecoveryPointArn: '$snapshot',
  IamRoleArn: ROLE,
  ScannerRoleArn: `arn:aws:iam::${OWNER}:role/scanner`,
  MalwareScanner: 'GUARDDUTY',
  ScanMode: 'FULL_SCAN',
};
export const REPORT = { ReportPlanName: 'jobs' };
export const backupOf = (ResourceArn: string, IdempotencyToken: string) => ({
  operation: 'StartBackupJob',
  input: { ...MAIN, ResourceArn, IamRoleArn: ROLE, IdempotencyToken, Lifecycle: { DeleteAfterDays: 100 } },
});

export const GAP = { BackupVaultName: 'gap' };
