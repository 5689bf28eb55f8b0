import { StatefulResource } from '../../resource';
import { BackupSelection } from '../../selection';
import { SelectionReason } from '../../selection-verdict';
import { Selector } from '../../selector';
import { at } from '../found';
import { absent, members } from '../reading';
import { allKnown } from './all-known';
import { DeclaredPlan, EstateIndex } from './estate-index';

/** A selection and what it takes. */
export interface Selected {
  readonly path: string;
  readonly resources: readonly StatefulResource[];
  /** ARNs that match and are opted out. */
  readonly optedOut: readonly string[];
  /** Whether selection and resources could all be read now, so that what is not selected is really not. */
  readonly isComplete: boolean;
}

/** What a plan backs up. */
export interface PlanReach {
  readonly selections: readonly Selected[];
  /** Each resource once. */
  readonly resources: readonly StatefulResource[];
}

/** Several rules ask the same of one plan, and an estate may hold ten thousand resources. */
const REACHES = new WeakMap<DeclaredPlan, PlanReach>();

/** What the selections of a plan take of the resources of its account and Region. */
export function reachOf(declared: DeclaredPlan, index: EstateIndex): PlanReach {
  let reach = REACHES.get(declared);
  if (reach === undefined) {
    const selections = members(declared.plan.selections, index.probe).map(([place, selection]) =>
      evaluate(declared, selection, selection.declaredAt ?? at(at(declared.path, 'selections'), place), index),
    );
    const resources = new Set<StatefulResource>();
    for (const one of selections) {
      one.resources.forEach((resource) => resources.add(resource));
    }
    reach = { selections, resources: [...resources] };
    REACHES.set(declared, reach);
  }
  return reach;
}

function evaluate({ plan }: DeclaredPlan, selection: BackupSelection, path: string, index: EstateIndex): Selected {
  const { known, unknown } = index.resourcesIn(plan.env);
  const { resources, notResources, listOfTags, conditions } = selection;
  const isFormed =
    [resources, notResources].every((list) => isListOf('string', list)) && isListOf('object', listOfTags);
  const isKnown = allKnown([resources, notResources, listOfTags, conditions], index.probe);
  if (!isFormed || !isKnown || typeof (conditions ?? {}) !== 'object') {
    return { path, resources: named(selection, [...known, ...unknown]), optedOut: [], isComplete: false };
  }
  const taken: StatefulResource[] = [];
  const optedOut: string[] = [];
  Selector.evaluate(selection, known, index.settingsOf(plan.env)).forEach((verdict, i) => {
    const resource = known[i];
    if (verdict.selected && resource !== undefined) {
      taken.push(resource);
    } else if (verdict.reason === SelectionReason.OPTED_OUT) {
      optedOut.push(verdict.resourceArn);
    }
  });
  taken.push(...named(selection, unknown));
  return { path, resources: taken, optedOut, isComplete: unknown.length === 0 };
}

/** Resources that a selection names as they stand, tokens included, and that nothing else in it can remove. */
function named(selection: BackupSelection, resources: readonly StatefulResource[]): StatefulResource[] {
  if (selection.conditions !== undefined || (selection.notResources ?? []).length > 0) {
    return [];
  }
  const names = new Set(Array.isArray(selection.resources) ? selection.resources : []);
  return resources.filter(({ arn }) => names.has(arn));
}

/** Whether a value is left out or a list of members of a type: nothing checks types before the rules do. */
function isListOf(type: 'string' | 'object', list: unknown): boolean {
  return absent(list) || (Array.isArray(list) && list.every((member) => typeof member === type && member !== null));
}
