import { Environment } from '../environment';
import { Finding, IValueProbe } from '../finding';
import { BackupSelection } from '../selection';
import { arnParts, matches, ROLE_ARN } from './arns';
import { at, found } from './found';
import { absent, lengthOf, members, readable, shown } from './reading';
import { conditionCount } from './selection-tags';
import { supportedArnServices } from './supported';
import { SELECTION_RULES as RULES } from './tables/selection';

/** An ARN, an ARN that stops at a star (`arn:aws:rds:*`), or everything. */
const PATTERN = /^(\*|arn:[^:\s]+:(\S*\*|[^:\s]+:[^:\s]*:[^:\s]*:\S+))$/;

/** What the parts of a selection come to together: nothing, everything, more than it looks like. */
export function checkReach(selection: BackupSelection, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const resources = absent(selection.resources) ? 0 : lengthOf(selection.resources, probe);
  const tags = absent(selection.listOfTags) ? 0 : lengthOf(selection.listOfTags, probe);
  const conditions = conditionCount(selection.conditions, probe);
  if (resources === 0 && tags === 0) {
    const given = conditions ? `neither, with ${plural(conditions, 'condition')}` : 'neither';
    findings.push(found(RULES.empty, at(path, 'resources'), given));
  }
  if (resources && tags) {
    const given = `${plural(resources, 'resource')} and ${plural(tags, 'tag')}`;
    findings.push(found(RULES.resourcesOrTags, at(path, 'listOfTags'), given));
  }
  const narrowed = conditions !== 0 || !(absent(selection.notResources) || selection.notResources.length === 0);
  for (const [index, resource] of members(selection.resources, probe)) {
    if (resource === '*' && !narrowed) {
      findings.push(found(RULES.everything, at(at(path, 'resources'), index), '*'));
    }
  }
  findings.push(...checkExclusion(selection, tags, path, probe));
  return findings;
}

/** Whether what is left out is all that was taken in. */
function checkExclusion(
  selection: BackupSelection,
  tags: number | undefined,
  path: string,
  probe: IValueProbe,
): Finding[] {
  const excluded = members(selection.notResources, probe).map(([, pattern]) => pattern);
  const included = members(selection.resources, probe).map(([, pattern]) => pattern);
  const allIncludedKnown = included.length > 0 && included.length === lengthOf(selection.resources, probe);
  const nothingLeft =
    excluded.includes('*') ||
    (tags === 0 && allIncludedKnown && included.every((arn) => excluded.some((pattern) => matches(pattern, arn))));
  return nothingLeft ? [found(RULES.excludesAll, at(path, 'notResources'), excluded.join(', '))] : [];
}

/** A list of ARNs, `resources` or `notResources`. */
export function checkArns(arns: string[] | undefined, path: string, probe: IValueProbe): Finding[] {
  if (!readable(arns, probe) || !Array.isArray(arns)) {
    return [];
  }
  const findings: Finding[] = [];
  const starred = members(arns, probe).filter(([, arn]) => String(arn).includes('*')).length;
  if (arns.length - starred > 500) {
    findings.push(found(RULES.arns, path, String(arns.length - starred)));
  }
  if (starred > 30) {
    findings.push(found(RULES.wildcardArns, path, String(starred)));
  }
  for (const [index, arn] of members(arns, probe)) {
    findings.push(...checkArn(arn, at(path, index)));
  }
  return findings;
}

function checkArn(arn: string, path: string): Finding[] {
  if (typeof arn !== 'string' || !PATTERN.test(arn)) {
    return [found(RULES.resourceArn, path, shown(arn))];
  }
  if (arn === '*') {
    return [];
  }
  const findings: Finding[] = [];
  const service = arn.split(':')[2]!;
  if (!service.includes('*') && !supportedArnServices().has(service)) {
    findings.push(found(RULES.resourceService, path, arn));
  }
  const resource = arnParts(arn)?.resource ?? '*';
  if (/\*./.test(resource)) {
    findings.push(found(RULES.resourceStar, path, arn));
  }
  if (service === 'rds' && resource === '*') {
    findings.push(found(RULES.rdsFamily, path, arn));
  }
  return findings;
}

/** Whether the ARNs of a selection can be where its plan is. */
export function checkPlaces(selection: BackupSelection, env: Environment, path: string, probe: IValueProbe): Finding[] {
  if (!readable(env, probe)) {
    return [];
  }
  const findings: Finding[] = [];
  const role = selection.iamRoleArn;
  const roleAccount = readable(role, probe) && ROLE_ARN.test(role) ? arnParts(role)!.account : undefined;
  if (isElsewhere(roleAccount, env.account, probe)) {
    const given = `${roleAccount}, where the plan is in ${env.account}`;
    findings.push(found(RULES.roleAccount, at(path, 'iamRoleArn'), given));
  }
  // Who names role and resources of one account means that account: the role has been told of.
  const account = roleAccount ?? env.account;
  for (const [index, arn] of members(selection.resources, probe)) {
    const parts = PATTERN.test(arn) ? arn.split(':') : [];
    const whole = parts.length >= 6;
    const elsewhere =
      isElsewhere(parts[1], env.partition, probe) ||
      (whole && (isElsewhere(parts[3], env.region, probe) || isElsewhere(parts[4], account, probe)));
    if (elsewhere) {
      const given = `${arn}, where the plan is in ${env.partition} ${env.account} ${env.region}`;
      findings.push(found(RULES.resourcePlace, at(at(path, 'resources'), index), given));
    }
  }
  return findings;
}

function isElsewhere(pattern: string | undefined, place: string, probe: IValueProbe): boolean {
  return pattern !== undefined && pattern !== '' && readable(place, probe) && !matches(pattern, place);
}

function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
