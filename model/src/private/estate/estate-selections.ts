import { Finding } from '../../finding';
import { at, found } from '../found';
import { listed } from '../reading';
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
  return findings;
}
