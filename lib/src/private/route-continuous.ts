import { ContinuousVaults } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';
import { ContinuousRouting, ContinuousVaultProps } from '../continuous-routing';
import { PlanProps } from '../plan';
import { PlanRuleProps } from '../plan-rule';
import { Vault } from '../vault';
import { tryFindStandardVault } from './declarations';
import { lifecycle } from './declare-plan';
import { SYNTH } from './token-values';

/** A plan whose continuous rules go to vaults that take them. */
export interface RoutedPlan {
  readonly props: PlanProps;
  /** The vault to which a rule was routed; undefined where all stayed. */
  readonly continuousVault?: backup.IBackupVault;
}

/** Puts the continuous rules whose vault keeps too long (Source B7.4/4) into the vault that the plan names for them. */
export function routeContinuous(scope: Construct, props: PlanProps): RoutedPlan {
  const { continuousRouting, rules } = props;
  if (continuousRouting === undefined || !rules.some(isKeptTooLong)) {
    return { props };
  }
  const continuousVault = vaultOf(scope, continuousRouting, props);
  const routed = rules.map((rule) => (isKeptTooLong(rule) ? { ...rule, vault: continuousVault } : rule));
  return { props: { ...props, rules: routed }, continuousVault };
}

function isKeptTooLong(rule: PlanRuleProps): boolean {
  const least = tryFindStandardVault(rule.vault)?.vaultLock?.minRetentionDays;
  const { ruleName, enableContinuousBackup } = rule;
  const declared = { ruleName, enableContinuousBackup, targetBackupVaultName: '', lifecycle: lifecycle(rule) };
  return ContinuousVaults.isKeptTooLong(declared, SYNTH, least);
}

function vaultOf(scope: Construct, routing: ContinuousRouting, props: PlanProps): backup.IBackupVault {
  return routing.vault ?? ownVault(scope, routing.ownVault ?? {}, props.backupPlanName).backupVault;
}

function ownVault(scope: Construct, props: ContinuousVaultProps, backupPlanName: string): Vault {
  return new Vault(scope, 'ContinuousVault', {
    ...props,
    backupVaultName: props.backupVaultName ?? ContinuousVaults.nameFor(backupPlanName, SYNTH),
    vaultLock: { minRetentionDays: 1, maxRetentionDays: ContinuousVaults.LONGEST_RETENTION_DAYS },
  });
}
