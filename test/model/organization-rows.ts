import { OrganizationBackupPlan, OrganizationBackupPolicy } from '@holdfast/model';

const assign = <T>(value: T) => ({ '@@assign': value });

/** A policy in which every element stands once, as the reference has it. */
export const SAMPLE = {
  plans: {
    PII_Backup_Plan: {
      regions: assign(['eu-central-1', 'eu-west-1']),
      rules: {
        Hourly: {
          schedule_expression: assign('cron(0 5/1 ? * * *)'),
          schedule_expression_timezone: assign('Etc/UTC'),
          start_backup_window_minutes: assign('480'),
          complete_backup_window_minutes: assign('10080'),
          enable_continuous_backup: assign('false'),
          lifecycle: {
            move_to_cold_storage_after_days: assign('180'),
            delete_after_days: assign('270'),
            opt_in_to_archive_for_supported_resources: assign('false'),
          },
          target_backup_vault_name: assign('FortKnox'),
          target_logically_air_gapped_backup_vault_arn: assign('arn:aws:backup:$region:$account:backup-vault:lag'),
          copy_actions: {
            'arn:aws:backup:eu-west-1:$account:backup-vault:secondary': {
              target_backup_vault_arn: assign('arn:aws:backup:eu-west-1:$account:backup-vault:secondary'),
              lifecycle: { delete_after_days: assign('100') },
            },
          },
          recovery_point_tags: { Owner: { tag_key: assign('Owner'), tag_value: assign('Backup') } },
          index_actions: { resource_types: assign(['EBS']) },
          scan_actions: { GUARDDUTY: { scan_mode: assign('INCREMENTAL_SCAN') } },
        },
      },
      selections: {
        tags: {
          datatype: {
            iam_role_arn: assign('arn:aws:iam::$account:role/OrgBackup'),
            tag_key: assign('dataType'),
            tag_value: assign(['PII', 'RED']),
            conditions: {
              string_not_equals: {
                c1: { condition_key: assign('aws:ResourceTag/stage'), condition_value: assign('test') },
              },
            },
          },
        },
      },
      advanced_backup_settings: { ec2: { windows_vss: assign('enabled') }, s3: { backup_acls: assign('disabled') } },
      scan_settings: {
        GUARDDUTY: {
          resource_types: assign(['EBS']),
          scanner_role_arn: assign('arn:aws:iam::$account:role/Scan'),
        },
      },
      backup_plan_tags: { stage: { tag_key: assign('Stage'), tag_value: assign('Beta') } },
    },
  },
};

export const ROLE = 'arn:aws:iam::$account:role/backup';

export function orgPlan(over: Partial<OrganizationBackupPlan> = {}): OrganizationBackupPlan {
  return {
    backupPlanName: 'ledger',
    regions: ['eu-central-1'],
    rules: [{ ruleName: 'daily', targetBackupVaultName: 'main', scheduleExpression: 'cron(0 5 ? * * *)' }],
    ...(over.resourceSelections === undefined
      ? { tagSelections: [{ selectionName: 'tagged', iamRoleArn: ROLE, tagKey: 'backup', tagValues: ['daily'] }] }
      : {}),
    ...over,
  };
}

export function orgPolicy(over: Partial<OrganizationBackupPolicy> = {}): OrganizationBackupPolicy {
  return { policyName: 'base', plans: [orgPlan()], provided: PROVIDED, ...over };
}

export const PROVIDED = { backupVaultNames: ['main'], roleNames: ['backup'] };
