import { ControlParameterDescription, ControlParameterKind } from '../../control-description';
import { Environment } from '../../environment';
import { Finding, IValueProbe } from '../../finding';
import { ROLE_ARN } from '../arns';
import { at, found } from '../found';
import { absent, days, listed, readable, shown, whole } from '../reading';
import { AUDIT_PARAMETER } from '../tables/audit';

export const REGION_NAME = /^[a-z]{2}(-[a-z]+)+-\d+$/;
export const ACCOUNT_ID = /^\d{12}$/;

/** Parameters by name, as typed factories and templates give them: numbers, texts, lists. */
export type ParameterValues = ReadonlyMap<string, unknown>;

/** Where the parameters stand and what they are held against. */
export interface ParameterPlace {
  readonly path: string;
  readonly env: Environment | undefined;
  readonly probe: IValueProbe;
}

/** Whether the parameters have the names and values that a control, or a rule of AWS Config, takes. */
export function checkParameters(
  specs: readonly ControlParameterDescription[],
  values: ParameterValues,
  place: ParameterPlace,
): Finding[] {
  const { path, probe } = place;
  const names = specs.map(({ parameterName }) => parameterName);
  const findings = [...values.keys()]
    .filter((name) => probe.known(name) && !names.includes(name))
    .map((name) => found(AUDIT_PARAMETER.parameter, at(path, name), name, allowedNames(names)));
  for (const spec of specs) {
    const value = values.get(spec.parameterName);
    if (!absent(value)) {
      findings.push(...CHECKS[spec.kind](spec, value, values, place));
    } else if (spec.isRequired) {
      findings.push(found(AUDIT_PARAMETER.missing, at(path, spec.parameterName), 'none'));
    }
  }
  return [...findings, ...checkLockBounds(values, place)];
}

/** A number, as such or as text, as templates give it; undefined when it is neither or not known now. */
export function numberOf(value: unknown, probe: IValueProbe): number | undefined {
  if (!readable(value, probe)) {
    return undefined;
  }
  if (typeof value === 'string') {
    return /^\d+$/.test(value) ? Number(value) : undefined;
  }
  return typeof value === 'number' ? value : undefined;
}

/** The members of a list, or of a text with commas; undefined when they are not all known now. */
export function membersOf(value: unknown, probe: IValueProbe): string[] | undefined {
  if (!readable(value, probe)) {
    return undefined;
  }
  const all = Array.isArray(value) ? (value as unknown[]) : String(value).split(',');
  return all.every((member) => readable(member, probe)) ? all.map((member) => String(member).trim()) : undefined;
}

type Check = (
  spec: ControlParameterDescription,
  value: unknown,
  values: ParameterValues,
  place: ParameterPlace,
) => Finding[];

const CHECKS: Readonly<Record<ControlParameterKind, Check>> = {
  [ControlParameterKind.DAYS]: (spec, value, _, { path, probe }) =>
    !probe.known(value) || whole(numberOf(value, probe), 1, spec.greatest ?? Infinity)
      ? []
      : [found(AUDIT_PARAMETER.days, at(path, spec.parameterName), days(value))],
  [ControlParameterKind.MINUTES]: (spec, value, _, { path, probe }) =>
    !probe.known(value) || whole(numberOf(value, probe), 1, Number.MAX_SAFE_INTEGER)
      ? []
      : [found(AUDIT_PARAMETER.restoreTime, at(path, spec.parameterName), shown(value))],
  [ControlParameterKind.UNIT]: (spec, value, _, { path, probe }) =>
    !probe.known(value) || value === 'hours' || value === 'days'
      ? []
      : [found(AUDIT_PARAMETER.unit, at(path, spec.parameterName), shown(value))],
  [ControlParameterKind.FLAG]: (spec, value, _, { path, probe }) =>
    !probe.known(value) || value === 'True' || value === 'False'
      ? []
      : [found(AUDIT_PARAMETER.flag, at(path, spec.parameterName), shown(value))],
  [ControlParameterKind.TAGS]: (spec, value, _, { path, probe }) =>
    !probe.known(value) || isTags(value)
      ? []
      : [found(AUDIT_PARAMETER.tags, at(path, spec.parameterName), shown(value))],
  [ControlParameterKind.TEXT]: () => [],
  [ControlParameterKind.OF_UNIT]: checkPeriod,
  [ControlParameterKind.ROLE_ARNS]: checkPrincipals,
  [ControlParameterKind.REGIONS]: checkRegions,
  [ControlParameterKind.ACCOUNTS]: checkAccounts,
};

/** The unit of a number: the parameter of the same name that ends in `Unit`, days when it is not given. */
export function unitOf(valueName: string, values: ParameterValues): unknown {
  return values.get(valueName.replace(/Value$/, 'Unit')) ?? 'days';
}

function checkPeriod(
  spec: ControlParameterDescription,
  value: unknown,
  values: ParameterValues,
  { path, probe }: ParameterPlace,
): Finding[] {
  const unit = unitOf(spec.parameterName, values);
  if (!probe.known(value) || !probe.known(unit) || (unit !== 'hours' && unit !== 'days')) {
    return [];
  }
  const [least = 1, greatest = Infinity] =
    unit === 'hours' ? [spec.leastHours, spec.greatestHours] : [spec.least, spec.greatest];
  const valuePath = at(path, spec.parameterName);
  const given = `${shown(value)} ${unit}`;
  if (!whole(numberOf(value, probe), least, greatest)) {
    const allowed = `a whole number of ${unit} from ${least} to ${greatest}`;
    return [found(AUDIT_PARAMETER.period, valuePath, given, allowed)];
  }
  const hours = Number(value) * (unit === 'days' ? 24 : 1);
  // The parameter of air-gapped vaults alone has a least number of hours above one.
  return (spec.leastHours ?? 0) > 1 && hours < 168 ? [found(AUDIT_PARAMETER.airGappedAge, valuePath, given)] : [];
}

function checkPrincipals(
  spec: ControlParameterDescription,
  value: unknown,
  _: ParameterValues,
  { path, probe }: ParameterPlace,
): Finding[] {
  const valuePath = at(path, spec.parameterName);
  const findings = checkCount(AUDIT_PARAMETER.principals, value, spec.greatest, valuePath, probe);
  const strange = knownMembers(value, probe).filter((member) => !ROLE_ARN.test(member));
  return strange.length === 0 ? findings : [...findings, found(AUDIT_PARAMETER.principals, valuePath, named(strange))];
}

function checkRegions(
  spec: ControlParameterDescription,
  value: unknown,
  _: ParameterValues,
  { path, env, probe }: ParameterPlace,
): Finding[] {
  const valuePath = at(path, spec.parameterName);
  const findings = checkCount(AUDIT_PARAMETER.regions, value, spec.greatest, valuePath, probe);
  const regions = knownMembers(value, probe);
  const strange = regions.filter((region, index) => !REGION_NAME.test(region) || regions.indexOf(region) !== index);
  if (strange.length > 0) {
    findings.push(found(AUDIT_PARAMETER.regions, valuePath, named(strange)));
  }
  if (readable(env?.region, probe) && regions.includes(env.region)) {
    findings.push(found(AUDIT_PARAMETER.ownRegion, valuePath, env.region));
  }
  return findings;
}

function checkAccounts(
  spec: ControlParameterDescription,
  value: unknown,
  _: ParameterValues,
  { path, env, probe }: ParameterPlace,
): Finding[] {
  const valuePath = at(path, spec.parameterName);
  const findings = checkCount(AUDIT_PARAMETER.accounts, value, spec.greatest, valuePath, probe);
  const accounts = knownMembers(value, probe);
  const strange = accounts.filter((id, index) => !ACCOUNT_ID.test(id) || accounts.indexOf(id) !== index);
  if (strange.length > 0) {
    findings.push(found(AUDIT_PARAMETER.accounts, valuePath, named(strange)));
  }
  if (readable(env?.account, probe) && accounts.includes(env.account)) {
    findings.push(found(AUDIT_PARAMETER.ownAccount, valuePath, env.account));
  }
  return findings;
}

function checkLockBounds(values: ParameterValues, { path, probe }: ParameterPlace): Finding[] {
  const min = numberOf(values.get('minRetentionDays'), probe);
  const max = numberOf(values.get('maxRetentionDays'), probe);
  if (min === undefined || max === undefined || max >= min) {
    return [];
  }
  const allowed = `at least ${days(min)}, the minRetentionDays`;
  return [found(AUDIT_PARAMETER.lockBounds, at(path, 'maxRetentionDays'), days(max), allowed)];
}

/** A list that names nothing, or more than it may; a token among its members may stand for several. */
function checkCount(
  rule: (typeof AUDIT_PARAMETER)['accounts'],
  value: unknown,
  greatest: number | undefined,
  path: string,
  probe: IValueProbe,
): Finding[] {
  const count = membersOf(value, probe)?.filter((member) => member !== '').length;
  return count === undefined || (count >= 1 && count <= (greatest ?? Infinity))
    ? []
    : [found(rule, path, String(count))];
}

/** Those members of a list that can be read now. */
function knownMembers(value: unknown, probe: IValueProbe): string[] {
  if (!readable(value, probe)) {
    return [];
  }
  if (Array.isArray(value)) {
    return (value as unknown[]).filter((member) => readable(member, probe)).map((member) => String(member).trim());
  }
  return (membersOf(value, probe) ?? []).filter((member) => member !== '');
}

function named(all: readonly string[]): string {
  return listed(all.map((member) => shown(member)));
}

function allowedNames(names: readonly string[]): string {
  return names.length === 0 ? 'left out, as there are no parameters' : names.join(' or ');
}

/** Tags as an object, or as JSON of one, as templates give them. */
function isTags(value: unknown): boolean {
  let tags: unknown = value;
  if (typeof value === 'string') {
    try {
      tags = JSON.parse(value);
    } catch {
      return false;
    }
  }
  return typeof tags === 'object' && tags !== null && !Array.isArray(tags) && Object.keys(tags).length > 0;
}
