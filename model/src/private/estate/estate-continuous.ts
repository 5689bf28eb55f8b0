import { Finding, RuleDescription } from '../../finding';
import { StatefulResource } from '../../resource';
import { ServiceSupport } from '../../support/service-support';
import { at, found } from '../found';
import { days, listed, readable } from '../reading';
import { PLAN } from '../tables/plan';
import { EstateIndex, nameOf, PlannedRule } from './estate-index';
import { reachOf } from './selected';

/** A rule and the resources that it backs up. */
interface Backing {
  readonly planned: PlannedRule;
  readonly resources: readonly StatefulResource[];
}

/** Continuous backups of one resource that two vaults are to hold. */
export function checkContinuousVaults(index: EstateIndex): Finding[] {
  const continuous: Backing[] = [];
  const periodic: Backing[] = [];
  for (const declared of index.plans) {
    const resources = reachOf(declared, index).resources.filter(({ service }) => ServiceSupport.tryFind(service)?.pitr);
    for (const planned of declared.rules) {
      const flag = planned.rule.enableContinuousBackup ?? false;
      if (index.probe.known(flag) && readable(planned.rule.targetBackupVaultName, index.probe)) {
        (flag ? continuous : periodic).push({ planned, resources });
      }
    }
  }
  const first = new Map<string, PlannedRule>();
  const findings = continuous.flatMap((backing) => elsewhere(PLAN.continuousVaults, backing, first, true));
  findings.push(...checkRetentions(continuous));
  for (const { planned, resources } of periodic) {
    const buckets = resources.filter(({ service }) => service === 's3');
    findings.push(...elsewhere(PLAN.s3Vaults, { planned, resources: buckets }, first, false));
  }
  return findings;
}

/** Continuous backups of one resource in one vault, of which the longest alone counts (Source B5.3/2). */
function checkRetentions(continuous: readonly Backing[]): Finding[] {
  const keyOf = ({ rule }: PlannedRule, { arn }: StatefulResource) => `${rule.targetBackupVaultName}|${arn}`;
  const longest = new Map<string, PlannedRule>();
  for (const { planned, resources } of continuous.filter((backing) => backing.planned.retention !== undefined)) {
    for (const resource of resources) {
      const key = keyOf(planned, resource);
      if (planned.retention! > (longest.get(key)?.retention ?? 0)) {
        longest.set(key, planned);
      }
    }
  }
  return continuous.flatMap(({ planned, resources }) => {
    const shorter = resources.filter((one) => planned.retention! < (longest.get(keyOf(planned, one))?.retention ?? 0));
    const [one] = shorter;
    if (one === undefined) {
      return [];
    }
    const winner = longest.get(keyOf(planned, one))!;
    const names = listed(shorter.map(({ name }) => name));
    const given = `${days(planned.retention)}, where rule ${nameOf(winner)} keeps ${days(winner.retention)}, for ${names}`;
    return [found(PLAN.continuousRetention, at(planned.path, 'lifecycle.deleteAfterDays'), given)];
  });
}

/** Resources whose continuous backup another vault holds. */
function elsewhere(
  rule: RuleDescription,
  { planned, resources }: Backing,
  first: Map<string, PlannedRule>,
  remember: boolean,
): Finding[] {
  const vault = planned.rule.targetBackupVaultName;
  const conflicts = resources.filter(({ arn }) => {
    const earlier = first.get(arn);
    return earlier !== undefined && earlier.rule.targetBackupVaultName !== vault;
  });
  if (remember) {
    for (const { arn } of resources.filter((resource) => !first.has(resource.arn))) {
      first.set(arn, planned);
    }
  }
  const [one] = conflicts;
  if (one === undefined) {
    return [];
  }
  const earlier = first.get(one.arn)!;
  const names = listed(conflicts.map(({ name }) => name));
  const given = `${vault}, where rule ${nameOf(earlier)} has ${earlier.rule.targetBackupVaultName}, for ${names}`;
  return [found(rule, at(planned.path, 'targetBackupVaultName'), given)];
}
