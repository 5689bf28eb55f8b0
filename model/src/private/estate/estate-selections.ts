import { Finding } from '../../finding';
import { SelectionReason } from '../../selection-verdict';
import { at, found } from '../found';
import { listed } from '../reading';
import { SELECTION_RULES } from '../tables/selection';
import { EstateIndex } from './estate-index';
import { selectionsOf } from './selected';

/** What selections come to, given the resources of the estate. */
export function checkSelections(index: EstateIndex): Finding[] {
  const findings: Finding[] = [];
  const complete = index.estate.resourcesAreComplete === true;
  for (const declared of index.plans) {
    for (const { path, verdicts, resources } of selectionsOf(declared, index)) {
      if (verdicts === undefined) {
        continue;
      }
      const optedOut = verdicts.filter(({ reason }) => reason === SelectionReason.OPTED_OUT);
      if (optedOut.length > 0) {
        const arns = optedOut.map(({ resourceArn }) => resourceArn);
        findings.push(found(SELECTION_RULES.optedOut, at(path, 'resources'), `${listed(arns)}, opted out`));
      }
      const unseen = index.resourcesIn(declared.plan.env).length - verdicts.length;
      if (complete && resources.length === 0 && unseen === 0) {
        const given = `0 of ${verdicts.length} resources in ${declared.plan.env.account} ${declared.plan.env.region}`;
        findings.push(found(SELECTION_RULES.matchesNothing, path, given));
      }
    }
  }
  return findings;
}
