import { ContinuousVaults } from '../../continuous-vault';
import { Finding, RuleDescription } from '../../finding';
import { vaultArn } from '../arns';
import { at, found } from '../found';
import { absent, days, members, readable } from '../reading';
import { copyRetentionOf, Retention } from '../retention';
import { COPY_ACTION } from '../tables/copy-action';
import { RULE } from '../tables/rule';
import { EstateIndex, PlannedRule, TargetVault } from './estate-index';

/** Every rule and every copy against the vault that receives its points. */
export function checkTargets(index: EstateIndex): Finding[] {
  return index.rules.flatMap((planned) => [
    ...checkStandardTarget(planned, index),
    ...checkAirGappedTarget(planned, index),
    ...checkCopyTargets(planned, index),
  ]);
}

function checkStandardTarget(planned: PlannedRule, index: EstateIndex): Finding[] {
  const { rule, plan, path } = planned;
  const name = rule.targetBackupVaultName;
  const namePath = at(path, 'targetBackupVaultName');
  const vault = index.vaultNamed(plan.env, name);
  if (vault === undefined) {
    return [];
  }
  if (vault.airGapped) {
    return [found(RULE.vaultKind, namePath, `the logically air-gapped vault ${name}`)];
  }
  return checkRuleRetention(planned, vault, namePath, index);
}

function checkAirGappedTarget(planned: PlannedRule, index: EstateIndex): Finding[] {
  const arn = planned.rule.targetLogicallyAirGappedBackupVaultArn;
  if (absent(arn)) {
    return [];
  }
  const arnPath = at(planned.path, 'targetLogicallyAirGappedBackupVaultArn');
  const vault = index.vaultWithArn(arn);
  if (vault === undefined) {
    return [];
  }
  if (!vault.airGapped) {
    return [found(RULE.airGappedTargetArn, arnPath, `that of the standard vault ${vault.name}`)];
  }
  return checkRuleRetention(planned, vault, arnPath, index);
}

function checkRuleRetention(
  planned: PlannedRule,
  vault: TargetVault,
  vaultPath: string,
  index: EstateIndex,
): Finding[] {
  const { rule, path, retention } = planned;
  const continuous = readable(rule.enableContinuousBackup, index.probe) && rule.enableContinuousBackup;
  if (continuous && vault.minDays !== undefined && vault.minDays > ContinuousVaults.LONGEST_RETENTION_DAYS) {
    const given = `${vault.name} with minRetentionDays ${vault.minDays}`;
    return [found(RULE.continuousInLock, vaultPath, given)];
  }
  const removePath = at(path, 'lifecycle.deleteAfterDays');
  return [
    ...outside(RULE.retentionInLock, retention, vault, removePath),
    ...forEver(RULE.forEverInCompliance, retention, vault, removePath),
  ];
}

function checkCopyTargets(planned: PlannedRule, index: EstateIndex): Finding[] {
  const { rule, plan, path, retention } = planned;
  const findings: Finding[] = [];
  for (const [place, copy] of members(rule.copyActions, index.probe)) {
    const copyPath = at(at(path, 'copyActions'), place);
    const arn = copy.destinationBackupVaultArn;
    const arnPath = at(copyPath, 'destinationBackupVaultArn');
    const own = [vaultArn(plan.env, rule.targetBackupVaultName), rule.targetLogicallyAirGappedBackupVaultArn];
    if (own.includes(arn)) {
      findings.push(found(COPY_ACTION.ownVault, arnPath, readable(arn, index.probe) ? arn : 'that vault'));
    }
    const vault = index.vaultWithArn(arn);
    if (vault === undefined) {
      continue;
    }
    const kept = copyRetentionOf(copy.lifecycle, retention, index.probe);
    const removePath = at(copyPath, 'lifecycle.deleteAfterDays');
    findings.push(...outside(COPY_ACTION.retentionInLock, kept, vault, removePath));
    findings.push(...forEver(COPY_ACTION.forEverInCompliance, kept, vault, removePath));
    findings.push(...checkFromAirGapped(planned, vault, arnPath));
  }
  return findings;
}

/** A copy of a point that lies in a logically air-gapped vault. */
function checkFromAirGapped({ rule }: PlannedRule, vault: TargetVault, path: string): Finding[] {
  if (absent(rule.targetLogicallyAirGappedBackupVaultArn)) {
    return [];
  }
  if (vault.airGapped) {
    return [found(COPY_ACTION.airGappedTwice, path, `the logically air-gapped vault ${vault.name}`)];
  }
  return absent(vault.encryptionKeyArn)
    ? [found(COPY_ACTION.fromAirGapped, path, `${vault.name} with aws/backup`)]
    : [];
}

/** A point that nobody could ever delete. */
function forEver(rule: RuleDescription, retention: Retention, vault: TargetVault, path: string): Finding[] {
  return retention === Infinity && vault.isCompliance && vault.maxDays === undefined
    ? [found(rule, path, `${days(retention)} in vault ${vault.name}`)]
    : [];
}

/** A retention that the bounds of a vault do not admit. */
function outside(rule: RuleDescription, retention: Retention, vault: TargetVault, path: string): Finding[] {
  const least = vault.minDays ?? 1;
  const most = vault.maxDays ?? Infinity;
  if (retention === undefined || (retention >= least && retention <= most)) {
    return [];
  }
  const allowed = most === Infinity ? `at least ${days(least)}` : `${least} to ${most} days`;
  return [found(rule, path, days(retention), `${allowed}, the bounds of vault ${vault.name}`)];
}
