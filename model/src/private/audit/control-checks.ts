import { ControlDescription, ControlScopeKind } from '../../control-description';
import { ControlScope } from '../../control-scope';
import { Environment } from '../../environment';
import { Finding, IValueProbe } from '../../finding';
import { FrameworkControl } from '../../framework-control';
import { ServiceSupport } from '../../support/service-support';
import { at, found } from '../found';
import { absent, lengthOf, members, readable, shown } from '../reading';
import { FRAMEWORK_CONTROL } from '../tables/audit';
import { CONTROLS } from './controls';
import { checkParameters, ParameterValues } from './parameter-checks';

/** Names of the two controls about copies, which FSx for NetApp ONTAP has none of. */
const ABOUT_COPIES = ['BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION', 'BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT'];

/** The parameters of a control by their names. */
export function parametersOf(control: FrameworkControl, probe: IValueProbe): ParameterValues {
  return new Map(
    members(control.controlInputParameters, probe)
      .filter(([, { parameterName }]) => readable(parameterName, probe))
      .map(([, { parameterName, parameterValue }]): [string, unknown] => [parameterName, parameterValue]),
  );
}

/** What the rules find in one control of a framework. */
export function checkControl(
  control: FrameworkControl,
  env: Environment | undefined,
  path: string,
  probe: IValueProbe,
): Finding[] {
  const name = control.controlName;
  if (!absent(name) && !probe.known(name)) {
    return [];
  }
  const description = CONTROLS.find((known) => known.controlName === name);
  if (description === undefined) {
    return [found(FRAMEWORK_CONTROL.name, at(path, 'controlName'), shown(name))];
  }
  const values = parametersOf(control, probe);
  return [
    ...checkParameters(description.parameters, values, { path, env, probe }),
    ...checkScope(description, control.controlScope, at(path, 'controlScope'), probe),
  ];
}

function checkScope(
  control: ControlDescription,
  scope: ControlScope | undefined,
  path: string,
  probe: IValueProbe,
): Finding[] {
  if (!readable(scope, probe)) {
    return [];
  }
  const tags = readable(scope.tags, probe) ? Object.keys(scope.tags) : [];
  const types = lengthOf(scope.complianceResourceTypes, probe) ?? 0;
  const ids = lengthOf(scope.complianceResourceIds, probe);
  const findings: Finding[] = [];
  if (tags.length > 1) {
    findings.push(found(FRAMEWORK_CONTROL.scopeTags, at(path, 'tags'), String(tags.length)));
  }
  if (ids !== undefined && (ids < 1 || ids > 100)) {
    findings.push(found(FRAMEWORK_CONTROL.scopeIds, at(path, 'complianceResourceIds'), String(ids)));
  }
  const isMixed = (tags.length > 0 && (types > 0 || ids !== undefined)) || (ids !== undefined && types !== 1);
  if (isMixed) {
    const given = `${types} types, ${ids ?? 0} ids and ${tags.length} tags`;
    findings.push(found(FRAMEWORK_CONTROL.scope, path, given));
  } else {
    findings.push(...checkKind(control, kindOf(tags.length, types, ids), path));
  }
  return [...findings, ...checkTypes(control, scope, path, probe)];
}

function kindOf(tags: number, types: number, ids: number | undefined): ControlScopeKind | undefined {
  if (ids !== undefined) {
    return ControlScopeKind.SINGLE_RESOURCE;
  }
  if (tags > 0) {
    return ControlScopeKind.TAG;
  }
  return types > 0 ? ControlScopeKind.RESOURCE_TYPES : undefined;
}

function checkKind(control: ControlDescription, kind: ControlScopeKind | undefined, path: string): Finding[] {
  if (kind === undefined || control.scopeKinds.includes(kind)) {
    return [];
  }
  const allowed = `narrowed by ${control.scopeKinds.join(' or ')} for ${control.controlName}`;
  return [found(FRAMEWORK_CONTROL.scopeKind, path, kind, allowed)];
}

function checkTypes(control: ControlDescription, scope: ControlScope, path: string, probe: IValueProbe): Finding[] {
  const types = members(scope.complianceResourceTypes, probe);
  if (types.length === 0) {
    return [];
  }
  const evaluated = new Set(ServiceSupport.all().flatMap((row) => (row.auditManager ? row.resourceType : [])));
  const typesPath = at(path, 'complianceResourceTypes');
  const findings = types
    .filter(([, type]) => !evaluated.has(type) && !/^AWS::\w+::\w+$/.test(type))
    .map(([index, type]) => found(FRAMEWORK_CONTROL.scopeType, at(typesPath, index), shown(type)));
  for (const [index, type] of types) {
    if (type === 'FSx' && ABOUT_COPIES.includes(control.controlName)) {
      findings.push(found(FRAMEWORK_CONTROL.fsxOntap, at(typesPath, index), type));
    }
  }
  return findings;
}
