import { Environment } from '../environment';
import { Finding, IValueProbe } from '../finding';
import { RestoreTestingPoints } from '../restore-testing-plan';
import { arnParts, matches } from './arns';
import { at, found } from './found';
import { absent, lengthOf, members, readable, shown } from './reading';
import { RESTORE_TESTING_PLAN as RULES } from './tables/restore-testing';

/** The ARN of a vault in which any part may have stars, or everything. */
const VAULT_PATTERN = /^(\*|arn:[a-z*-]+:backup:[a-z0-9*-]+:[0-9*]+:(backup-vault|\*)(:[a-zA-Z0-9\-_*]+)?|arn:\S*\*)$/;

/** The vaults that a plan takes its points from. */
export function checkVaults(
  points: RestoreTestingPoints,
  env: Environment,
  path: string,
  probe: IValueProbe,
): Finding[] {
  const findings: Finding[] = [];
  const included = at(path, 'includeVaults');
  if (absent(points.includeVaults) || lengthOf(points.includeVaults, probe) === 0) {
    findings.push(found(RULES.includeVaults, included, 'none'));
  }
  const count = (lengthOf(points.includeVaults, probe) ?? 0) + (lengthOf(points.excludeVaults, probe) ?? 0);
  if (count > 30) {
    findings.push(found(RULES.vaultSelectors, included, String(count)));
  }
  findings.push(...checkArns(points.includeVaults, included, probe));
  findings.push(...checkArns(points.excludeVaults, at(path, 'excludeVaults'), probe));
  for (const [index, vault] of members(points.includeVaults, probe)) {
    if (isElsewhere(vault, env, probe)) {
      const given = `${vault}, where the plan is in ${env.account} ${env.region}`;
      findings.push(found(RULES.vaultPlace, at(included, index), given));
    }
  }
  findings.push(...checkRest(points, at(path, 'excludeVaults'), probe));
  return findings;
}

function checkArns(vaults: string[] | undefined, path: string, probe: IValueProbe): Finding[] {
  return members(vaults, probe)
    .filter(([, vault]) => typeof vault !== 'string' || !VAULT_PATTERN.test(vault))
    .map(([index, vault]) => found(RULES.vaultArn, at(path, index), shown(vault)));
}

function isElsewhere(vault: unknown, env: Environment, probe: IValueProbe): boolean {
  const parts = typeof vault === 'string' ? arnParts(vault) : undefined;
  if (parts === undefined || !readable(env, probe)) {
    return false;
  }
  const differs = (pattern: string, place: string) => readable(place, probe) && !matches(pattern, place);
  return differs(parts.region, env.region) || differs(parts.account, env.account);
}

/** Whether what is left out is all that was taken in. */
function checkRest(points: RestoreTestingPoints, path: string, probe: IValueProbe): Finding[] {
  const included = members(points.includeVaults, probe).map(([, vault]) => String(vault));
  const excluded = members(points.excludeVaults, probe).map(([, vault]) => String(vault));
  const allKnown = included.length > 0 && included.length === lengthOf(points.includeVaults, probe);
  return allKnown && included.every((vault) => excluded.some((pattern) => matches(pattern, vault)))
    ? [found(RULES.excludesAll, path, excluded.join(', '))]
    : [];
}

/** Whether a plan takes points of a vault; undefined when that cannot be known now. */
export function takesFrom(points: RestoreTestingPoints, vault: string, probe: IValueProbe): boolean | undefined {
  if (!readable(points, probe)) {
    return undefined;
  }
  const some = (patterns: string[] | undefined) =>
    members(patterns, probe).some(([, pattern]) => matches(String(pattern), vault));
  const whollyKnown = (patterns: string[] | undefined) =>
    absent(patterns) || members(patterns, probe).length === lengthOf(patterns, probe);
  if (some(points.excludeVaults)) {
    return false;
  }
  if (!whollyKnown(points.excludeVaults)) {
    return undefined;
  }
  return some(points.includeVaults) ? true : whollyKnown(points.includeVaults) ? false : undefined;
}
