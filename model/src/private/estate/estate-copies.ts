import { Finding } from '../../finding';
import { arnParts, ArnParts } from '../arns';
import { at, found } from '../found';
import { statementsOf } from '../policy';
import { absent, members, readable } from '../reading';
import { COPY_ACTION } from '../tables/copy-action';
import { EstateIndex, TargetVault } from './estate-index';

const COPY_INTO = 'backup:copyintobackupvault';

/** Where copies go: what another partition or account asks of the vault that receives them. */
export function checkCopies(index: EstateIndex): Finding[] {
  const findings: Finding[] = [];
  for (const { plan, rule, path } of index.rules) {
    for (const [place, copy] of members(rule.copyActions, index.probe)) {
      const arn = copy.destinationBackupVaultArn;
      const to = readable(arn, index.probe) ? arnParts(arn) : undefined;
      const arnPath = at(at(at(path, 'copyActions'), place), 'destinationBackupVaultArn');
      if (to === undefined) {
        continue;
      }
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
    if (statements !== undefined && !statements.some((statement) => mayAllowCopy(statement, from, index))) {
      const given = `${vault.name}, whose policy does not allow it to account ${from}`;
      findings.push(found(COPY_ACTION.destinationPolicy, path, given));
    }
  }
  return findings;
}

/** Whether a statement allows an account to copy into its vault, or cannot be read now. */
function mayAllowCopy(statement: any, from: string, index: EstateIndex): boolean {
  if (!readable(statement, index.probe) || (!absent(statement.Effect) && !index.probe.known(statement.Effect))) {
    return true;
  }
  if (statement.Effect !== 'Allow') {
    return false;
  }
  const actions: unknown[] = Array.isArray(statement.Action) ? statement.Action : [statement.Action];
  return (
    mayMean(statement.Principal, from, index) &&
    (!absent(statement.NotAction) ||
      actions.some(
        (action) => !absent(action) && (!index.probe.known(action) || String(action).toLowerCase() === COPY_INTO),
      ))
  );
}

/** Whether a principal may be of an account: only one that names other accounts alone is not. */
function mayMean(principal: unknown, account: string, index: EstateIndex): boolean {
  const aws: unknown = isObject(principal, index) ? principal.AWS : principal;
  const names: unknown[] = Array.isArray(aws) ? aws : [aws];
  return names.some((name) => {
    const isText = readable(name, index.probe) && typeof name === 'string';
    const named = isText ? /^(?:arn:[^:]+:(?:iam|sts)::)?([0-9]{12})(?::|$)/.exec(name)?.[1] : undefined;
    return named === undefined || named === account;
  });
}

function isObject(value: unknown, index: EstateIndex): value is { readonly AWS?: unknown } {
  return readable(value, index.probe) && typeof value === 'object';
}
