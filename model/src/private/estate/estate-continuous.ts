import { Finding, RuleDescription } from '../../finding';
import { StatefulResource } from '../../resource';
import { ServiceSupport } from '../../support/service-support';
import { at, found } from '../found';
import { listed, readable } from '../reading';
import { PLAN } from '../tables/plan';
import { EstateIndex, PlannedRule } from './estate-index';
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
  for (const { planned, resources } of periodic) {
    const buckets = resources.filter(({ service }) => service === 's3');
    findings.push(...elsewhere(PLAN.s3Vaults, { planned, resources: buckets }, first, false));
  }
  return findings;
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
  const given = `${vault}, where rule ${earlier.rule.ruleName} has ${earlier.rule.targetBackupVaultName}, for ${names}`;
  return [found(rule, at(planned.path, 'targetBackupVaultName'), given)];
}
