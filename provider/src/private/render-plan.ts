import { BackupPlanConfig, BackupPlanRule, BackupPlanRuleLifecycle } from '@cdktf/provider-aws/lib/backup-plan';
import { BackupPlan, BackupRule, Lifecycle } from '@holdfast/model';
import { TerraformResource } from 'cdktf';
import { PlanProps } from '../plan';
import { PlanRuleProps } from '../plan-rule';

/** Arguments of `aws_backup_plan`; vaults are references, so that they are made before the plan. */
export function renderPlan(plan: BackupPlan, props: PlanProps): BackupPlanConfig {
  return {
    name: plan.backupPlanName,
    rule: plan.rules.map((rule, index) => renderRule(rule, props.rules[index] as PlanRuleProps)),
    advancedBackupSetting: plan.advancedBackupSettings,
    tags: plan.tags,
    provider: props.provider,
  };
}

/**
 * The arguments of `aws_backup_plan` that the typed resource of version 5 of the AWS provider does not know.
 *
 * @param ownScannerRoleArn ARN of the scanner's role where the plan made it
 */
export function renderNewer(
  resource: TerraformResource,
  plan: BackupPlan,
  props: PlanProps,
  ownScannerRoleArn: string | undefined,
): void {
  props.rules.forEach(({ targetLogicallyAirGappedBackupVaultArn: target }, index) => {
    const scans = plan.rules[index]?.scanActions;
    if (target !== undefined) {
      resource.addOverride(`rule.${index}.target_logically_air_gapped_backup_vault_arn`, target);
    }
    if (scans !== undefined) {
      const blocks = scans.map((it) => ({ malware_scanner: it.malwareScanner, scan_mode: it.scanMode }));
      resource.addOverride(`rule.${index}.scan_action`, blocks);
    }
  });
  if (plan.scanSettings !== undefined) {
    const blocks = plan.scanSettings.map((it) => ({
      malware_scanner: it.malwareScanner,
      resource_types: it.resourceTypes,
      scanner_role_arn: ownScannerRoleArn ?? it.scannerRoleArn,
    }));
    resource.addOverride('scan_setting', blocks);
  }
}

function renderRule(rule: BackupRule, props: PlanRuleProps): BackupPlanRule {
  return {
    ruleName: rule.ruleName,
    targetVaultName: props.vault.backupVaultName,
    schedule: rule.scheduleExpression,
    scheduleExpressionTimezone: rule.scheduleExpressionTimezone,
    startWindow: rule.startWindowMinutes,
    completionWindow: rule.completionWindowMinutes,
    lifecycle: renderLifecycle(rule.lifecycle),
    recoveryPointTags: rule.recoveryPointTags,
    enableContinuousBackup: rule.enableContinuousBackup,
    copyAction: props.copyActions?.map((copyAction, index) => ({
      destinationVaultArn: copyAction.destination.backupVaultArn,
      lifecycle: renderLifecycle(rule.copyActions?.[index]?.lifecycle),
    })),
  };
}

/** The provider cannot send -1 and takes what is left out for "never", which is the same (Source B2.3/2). */
function renderLifecycle(lifecycle: Lifecycle | undefined): BackupPlanRuleLifecycle | undefined {
  const rendered = {
    coldStorageAfter: days(lifecycle?.moveToColdStorageAfterDays),
    deleteAfter: days(lifecycle?.deleteAfterDays),
    optInToArchiveForSupportedResources: lifecycle?.optInToArchiveForSupportedResources,
  };
  return Object.values(rendered).every((value) => value === undefined) ? undefined : rendered;
}

function days(declared: number | undefined): number | undefined {
  return declared === -1 ? undefined : declared;
}
