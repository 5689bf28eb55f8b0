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

/** The resources that any of the selections picks, in the order given. */
export function rosterOf(
  selections: readonly BackupSelection[],
  resources: readonly Resource[],
  settings: RegionSettings | undefined,
): Resource[] {
  const declarations = resources.map((resource) => resource.declaration);
  const picked = new Uint8Array(resources.length);
  for (const selection of selections) {
    Selector.evaluate(selection, declarations, settings).forEach((verdict, row) => {
      if (verdict.selected) {
        picked[row] = 1;
      }
    });
  }
  return resources.filter((_, row) => picked[row] === 1);
}

/** What the selections of a plan come to, by ARN in ascending order; found anew when anything may have changed it. */
export function planRoster(ledger: Ledger, plan: Plan): readonly Resource[] {
  if (plan.rosterVersion !== ledger.rosterVersion) {
    const declarations = plan.selections.map((selection) => selection.declaration);
    const settings = ledger.settings.at(plan.management?.optIn ?? plan.declaration.env);
    plan.roster = rosterOf(declarations, ledger.resources.at(plan.place), settings);
    plan.rosterVersion = ledger.rosterVersion;
  }
  return plan.roster;
}
