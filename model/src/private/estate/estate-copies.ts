import { Finding } from '../../finding';
import { arnParts, ArnParts } from '../arns';
import { at, found } from '../found';
import { admitsCopiesFrom, deniesCopiesTo } from '../copy-policy';
import { statementsOf } from '../policy';
import { absent, members, readable } from '../reading';
import { COPY_ACTION } from '../tables/copy-action';
import { EstateIndex, TargetVault } from './estate-index';

/** Where copies go: what the vault that they come from lets out, and what another partition or account asks of the other. */
export function checkCopies(index: EstateIndex): Finding[] {
  const findings: Finding[] = [];
  for (const { plan, rule, path } of index.rules) {
    const source = index.vaultNamed(plan.env, rule.targetBackupVaultName);
    for (const [place, copy] of members(rule.copyActions, index.probe)) {
      const arn = copy.destinationBackupVaultArn;
      const to = readable(arn, index.probe) ? arnParts(arn) : undefined;
      const arnPath = at(at(at(path, 'copyActions'), place), 'destinationBackupVaultArn');
      if (to === undefined) {
        continue;
      }
      findings.push(...checkSource(source, arn, arnPath, index));
      if (readable(plan.env.partition, index.probe) && to.partition !== plan.env.partition) {
        const given = `${to.partition}, where the plan is in ${plan.env.partition}`;
        findings.push(found(COPY_ACTION.partition, arnPath, given));
      }
      if (readable(plan.env.account, index.probe) && to.account !== plan.env.account) {
        findings.push(...checkCrossAccount(to, plan.env.account, index.vaultWithArn(arn), arnPath, index));
      }
    }
  }
  return findings;
}

function checkSource(source: TargetVault | undefined, arn: string, path: string, { probe }: EstateIndex): Finding[] {
  const statements = source === undefined ? undefined : statementsOf(source.accessPolicy, probe);
  return statements !== undefined && deniesCopiesTo(statements, arn, probe)
    ? [found(COPY_ACTION.sourcePolicy, path, `${arn}, which the policy of ${source?.name} denies`)]
    : [];
}

function checkCrossAccount(
  to: ArnParts,
  from: string,
  vault: TargetVault | undefined,
  path: string,
  index: EstateIndex,
): Finding[] {
  if (to.partition === 'aws-cn') {
    return [found(COPY_ACTION.china, path, `account ${to.account}`)];
  }
  if (to.resource === 'backup-vault:Default') {
    return [found(COPY_ACTION.defaultVault, path, `Default of account ${to.account}`)];
  }
  if (vault === undefined) {
    return [];
  }
  const findings: Finding[] = [];
  if (!vault.airGapped && absent(vault.encryptionKeyArn)) {
    findings.push(found(COPY_ACTION.destinationKey, path, `${vault.name} with aws/backup`));
  }
  const policy = vault.accessPolicy;
  if (absent(policy)) {
    findings.push(found(COPY_ACTION.destinationPolicy, path, `${vault.name} without a policy`));
  } else {
    const statements = statementsOf(policy, index.probe);
    if (statements !== undefined && !admitsCopiesFrom(statements, from, index.probe)) {
      const given = `${vault.name}, whose policy does not allow it to account ${from}`;
      findings.push(found(COPY_ACTION.destinationPolicy, path, given));
    }
  }
  return findings;
}
