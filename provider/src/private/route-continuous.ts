import { BackupPlan, ContinuousVaults } from '@holdfast/model';
import { Construct } from 'constructs';
import { ContinuousRouting, ContinuousVaultProps } from '../continuous-routing';
import { PlanProps } from '../plan';
import { PlanRuleProps } from '../plan-rule';
import { IVault, Vault } from '../vault';
import { tryFindStandardVault } from './declarations';
import { SYNTH } from './token-values';

/** A plan whose continuous rules go to vaults that take them. */
export interface RoutedPlan {
  readonly props: PlanProps;
  /** The vault to which a rule was routed; undefined where all stayed. */
  readonly continuousVault?: IVault;
}

/**
 * Puts the continuous rules whose vault keeps too long (Source B7.4/4) into the vault that the plan names for them.
 *
 * @param plan the plan in the words of the model, before anything is routed
 */
export function routeContinuous(scope: Construct, props: PlanProps, plan: BackupPlan): RoutedPlan {
  const { continuousRouting, rules } = props;
  const tooLong = rules.map((rule, index) => isKeptTooLong(rule, plan, index));
  if (continuousRouting === undefined || !tooLong.includes(true)) {
    return { props };
  }
  const continuousVault = vaultOf(scope, continuousRouting, props);
  const routed = rules.map((rule, index) => (tooLong[index] === true ? { ...rule, vault: continuousVault } : rule));
  return { props: { ...props, rules: routed }, continuousVault };
}

function isKeptTooLong({ vault }: PlanRuleProps, { rules }: BackupPlan, index: number): boolean {
  const least = tryFindStandardVault(vault)?.vaultLock?.minRetentionDays;
  return ContinuousVaults.isKeptTooLong(rules[index]!, SYNTH, least);
}

function vaultOf(scope: Construct, routing: ContinuousRouting, props: PlanProps): IVault {
  return routing.vault ?? ownVault(scope, routing.ownVault ?? {}, props);
}

function ownVault(scope: Construct, props: ContinuousVaultProps, { backupPlanName, provider }: PlanProps): Vault {
  return new Vault(scope, 'ContinuousVault', {
    ...props,
    backupVaultName: props.backupVaultName ?? ContinuousVaults.nameFor(backupPlanName, SYNTH),
    vaultLock: { minRetentionDays: 1, maxRetentionDays: ContinuousVaults.LONGEST_RETENTION_DAYS },
    provider,
  });
}
