import { BackupLimits } from '../../backup-limits';
import { EffectivePolicy, EffectiveSetting, OrganizationNode } from '../../effective-policy';
import { Finding, IValueProbe } from '../../finding';
import { OrganizationsLimits } from '../../organizations-limits';
import { at, found } from '../found';
import { listed } from '../reading';
import { ORGANIZATION_PLAN, ORGANIZATION_POLICY } from '../tables/organization';
import { checkPolicyDocument, parsed } from './check-document';
import { checkOrganizationPlan } from './check-plan';
import { Conflict, Ignored, keyOfPath, Merged, mergeNode, NOTHING, Placed, Setting } from './merge';
import { readPlan } from './read';
import { SEPARATOR } from './render';
import { elementAt, isObject } from './schema';

const ACCOUNT = /^\d{12}$/;
const { BACKUP_POLICIES_ATTACHED: ATTACHED, UNIT_DEPTH: DEPTH } = OrganizationsLimits;

/** What has been gathered on the way from the root to a node. */
interface Way {
  readonly probe: IValueProbe;
  readonly names: readonly string[];
  readonly units: number;
  readonly merged: Merged;
  readonly ignored: readonly Ignored[];
  readonly conflicts: readonly Conflict[];
  readonly findings: readonly Finding[];
}

const START: Omit<Way, 'probe'> = { names: [], units: 0, merged: NOTHING, ignored: [], conflicts: [], findings: [] };

/** The effective policy of each account at or below a node. */
export function previewTree(root: OrganizationNode, probe: IValueProbe): EffectivePolicy[] {
  return walk(root, { ...START, probe });
}

function walk(node: OrganizationNode, way: Way): EffectivePolicy[] {
  const here = extended(way, node);
  const own = ACCOUNT.test(node.id) ? [effectivePolicy(node.id, here)] : [];
  return [...own, ...(node.children ?? []).flatMap((child) => walk(child, here))];
}

function extended(way: Way, node: OrganizationNode): Way {
  const name = node.name ?? node.id;
  const names = [...way.names, name];
  const attached = node.policies ?? [];
  const units = way.units + (node.id.startsWith('ou-') ? 1 : 0);
  const findings = [...way.findings];
  if (attached.length > ATTACHED) {
    findings.push(found(ORGANIZATION_POLICY.attached, at(name, 'policies'), String(attached.length)));
  }
  if (units > DEPTH && node.id.startsWith('ou-')) {
    findings.push(found(ORGANIZATION_POLICY.depth, name, String(units)));
  }
  const placed = attached.flatMap(({ policyName, content }): Placed[] => {
    const label = `${policyName} at ${name}`;
    findings.push(...checkPolicyDocument(content, label, way.probe));
    const read = parsed(content);
    return read === undefined ? [] : [{ label, policyName, content: read }];
  });
  const { merged, ignored, conflicts } = mergeNode(way.merged, placed);
  return {
    probe: way.probe,
    names,
    units,
    merged,
    ignored: [...way.ignored, ...ignored],
    conflicts: [...way.conflicts, ...conflicts],
    findings,
  };
}

function effectivePolicy(accountId: string, way: Way): EffectivePolicy {
  const general = [...way.merged.settings.values()];
  const settings = general.map((setting) => withAccount(setting, accountId));
  const plans = contentOf(general).plans as Record<string, Record<string, unknown>>;
  return {
    accountId,
    path: way.names.join(SEPARATOR),
    content: contentOf(settings),
    settings: settings.map(told),
    ignored: way.ignored.map(({ path, valueOperator, label: policy, because }) => ({
      path: keyOfPath(path),
      valueOperator,
      policy,
      because,
    })),
    findings: [
      ...way.findings,
      ...way.conflicts.map(conflictFound),
      ...way.ignored.map(ignoredFound),
      ...Object.entries(plans).flatMap(([name, plan]) => checkPlan(name, plan, way.probe)),
      ...checkQuota(plans),
    ],
  };
}

function withAccount({ path, values, setBy }: Setting, accountId: string): Setting {
  const put = (text: string) => text.split('$account').join(accountId);
  return { path: path.map(put), values: values.map(put), setBy };
}

function told({ path, values, setBy }: Setting): EffectiveSetting {
  return { path: keyOfPath(path), values: [...values], setBy: [...setBy] };
}

/** The content without operators: a text, or a list where the element is one. */
function contentOf(settings: readonly Setting[]): Record<string, unknown> {
  const content: Record<string, unknown> = { plans: {} };
  for (const { path, values } of settings) {
    let node = content.plans as Record<string, unknown>;
    for (const key of path.slice(0, -1)) {
      node[key] = isObject(node[key]) ? node[key] : {};
      node = node[key] as Record<string, unknown>;
    }
    node[path.at(-1) as string] = elementAt(path)?.kind === 'list' ? values : values[0];
  }
  return content;
}

function conflictFound({ path, labels, winner }: Conflict): Finding {
  const given = `${listed(labels)}, of which ${winner} is taken here`;
  return found(ORGANIZATION_POLICY.conflict, keyOfPath(path), given);
}

function ignoredFound({ path, valueOperator, label, because }: Ignored): Finding {
  return found(ORGANIZATION_POLICY.ignored, keyOfPath(path), `${valueOperator} of ${label}, where ${because}`);
}

/** Whether AWS would enforce a plan (Source B11.1/1, B11.2/5): all that must be there is, and is right. */
function checkPlan(name: string, plan: Record<string, unknown>, probe: IValueProbe): Finding[] {
  const missing = missingOf(name, plan);
  if (missing.length > 0) {
    return missing.map((path) => found(ORGANIZATION_PLAN.required, path, 'none'));
  }
  return checkOrganizationPlan(readPlan(name, plan), name, probe);
}

function missingOf(name: string, plan: Record<string, unknown>): string[] {
  const missing = ['regions', 'rules', 'selections'].filter((key) => plan[key] === undefined);
  const rules = isObject(plan.rules) ? Object.entries(plan.rules) : [];
  const ofRules = rules.flatMap(([rule, elements]) =>
    ['schedule_expression', 'target_backup_vault_name']
      .filter((key) => !isObject(elements) || elements[key] === undefined)
      .map((key) => keyOfPath([name, 'rules', rule, key])),
  );
  return [...missing.map((key) => keyOfPath([name, key])), ...ofRules];
}

/** Each plan is made once in each of its Regions (Source B11.1/8). */
function checkQuota(plans: Record<string, Record<string, unknown>>): Finding[] {
  const byRegion = new Map<string, number>();
  for (const region of Object.values(plans).flatMap((plan) => (plan.regions ?? []) as string[])) {
    byRegion.set(region, (byRegion.get(region) ?? 0) + 1);
  }
  return [...byRegion]
    .filter(([, count]) => count > BackupLimits.PLANS)
    .map(([region, count]) => found(ORGANIZATION_PLAN.quota, 'plans', `${count} in ${region}`));
}
