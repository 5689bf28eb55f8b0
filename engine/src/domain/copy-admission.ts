/**
 * Whether the policy of a vault or key lets another account in, as copies need it.
 *
 * Pure: a policy as text and who asks in, yes or no out.
 * Source   B6.3/3: `backup:CopyIntoBackupVault` for the source account, `*` with `aws:PrincipalOrgID` or
 *          `aws:PrincipalOrgPaths`; B6.3/5: the key of the source
 *          shared with the destination account.
 * Assumed  Conditions on other keys are taken to hold; an evaluation with all of them is the authorizer's.
 */
import type { Membership } from './organization';

export interface Outsider {
  readonly account: string;
  readonly roleArn: string | undefined;
  readonly membership: Membership | undefined;
}

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export function admits(policy: string | undefined, action: string, who: Outsider): boolean {
  if (policy === undefined) {
    return false;
  }
  const { Statement } = JSON.parse(policy) as { readonly Statement?: unknown };
  const bearing = listOf(Statement)
    .filter((one): one is Statement => typeof one === 'object' && one !== null)
    .filter((one) => listOf(one.Action).some((named) => wild(String(named).toLowerCase(), action.toLowerCase())))
    .filter((one) => names(one.Principal, who) && conditionsHold(one, who));
  return bearing.some((one) => one.Effect === 'Allow') && !bearing.some((one) => one.Effect === 'Deny');
}

function names(principal: unknown, who: Outsider): boolean {
  const aws = typeof principal === 'object' && principal !== null ? (principal as { AWS?: unknown }).AWS : undefined;
  return [...(principal === '*' ? ['*'] : []), ...listOf(aws)].some((one) => {
    const text = String(one);
    return (
      text === '*' ||
      text === who.account ||
      text === who.roleArn ||
      new RegExp(`^arn:[^:]+:iam::${who.account}:root$`).test(text)
    );
  });
}

function conditionsHold({ Condition }: Statement, who: Outsider): boolean {
  return Object.entries(Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, value]) => holds(operator, key.toLowerCase(), listOf(value).map(String), who)),
  );
}

function holds(operator: string, key: string, values: readonly string[], who: Outsider): boolean {
  const known: Readonly<Record<string, string | undefined>> = {
    'aws:principalorgid': who.membership?.id,
    'aws:principalorgpaths': who.membership?.path,
    'aws:principalaccount': who.account,
    'aws:sourceaccount': who.account,
    'aws:principalarn': who.roleArn,
  };
  if (!Object.hasOwn(known, key)) {
    return true;
  }
  const actual = known[key];
  const negated = /Not(Equals|Like)/.test(operator);
  if (actual === undefined) {
    return negated || operator.endsWith('IfExists');
  }
  const pattern = /Like|Arn/.test(operator);
  const matched = values.some((value) => (pattern ? wild(value, actual) : value === actual));
  return matched !== negated;
}

/** `*` and `?` as policies know them. */
function wild(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`).test(text);
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}
