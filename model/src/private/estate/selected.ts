import { IValueProbe } from '../../finding';
import { StatefulResource } from '../../resource';
import { BackupSelection } from '../../selection';
import { SelectionVerdict } from '../../selection-verdict';
import { Selector } from '../../selector';
import { at } from '../found';
import { members } from '../reading';
import { DeclaredPlan, EstateIndex } from './estate-index';

/** A selection and what it takes. */
export interface Selected {
  readonly selection: BackupSelection;
  readonly path: string;
  /** Verdicts over the resources of the plan's place; undefined when the selection cannot be evaluated now. */
  readonly verdicts?: readonly SelectionVerdict[];
  readonly resources: readonly StatefulResource[];
}

/** Several rules ask the same of one plan, and an estate may hold ten thousand resources. */
const EVALUATED = new WeakMap<DeclaredPlan, readonly Selected[]>();

/** What each selection of a plan takes of the resources of its account and Region. */
export function selectionsOf(declared: DeclaredPlan, index: EstateIndex): readonly Selected[] {
  const before = EVALUATED.get(declared) ?? evaluate(declared, index);
  EVALUATED.set(declared, before);
  return before;
}

function evaluate(declared: DeclaredPlan, index: EstateIndex): Selected[] {
  const { plan, path } = declared;
  const there = index.resourcesIn(plan.env);
  const evaluable = there.filter((resource) => allKnown([resource.arn, resource.tags], index.probe));
  const others = there.filter((resource) => !allKnown([resource.arn, resource.tags], index.probe));
  return members(plan.selections, index.probe).map(([place, selection]) => {
    const selectionPath = selection.declaredAt ?? at(at(path, 'selections'), place);
    const { resources, notResources, listOfTags, conditions } = selection;
    if (!allKnown([resources, notResources, listOfTags, conditions], index.probe)) {
      return { selection, path: selectionPath, resources: named(selection, there) };
    }
    const verdicts = Selector.evaluate(selection, evaluable, index.settingsOf(plan.env));
    const taken = evaluable.filter((_resource, i) => verdicts[i]?.selected);
    return { selection, path: selectionPath, verdicts, resources: [...taken, ...named(selection, others)] };
  });
}

/** All resources that a plan backs up, each once. */
export function resourcesOf(declared: DeclaredPlan, index: EstateIndex): readonly StatefulResource[] {
  return [...new Set(selectionsOf(declared, index).flatMap(({ resources }) => resources))];
}

/** Resources that a selection names as they stand, tokens included, and that nothing else in it can remove. */
function named(selection: BackupSelection, resources: readonly StatefulResource[]): StatefulResource[] {
  if (selection.conditions !== undefined || (selection.notResources ?? []).length > 0) {
    return [];
  }
  const names = new Set(Array.isArray(selection.resources) ? selection.resources : []);
  return resources.filter(({ arn }) => names.has(arn));
}

/** Whether a value is known, with all that is in it. */
function allKnown(value: unknown, probe: IValueProbe): boolean {
  if (value === undefined || value === null) {
    return true;
  }
  if (!probe.known(value)) {
    return false;
  }
  if (typeof value !== 'object') {
    return true;
  }
  return Object.entries(value).every(([key, member]) => probe.known(key) && allKnown(member, probe));
}
