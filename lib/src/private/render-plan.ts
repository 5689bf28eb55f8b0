import { BackupPlan, BackupRule, CopyAction } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { PlanProps } from '../plan';
import { PlanRuleProps } from '../plan-rule';
import { copyVault } from './copy-places';
import { tryFindVault } from './declarations';
import { SYNTH } from './token-values';

/** Properties of `AWS::Backup::BackupPlan`; vaults are references, so that they are made before the plan. */
export function renderPlan(scope: IConstruct, plan: BackupPlan, props: PlanProps): backup.CfnBackupPlanProps {
  return {
    backupPlan: {
      backupPlanName: plan.backupPlanName,
      backupPlanRule: plan.rules.map((rule, index) => renderRule(scope, rule, props.rules[index] as PlanRuleProps)),
      advancedBackupSettings: plan.advancedBackupSettings,
      scanSettings: plan.scanSettings,
    },
    backupPlanTags: plan.tags,
  };
}

function renderRule(
  scope: IConstruct,
  rule: BackupRule,
  props: PlanRuleProps,
): backup.CfnBackupPlan.BackupRuleResourceTypeProperty {
  return {
    ruleName: rule.ruleName,
    targetBackupVault: props.vault.backupVaultName,
    targetLogicallyAirGappedBackupVaultArn: props.targetLogicallyAirGappedBackupVaultArn,
    scheduleExpression: rule.scheduleExpression,
    scheduleExpressionTimezone: rule.scheduleExpressionTimezone,
    startWindowMinutes: rule.startWindowMinutes,
    completionWindowMinutes: rule.completionWindowMinutes,
    lifecycle: rule.lifecycle,
    recoveryPointTags: rule.recoveryPointTags,
    enableContinuousBackup: rule.enableContinuousBackup,
    indexActions: rule.indexActions?.map((service) => ({ resourceTypes: [service] })),
    scanActions: rule.scanActions,
    copyActions: rule.copyActions?.map((copyAction: CopyAction, index) => ({
      destinationBackupVaultArn: destinationArn(scope, props, index),
      lifecycle: copyAction.lifecycle,
    })),
  };
}

/**
 * A reference, or the spelled-out ARN of a vault of ours in another Region or account, as a template cannot refer to
 * what another Region holds.
 *
 * It makes neither stack wait for the other: vaults of two Regions may well receive copies from each other.
 */
function destinationArn(scope: IConstruct, props: PlanRuleProps, index: number): string {
  const vault = copyVault((props.copyActions ?? [])[index]!);
  const declared = tryFindVault(vault);
  const [here, there] = [Stack.of(scope), Stack.of(vault)];
  const elsewhere = here.region !== there.region || here.account !== there.account;
  if (declared === undefined || !elsewhere || !SYNTH.known(there.region) || !SYNTH.known(there.account)) {
    return vault.backupVaultArn;
  }
  return here.formatArn({
    service: 'backup',
    region: there.region,
    account: there.account,
    resource: 'backup-vault',
    resourceName: declared.backupVaultName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
