/**
 * Which resources a plan backs up.
 *
 * Pure: the algorithm is model's Selector; here several selections become one roster.
 * Source   B3.1-B3.3 (Selector), B3.4/1: a resource in several selections of a plan gets one job for each run.
 * Spec     selections.md
 */
import { BackupSelection, RegionSettings, Selector } from '@holdfast/model';
import type { Ledger } from './ledger';
import type { Plan } from './plans';
import type { Resource } from './protected-resources';

/** For each resource the number of the first selection that picks it, from 1 on; 0 where none does. */
function pickersOf(
  selections: readonly BackupSelection[],
  resources: readonly Resource[],
  settings: RegionSettings | undefined,
): Int32Array {
  const declarations = resources.map((resource) => resource.declaration);
  const pickers = new Int32Array(resources.length);
  selections.forEach((selection, number) => {
    Selector.evaluate(selection, declarations, settings).forEach((verdict, row) => {
      if (verdict.selected && pickers[row] === 0) {
        pickers[row] = number + 1;
      }
    });
  });
  return pickers;
}

/** The resources that any of the selections picks, in the order given. */
export function rosterOf(
  selections: readonly BackupSelection[],
  resources: readonly Resource[],
  settings: RegionSettings | undefined,
): Resource[] {
  const pickers = pickersOf(selections, resources, settings);
  return resources.filter((_, row) => pickers[row] !== 0);
}

/** What the selections of a plan come to, by ARN in ascending order; found anew when anything may have changed it. */
export function planRoster(ledger: Ledger, plan: Plan): readonly Resource[] {
  if (plan.rosterVersion !== ledger.rosterVersion) {
    const declarations = plan.selections.map((selection) => selection.declaration);
    const settings = ledger.settings.at(plan.management?.optIn ?? plan.declaration.env);
    const resources = ledger.resources.at(plan.place);
    const pickers = pickersOf(declarations, resources, settings);
    plan.roster = resources.filter((_, row) => pickers[row] !== 0);
    plan.pickers = pickers.filter((picker) => picker !== 0).map((picker) => picker - 1);
    plan.rosterVersion = ledger.rosterVersion;
  }
  return plan.roster;
}
