import * as backup from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';
import { ContinuousRouting, ContinuousVaultProps } from '../continuous-routing';
import { PlanProps } from '../plan';
import { PlanRuleProps } from '../plan-rule';
import { Vault } from '../vault';
import { tryFindStandardVault } from './declarations';
import { SYNTH } from './token-values';

/** Longest life of a continuous point (Source B5.3/1). */
const CONTINUOUS_DAYS = 35;

/** Longest name of a vault. */
const NAME = 50;
const SUFFIX = '-continuous';

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

/** Whether the lock of a rule's vault keeps longer than its continuous points live; what is not known does not. */
function isKeptTooLong(rule: PlanRuleProps): boolean {
  const least = tryFindStandardVault(rule.vault)?.vaultLock?.minRetentionDays;
  const kept = rule.deleteAfter?.toDays({ integral: false });
  return (
    rule.enableContinuousBackup === true &&
    least !== undefined &&
    kept !== undefined &&
    SYNTH.known(least) &&
    SYNTH.known(kept) &&
    least > kept
  );
}

function vaultOf(scope: Construct, routing: ContinuousRouting, props: PlanProps): backup.IBackupVault {
  return routing.vault ?? ownVault(scope, routing.ownVault ?? {}, props.backupPlanName).backupVault;
}

function ownVault(scope: Construct, props: ContinuousVaultProps, backupPlanName: string): Vault {
  return new Vault(scope, 'ContinuousVault', {
    ...props,
    backupVaultName: props.backupVaultName ?? nameOf(backupPlanName),
    vaultLock: { minRetentionDays: 1, maxRetentionDays: CONTINUOUS_DAYS },
  });
}

/** The name of a plan may have dots, that of a vault may not. */
function nameOf(backupPlanName: string): string {
  const beginning = SYNTH.known(backupPlanName)
    ? backupPlanName.replace(/\./g, '-').slice(0, NAME - SUFFIX.length)
    : backupPlanName;
  return `${beginning}${SUFFIX}`;
}
