import { IValueProbe } from '../../finding';
import { matches } from '../arns';
import { statementsOf } from '../policy';
import { absent, listed, readable } from '../reading';

/** What the control wants denied (Source B10.1/9). */
const DENIED = [
  'backup:DeleteRecoveryPoint',
  'backup:UpdateRecoveryPointLifecycle',
  'backup:PutBackupVaultAccessPolicy',
];

/**
 * What the policy of a vault lacks to comply with BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED; undefined when nothing,
 * or when the policy is not known now.
 *
 * Assumed: the three actions may stand in several statements, and whom a condition exempts has to be among the listed.
 */
export function deletionGaps(policy: unknown, exempt: readonly string[], probe: IValueProbe): string | undefined {
  if (absent(policy)) {
    return 'no policy';
  }
  const statements = statementsOf(policy, probe);
  if (statements === undefined) {
    return undefined;
  }
  const denying = statements.filter((statement) => readable(statement, probe) && deniesAll(statement, exempt, probe));
  const allowed = DENIED.filter((action) => !denying.some((statement) => list(statement.Action).includes(action)));
  return allowed.length === 0 ? undefined : `none for ${listed(allowed)}`;
}

function deniesAll(statement: any, exempt: readonly string[], probe: IValueProbe): boolean {
  const { Effect: effect, Principal: principal, Resource: resource, Condition: condition } = statement;
  const everybody = principal === '*' || list(principal?.AWS).includes('*');
  return effect === 'Deny' && everybody && list(resource).includes('*') && exemptsOnly(condition, exempt, probe);
}

/** The one form of condition that exempts named principals; another one exempts who knows whom. */
function exemptsOnly(condition: any, exempt: readonly string[], probe: IValueProbe): boolean {
  if (absent(condition)) {
    return true;
  }
  const [operator, ...others] = Object.keys(condition as object);
  if (operator === undefined) {
    return true;
  }
  if (others.length > 0 || !/^(ArnNotLike|ArnNotEquals|StringNotLike|StringNotEquals)$/.test(operator)) {
    return false;
  }
  const { 'aws:PrincipalArn': principals, ...keys } = condition[operator];
  const named = list(principals);
  return (
    Object.keys(keys).length === 0 &&
    named.length > 0 &&
    named.every((arn) => !probe.known(arn) || exempt.some((one) => one === arn || matches(arn, one)))
  );
}

function list(value: any): any[] {
  return absent(value) ? [] : Array.isArray(value) ? [...value] : [value];
}
