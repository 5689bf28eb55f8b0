import { IValueProbe } from '../finding';
import { matches } from './arns';
import { absent, readable } from './reading';

const COPY_INTO = 'backup:copyintobackupvault';
const COPY_FROM = 'backup:copyfrombackupvault';

/** Operators that say that a target is none of a list; a copy has one target, so that the prefix changes nothing (B11.6/1). */
const NONE_OF = /^(?:for(?:all|any)values?:)?(?:arnnotlike|arnnotequals|stringnotlike|stringnotequals)$/;

/** Whether a resource policy may allow an account an action: some statement may, whatever its conditions. */
export function mayLet(statements: readonly any[], account: string, action: string, probe: IValueProbe): boolean {
  return statements.some((statement) => mayAllow(statement, account, action.toLowerCase(), probe));
}

/** Whether the access policy of a vault may let an account copy into it: something allows it, and nothing surely denies it. */
export function admitsCopiesFrom(statements: readonly any[], account: string, probe: IValueProbe): boolean {
  return (
    mayLet(statements, account, COPY_INTO, probe) &&
    !statements.some(
      (statement) => surelyDenies(statement, COPY_INTO, probe) && surelyMeansAccount(statement, account, probe),
    )
  );
}

/** Whether the access policy of a vault surely denies a copy of its points to another vault. */
export function deniesCopiesTo(statements: readonly any[], targetArn: string, probe: IValueProbe): boolean {
  return statements.some(
    (statement) => surelyDenies(statement, COPY_FROM, probe) && surelyMeansTarget(statement, targetArn, probe),
  );
}

function mayAllow(statement: any, account: string, action: string, probe: IValueProbe): boolean {
  if (!readable(statement, probe) || (!absent(statement.Effect) && !probe.known(statement.Effect))) {
    return true;
  }
  if (statement.Effect !== 'Allow' || !mayMean(statement.Principal, account, probe)) {
    return false;
  }
  return (
    !absent(statement.NotAction) ||
    listOf(statement.Action).some(
      (one) => !absent(one) && (!probe.known(one) || matches(String(one).toLowerCase(), action)),
    )
  );
}

/** Whether a principal may be of an account: only one that names other accounts alone, or services, is not. */
function mayMean(principal: unknown, account: string, probe: IValueProbe): boolean {
  if (isObject(principal, probe) && absent(principal.AWS)) {
    return false;
  }
  const aws: unknown = isObject(principal, probe) ? principal.AWS : principal;
  return listOf(aws).some((name) => {
    const isText = readable(name, probe) && typeof name === 'string';
    const named = isText ? /^(?:arn:[^:]+:(?:iam|sts)::)?([0-9]{12})(?::|$)/.exec(name)?.[1] : undefined;
    return named === undefined || named === account;
  });
}

/** Whether a statement denies everybody an action, whatever its conditions. */
function surelyDenies(statement: any, action: string, probe: IValueProbe): boolean {
  if (!readable(statement, probe) || statement.Effect !== 'Deny') {
    return false;
  }
  const principal: unknown = isObject(statement.Principal, probe) ? statement.Principal.AWS : statement.Principal;
  return (
    listOf(principal).includes('*') &&
    listOf(statement.Resource ?? '*').includes('*') &&
    listOf(statement.Action).some((one) => readable(one, probe) && String(one).toLowerCase() === action)
  );
}

/** Whether every condition of a statement is surely met by principals of an account. */
function surelyMeansAccount(statement: any, account: string, probe: IValueProbe): boolean {
  return conditionsOf(statement).every(([operator, key, values]) => {
    if (key === 'aws:principalisawsservice') {
      return operator === 'boolifexists' && values.every((value) => String(value) === 'false');
    }
    return (
      operator === 'stringnotequals' &&
      key === 'aws:principalaccount' &&
      values.every((value) => probe.known(value) && value !== account)
    );
  });
}

/** Whether every condition of a statement is surely met by a copy to a vault. */
function surelyMeansTarget(statement: any, targetArn: string, probe: IValueProbe): boolean {
  return conditionsOf(statement).every(
    ([operator, key, values]) =>
      NONE_OF.test(operator) &&
      key === 'backup:copytargets' &&
      values.every((value) => readable(value, probe) && isPlain(value) && !matches(value, targetArn)),
  );
}

/** Whether a pattern has nothing in it but stars that only a request could fill. */
function isPlain(pattern: unknown): pattern is string {
  return typeof pattern === 'string' && !/[?$]/.test(pattern);
}

/** The conditions of a statement, one by one, with operator and key in lower case. */
function conditionsOf(statement: any): [operator: string, key: string, values: unknown[]][] {
  const blocks: [string, unknown][] = Object.entries((statement.Condition ?? {}) as Record<string, unknown>);
  return blocks.flatMap(([operator, block]) =>
    Object.entries((block ?? {}) as Record<string, unknown>).map(([key, values]): [string, string, unknown[]] => [
      operator.toLowerCase(),
      key.toLowerCase(),
      listOf(values),
    ]),
  );
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown, probe: IValueProbe): value is { readonly AWS?: unknown } {
  return readable(value, probe) && typeof value === 'object';
}
