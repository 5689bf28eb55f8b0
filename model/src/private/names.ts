import { Environment } from '../environment';
import { Finding, IValueProbe, RuleDescription } from '../finding';
import { arnParts, KEY_ARN } from './arns';
import { found } from './found';
import { absent, readable, shown } from './reading';
import { VAULT } from './tables/vault';

/** Whether a text that must be there has the form that it must have. */
export function checkName(
  rule: RuleDescription,
  name: unknown,
  form: RegExp,
  path: string,
  probe: IValueProbe,
): Finding[] {
  if (!absent(name) && !probe.known(name)) {
    return [];
  }
  return typeof name === 'string' && form.test(name) ? [] : [found(rule, path, measured(name))];
}

/** Whether the key of a vault is one that its Region can use. */
export function checkKey(keyArn: unknown, env: Environment, path: string, probe: IValueProbe): Finding[] {
  if (!readable(keyArn, probe)) {
    return [];
  }
  const findings = checkName(VAULT.encryptionKeyArn, keyArn, KEY_ARN, path, probe);
  const region = arnParts(String(keyArn))?.region;
  if (findings.length === 0 && readable(env?.region, probe) && region !== env.region) {
    findings.push(found(VAULT.encryptionKeyRegion, path, `${region}, where the vault is in ${env.region}`));
  }
  return findings;
}

/** A list that is longer than AWS takes. */
export function checkLength(
  rule: RuleDescription,
  length: number,
  least: number,
  most: number,
  path: string,
): Finding[] {
  return length < least || length > most ? [found(rule, path, String(length))] : [];
}

/** Finds every member whose key an earlier one has too. */
export function duplicates<T>(all: readonly T[], keyOf: (member: T) => string | undefined): [T, T][] {
  const first = new Map<string, T>();
  const pairs: [T, T][] = [];
  for (const member of all) {
    const key = keyOf(member);
    if (key === undefined) {
      continue;
    }
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, member);
    } else {
      pairs.push([earlier, member]);
    }
  }
  return pairs;
}

/** A name, with its length where that is what is wrong. */
function measured(name: unknown): string {
  if (typeof name === 'string' && name.length > 50 && !name.startsWith('arn:')) {
    return `${name.length} characters: ${name}`;
  }
  return shown(name);
}
