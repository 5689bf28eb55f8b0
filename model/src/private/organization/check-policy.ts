import { Finding, IValueProbe } from '../../finding';
import {
  OrganizationAdjustment,
  OrganizationBackupPlan,
  OrganizationBackupPolicy,
} from '../../organization-backup-policy';
import { at, found } from '../found';
import { duplicates } from '../names';
import { absent, lengthOf, members, readable, shown } from '../reading';
import { ORGANIZATION_PLAN, ORGANIZATION_POLICY as RULES } from '../tables/organization';
import { checkPolicyDocument } from './check-document';
import { checkOrganizationPlan } from './check-plan';
import { checkProvision } from './check-provision';
import { nodeBelow, PolicyNode, renderPolicy, SEPARATOR } from './render';
import { allowedBy, elementAt, VALUE_OPERATORS } from './schema';

/** Ids of roots, organizational units and accounts (Source API AttachPolicy). */
const TARGET = /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12})$/;

/** What the rules find in a backup policy as declared. */
export function checkPolicy(policy: OrganizationBackupPolicy, path: string, probe: IValueProbe): Finding[] {
  if (!readable(policy, probe)) {
    return [];
  }
  const findings = checkSurface(policy, path, probe);
  const plans = members(policy.plans, probe);
  for (const [index, plan] of plans) {
    findings.push(...checkOrganizationPlan(plan, at(at(path, 'plans'), index), probe));
    findings.push(...checkControls(plan, at(at(path, 'plans'), index), probe));
  }
  for (const [[first], [index, plan]] of duplicates(plans, ([, plan]) => plan.backupPlanName)) {
    const given = `${plan.backupPlanName} again, as in plans[${first}]`;
    findings.push(found(ORGANIZATION_PLAN.names, at(at(at(path, 'plans'), index), 'backupPlanName'), given));
  }
  for (const [index, adjustment] of members(policy.adjustments, probe)) {
    findings.push(...checkAdjustment(adjustment, at(at(path, 'adjustments'), index), probe));
  }
  findings.push(...checkChildPlans(policy, path, probe), ...checkProvision(policy, path, probe));
  return [...findings, ...checkRendered(policy, path, probe, findings)];
}

function checkSurface(policy: OrganizationBackupPolicy, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const { policyName: name, description } = policy;
  if (absent(name) || (probe.known(name) && (name.length < 1 || name.length > 128))) {
    findings.push(found(RULES.name, at(path, 'policyName'), measured(name)));
  }
  if (readable(description, probe) && description.length > 512) {
    findings.push(found(RULES.description, at(path, 'description'), `${description.length} characters`));
  }
  for (const [index, target] of members(policy.targetIds, probe)) {
    if (!TARGET.test(target)) {
      findings.push(found(RULES.target, at(at(path, 'targetIds'), index), shown(target)));
    }
  }
  const plans = absent(policy.plans) ? 0 : lengthOf(policy.plans, probe);
  const adjustments = absent(policy.adjustments) ? 0 : lengthOf(policy.adjustments, probe);
  if (plans === 0 && adjustments === 0) {
    findings.push(found(RULES.empty, at(path, 'plans'), 'neither'));
  }
  return findings;
}

function measured(name: string | undefined): string {
  return name !== undefined && name.length > 128 ? `${name.length} characters` : shown(name);
}

function checkChildPlans(policy: OrganizationBackupPolicy, path: string, probe: IValueProbe): Finding[] {
  const control = policy.operatorsAllowedForChildPlans;
  const wrong = readable(control, probe) && allowedBy(control) === undefined;
  return wrong ? [found(RULES.childControl, at(path, 'operatorsAllowedForChildPlans'), JSON.stringify(control))] : [];
}

function checkControls(plan: OrganizationBackupPlan, path: string, probe: IValueProbe): Finding[] {
  const rendered = renderPolicy({ policyName: '', plans: [{ ...plan, childControls: undefined }] });
  const [root] = Object.values(rendered.plans as PolicyNode) as PolicyNode[];
  return members(plan.childControls, probe).flatMap(([index, control]) => {
    const controlPath = at(at(path, 'childControls'), index);
    const findings: Finding[] = [];
    if (readable(control.operators, probe) && allowedBy(control.operators) === undefined) {
      const given = JSON.stringify(control.operators);
      findings.push(found(RULES.childControl, at(controlPath, 'operators'), given));
    }
    if (readable(control.node, probe) && nodeBelow(root as PolicyNode, control.node) === undefined) {
      findings.push(found(RULES.nodeUnknown, at(controlPath, 'node'), shown(control.node)));
    }
    return findings;
  });
}

function checkAdjustment(adjustment: OrganizationAdjustment, path: string, probe: IValueProbe): Finding[] {
  const { node, valueOperator, values } = adjustment;
  if (!readable(node, probe)) {
    return [found(RULES.nodeUnknown, at(path, 'node'), 'a token', 'known at synthesis, as it is keys of the policy')];
  }
  const element = elementAt(node.split(SEPARATOR));
  if (element?.kind !== 'text' && element?.kind !== 'list') {
    return [
      found(RULES.nodeUnknown, at(path, 'node'), shown(node), 'an element that holds values, e.g. ledger/regions'),
    ];
  }
  if (!probe.known(valueOperator)) {
    return [found(RULES.operatorUnknown, at(path, 'valueOperator'), 'a token')];
  }
  if (!(VALUE_OPERATORS as readonly string[]).includes(valueOperator)) {
    return [found(RULES.operatorUnknown, at(path, 'valueOperator'), shown(valueOperator))];
  }
  if (element.kind === 'text' && valueOperator !== '@@assign') {
    return [found(RULES.operatorSingle, at(path, 'valueOperator'), valueOperator)];
  }
  const count = lengthOf(values, probe);
  const wrong = count !== undefined && (element.kind === 'text' ? count !== 1 : count === 0);
  const allowed = element.kind === 'text' ? '1 value' : 'at least 1 value';
  return wrong ? [found(RULES.value, at(path, 'values'), String(count), allowed)] : [];
}

/** The content as a whole, where its parts are right: its size, its names, its variables. */
function checkRendered(
  policy: OrganizationBackupPolicy,
  path: string,
  probe: IValueProbe,
  before: readonly Finding[],
): Finding[] {
  if (
    !probe.known(policy.plans) ||
    !probe.known(policy.adjustments) ||
    before.some(({ severity }) => severity === 'error')
  ) {
    return [];
  }
  return checkPolicyDocument(renderPolicy(policy), at(path, 'content'), probe);
}
