import { BackupLimits } from '../../backup-limits';
import { Finding } from '../../finding';
import { at, found } from '../found';
import { listed } from '../reading';
import { PLAN } from '../tables/plan';
import { SELECTION_RULES } from '../tables/selection';
import { EstateIndex } from './estate-index';
import { reachOf } from './selected';

/** What selections come to, given the resources of the estate. */
export function checkSelections(index: EstateIndex): Finding[] {
  const findings: Finding[] = [];
  for (const declared of index.plans) {
    const { env } = declared.plan;
    for (const { path, resources, optedOut, isComplete } of reachOf(declared, index).selections) {
      if (optedOut.length > 0) {
        findings.push(found(SELECTION_RULES.optedOut, at(path, 'resources'), `${listed(optedOut)}, opted out`));
      }
      if (index.estate.resourcesAreComplete === true && isComplete && resources.length === 0) {
        const given = `0 of ${index.resourcesIn(env).known.length} resources in ${env.account} ${env.region}`;
        findings.push(found(SELECTION_RULES.matchesNothing, path, given));
      }
    }
  }
  return [...findings, ...checkBuckets(index)];
}

/** Buckets that the plans of an account back up together, told at the plan that exceeds the quota. */
function checkBuckets(index: EstateIndex): Finding[] {
  const byAccount = new Map<string, Set<string>>();
  const findings: Finding[] = [];
  for (const declared of index.plans) {
    const { account } = declared.plan.env;
    const buckets = byAccount.get(account) ?? new Set<string>();
    byAccount.set(account, buckets);
    const before = buckets.size;
    for (const { arn } of reachOf(declared, index).resources.filter(({ service }) => service === 's3')) {
      buckets.add(arn);
    }
    if (before <= BackupLimits.S3_BUCKETS && buckets.size > BackupLimits.S3_BUCKETS) {
      findings.push(found(PLAN.s3Quota, at(declared.path, 'selections'), `${buckets.size} in ${account}`));
    }
  }
  return findings;
}
