import { Finding, IValueProbe } from '../finding';
import { at, found } from './found';
import { absent, members, readable, shown } from './reading';
import { VAULT } from './tables/vault';

/** The statements of an IAM policy document, given as an object or as JSON text. */
export function statementsOf(policy: any, probe: IValueProbe): any[] | undefined {
  if (!readable(policy, probe)) {
    return undefined;
  }
  let document: any = policy;
  if (typeof policy === 'string') {
    try {
      document = JSON.parse(policy);
    } catch {
      return undefined;
    }
  }
  const statement = document?.Statement;
  if (absent(statement) || typeof document !== 'object' || !probe.known(statement)) {
    return undefined;
  }
  return Array.isArray(statement) ? statement : [statement];
}

/** What the rules find in the access policy of a vault. */
export function checkAccessPolicy(policy: any, path: string, probe: IValueProbe): Finding[] {
  if (!readable(policy, probe)) {
    return [];
  }
  const statements = statementsOf(policy, probe);
  if (statements === undefined) {
    return readable(policy?.Statement, probe) || absent(policy?.Statement)
      ? [found(VAULT.policyJson, path, summary(policy))]
      : [];
  }
  return members(statements, probe).flatMap(([index, statement]) =>
    checkStatement(statement, at(at(path, 'Statement'), index), probe),
  );
}

function checkStatement(statement: any, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const missing = [
    ['Effect', statement.Effect],
    ['Principal', statement.Principal ?? statement.NotPrincipal],
    ['Action', statement.Action ?? statement.NotAction],
  ].filter(([, value]) => absent(value));
  if (missing.length > 0) {
    findings.push(found(VAULT.policyStatement, path, `none for ${missing.map(([name]) => name).join(', ')}`));
  } else if (readable(statement.Effect, probe) && !['Allow', 'Deny'].includes(statement.Effect)) {
    findings.push(found(VAULT.policyStatement, at(path, 'Effect'), shown(statement.Effect)));
  }
  const actions = Array.isArray(statement.Action) ? statement.Action : [statement.Action];
  for (const [, action] of members<unknown>(actions, probe)) {
    if (typeof action !== 'string' || /[*?]/.test(action)) {
      findings.push(found(VAULT.policyWildcard, at(path, 'Action'), shown(action)));
    } else if (!/^backup(-storage)?:/i.test(action)) {
      findings.push(found(VAULT.policyService, at(path, 'Action'), action));
    }
  }
  return findings;
}

function summary(policy: any): string {
  if (typeof policy === 'string') {
    return `text of ${policy.length} characters that is none`;
  }
  return typeof policy === 'object' ? 'an object without Statement' : shown(policy);
}
