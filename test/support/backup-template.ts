// A template whose plan backs up every resource into the vault `vault`.

export const ROLE_ARN = 'arn:aws:iam::123456789012:role/backup';

/** What differs from a daily rule at five that keeps for ever. */
export interface BackupTemplateProps {
  readonly rule?: object;
  readonly vault?: object;
  readonly plan?: object;
  /** What else there is, by logical id; there before the plan. */
  readonly others?: Readonly<Record<string, object>>;
}

export function backupTemplate({ rule, vault, plan, others = {} }: BackupTemplateProps = {}): Record<string, unknown> {
  const daily = { RuleName: 'daily', TargetBackupVault: { Ref: 'Vault' }, ScheduleExpression: 'cron(0 5 * * ? *)' };
  const BackupPlan = { BackupPlanName: 'plan', BackupPlanRule: [{ ...daily, ...rule }], ...plan };
  return {
    Resources: {
      ...others,
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'vault', ...vault } },
      Plan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan } },
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: {
          BackupPlanId: { 'Fn::GetAtt': ['Plan', 'BackupPlanId'] },
          BackupSelection: { SelectionName: 'all', IamRoleArn: ROLE_ARN, Resources: ['*'] },
        },
      },
    },
  };
}

/** A restore testing plan that tests what is of a type each noon, for `others`. */
export function restoreTests(ProtectedResourceType: string, ValidationWindowHours?: number): Record<string, object> {
  const RecoveryPointSelection = {
    Algorithm: 'LATEST_WITHIN_WINDOW',
    IncludeVaults: ['*'],
    RecoveryPointTypes: ['SNAPSHOT'],
    SelectionWindowDays: 7,
  };
  const ScheduleExpression = 'cron(0 12 * * ? *)';
  return {
    Drill: {
      Type: 'AWS::Backup::RestoreTestingPlan',
      Properties: { RestoreTestingPlanName: 'drill', ScheduleExpression, StartWindowHours: 1, RecoveryPointSelection },
    },
    Tests: {
      Type: 'AWS::Backup::RestoreTestingSelection',
      Properties: {
        RestoreTestingPlanName: { Ref: 'Drill' },
        RestoreTestingSelectionName: 'tests',
        ProtectedResourceType,
        ProtectedResourceArns: ['*'],
        IamRoleArn: ROLE_ARN,
        ...(ValidationWindowHours !== undefined && { ValidationWindowHours }),
      },
    },
  };
}
