import { ComplianceObservation } from '../../compliance-observation';
import { ComplianceAspect as Aspect, ComplianceRequirement } from '../../compliance-requirement';
import { ComplianceStandard } from '../../compliance-standard';
import { Finding } from '../../finding';
import { listed } from '../reading';
import { tryBoundOf } from './bounds';
import { breach } from './judged';
import { oneOf } from './vaults';

/** What falls short of a requirement in what was seen. */
export function observed(
  standard: ComplianceStandard,
  requirement: ComplianceRequirement,
  observations: readonly ComplianceObservation[],
): Finding[] {
  const judged = { standard, requirement };
  const bound = tryBoundOf(requirement);
  return observations.flatMap(({ path, value, names = [], there = false, given }) => {
    if (bound !== undefined) {
      const fits = value !== undefined && bound.fits(value);
      const shown = given ?? (value === undefined ? 'none' : bound.shown(value));
      return fits ? [] : [breach(judged, path, shown, bound.allowed)];
    }
    if (requirement.aspect === Aspect.AUDIT_CONTROLS) {
      const missing = missingControls(requirement, names);
      return missing.length === 0 ? [] : [breach(judged, path, given ?? noneOf(missing))];
    }
    if (requirement.aspect === Aspect.REGIONS) {
      const allowed = requirement.names ?? [];
      const foreign = names.filter((name) => !allowed.includes(name));
      return foreign.length === 0 ? [] : [breach(judged, path, given ?? listed(foreign), oneOf(allowed))];
    }
    return there ? [] : [breach(judged, path, given ?? 'none')];
  });
}

/** The controls that a requirement asks for and that are not there. */
export function missingControls({ names = [] }: ComplianceRequirement, there: readonly string[]): string[] {
  return names.filter((name) => !there.includes(name));
}

export function noneOf(missing: readonly string[]): string {
  return `none of ${listed(missing)}`;
}
