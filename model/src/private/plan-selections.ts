import { Finding, IValueProbe } from '../finding';
import { BackupPlan } from '../plan';
import { BackupSelectionRules } from '../selection';
import { at, found } from './found';
import { checkLength, duplicates } from './names';
import { lengthOf, members } from './reading';
import { checkPlaces } from './selection-checks';
import { PLAN } from './tables/plan';

/** What the rules find in the selections of a plan: in each, and in all together. */
export function checkPlanSelections(plan: BackupPlan, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const selectionsPath = at(path, 'selections');
  const selections = members(plan.selections, probe);
  findings.push(...checkLength(PLAN.selections, lengthOf(plan.selections, probe) ?? 0, 0, 100, selectionsPath));
  const byTags = selections.filter(([, selection]) => (lengthOf(selection.listOfTags, probe) ?? 0) > 0);
  findings.push(...checkLength(PLAN.tagSelections, byTags.length, 0, 10, selectionsPath));
  for (const [index, selection] of selections) {
    const selectionPath = selection.declaredAt ?? at(selectionsPath, index);
    findings.push(...BackupSelectionRules.check(selection, selectionPath, probe));
    findings.push(...checkPlaces(selection, plan.env, selectionPath, probe));
  }
  for (const [[first], [index, selection]] of duplicates(selections, ([, member]) => member.selectionName)) {
    const namePath = at(selection.declaredAt ?? at(selectionsPath, index), 'selectionName');
    findings.push(found(PLAN.selectionNames, namePath, `${selection.selectionName} again, as in selections[${first}]`));
  }
  return findings;
}
