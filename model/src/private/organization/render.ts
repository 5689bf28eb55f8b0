import { CopyAction } from '../../copy-action';
import { Lifecycle } from '../../lifecycle';
import {
  OrganizationAdjustment,
  OrganizationBackupPlan,
  OrganizationBackupPolicy,
  OrganizationChildControl,
  OrganizationResourceSelection,
  OrganizationTagSelection,
} from '../../organization-backup-policy';
import { AdvancedBackupSetting } from '../../plan';
import { BackupRule } from '../../rule';
import { ScanAction } from '../../scan-action';
import { ScanSetting } from '../../scan-setting';
import { SelectionConditions, TagCondition } from '../../selection';
import { CHILD_CONTROL, elementAt, isObject } from './schema';

/** A node of the content: elements below it, or operators and their values. */
export interface PolicyNode {
  [key: string]: PolicyNode | string | string[];
}

/** Between the keys of a node's path. */
export const SEPARATOR = '/';

/** Options of advanced settings, as plans and as policies name them (Source B11.1, B2.4/1). */
export const SETTINGS: readonly (readonly [type: string, option: string, element: string, member: string])[] = [
  ['EC2', 'WindowsVSS', 'ec2', 'windows_vss'],
  ['S3', 'BackupACLs', 's3', 'backup_acls'],
  ['S3', 'BackupObjectTags', 's3', 'backup_object_tags'],
];

/** Operators of conditions, as plans and as policies name them. */
export const CONDITION_OPERATORS: readonly (readonly [member: keyof SelectionConditions, element: string])[] = [
  ['stringEquals', 'string_equals'],
  ['stringNotEquals', 'string_not_equals'],
  ['stringLike', 'string_like'],
  ['stringNotLike', 'string_not_like'],
];

/** The content of a policy. */
export function renderPolicy(policy: OrganizationBackupPolicy): PolicyNode {
  const plans: PolicyNode = {};
  if (policy.operatorsAllowedForChildPlans !== undefined) {
    plans[CHILD_CONTROL] = policy.operatorsAllowedForChildPlans;
  }
  for (const plan of policy.plans ?? []) {
    plans[plan.backupPlanName] = renderPlan(plan);
  }
  applyAdjustments(plans, policy.adjustments ?? []);
  for (const plan of policy.plans ?? []) {
    for (const control of plan.childControls ?? []) {
      const node = nodeBelow(plans[plan.backupPlanName] as PolicyNode, control.node);
      if (node !== undefined) {
        controlFrom(node, control);
      }
    }
  }
  return { plans };
}

function renderPlan(plan: OrganizationBackupPlan): PolicyNode {
  return withoutEmpty({
    regions: list(plan.regions),
    rules: byName(plan.rules, (rule) => rule.ruleName, renderRule),
    selections: withoutEmpty({
      tags: byName(plan.tagSelections, (selection) => selection.selectionName, renderTagSelection),
      resources: byName(plan.resourceSelections, (selection) => selection.selectionName, renderResourceSelection),
    }),
    advanced_backup_settings: renderSettings(plan.advancedBackupSettings),
    backup_plan_tags: renderTags(plan.tags),
    scan_settings: byName(plan.scanSettings, scannerOf, renderScanSetting),
  });
}

function renderRule(rule: BackupRule): PolicyNode {
  return withoutEmpty({
    schedule_expression: text(rule.scheduleExpression),
    schedule_expression_timezone: text(rule.scheduleExpressionTimezone),
    start_backup_window_minutes: text(rule.startWindowMinutes),
    complete_backup_window_minutes: text(rule.completionWindowMinutes),
    enable_continuous_backup: text(rule.enableContinuousBackup),
    lifecycle: renderLifecycle(rule.lifecycle),
    target_backup_vault_name: text(rule.targetBackupVaultName),
    target_logically_air_gapped_backup_vault_arn: text(rule.targetLogicallyAirGappedBackupVaultArn),
    copy_actions: byName(rule.copyActions, (action) => action.destinationBackupVaultArn, renderCopyAction),
    recovery_point_tags: renderTags(rule.recoveryPointTags),
    index_actions: withoutEmpty({ resource_types: list(rule.indexActions) }),
    scan_actions: byName(rule.scanActions, scannerOf, ({ scanMode }) => withoutEmpty({ scan_mode: text(scanMode) })),
  });
}

/** Scanners are keys of a policy; AWS Backup knows one. */
function scannerOf({ malwareScanner = 'GUARDDUTY' }: ScanAction | ScanSetting): string {
  return malwareScanner;
}

function renderScanSetting(setting: ScanSetting): PolicyNode {
  return withoutEmpty({
    resource_types: list(setting.resourceTypes),
    scanner_role_arn: text(setting.scannerRoleArn),
  });
}

function renderCopyAction(action: CopyAction): PolicyNode {
  return withoutEmpty({
    target_backup_vault_arn: text(action.destinationBackupVaultArn),
    lifecycle: renderLifecycle(action.lifecycle),
  });
}

function renderLifecycle(lifecycle: Lifecycle | undefined): PolicyNode {
  return withoutEmpty({
    move_to_cold_storage_after_days: text(lifecycle?.moveToColdStorageAfterDays),
    delete_after_days: text(lifecycle?.deleteAfterDays),
    opt_in_to_archive_for_supported_resources: text(lifecycle?.optInToArchiveForSupportedResources),
  });
}

function renderTagSelection(selection: OrganizationTagSelection): PolicyNode {
  return withoutEmpty({
    iam_role_arn: text(selection.iamRoleArn),
    tag_key: text(selection.tagKey),
    tag_value: list(selection.tagValues),
    conditions: renderConditions(selection.conditions),
  });
}

function renderResourceSelection(selection: OrganizationResourceSelection): PolicyNode {
  return withoutEmpty({
    iam_role_arn: text(selection.iamRoleArn),
    resource_types: list(selection.resourceTypes),
    not_resource_types: list(selection.notResourceTypes),
    conditions: renderConditions(selection.conditions),
  });
}

function renderConditions(conditions: SelectionConditions | undefined): PolicyNode {
  return withoutEmpty(
    Object.fromEntries(
      CONDITION_OPERATORS.map(([member, element]) => [
        element,
        byName(
          (conditions?.[member] ?? []).map((condition, index) => ({ condition, name: `c${index + 1}` })),
          ({ name }) => name,
          ({ condition }) => renderCondition(condition),
        ),
      ]),
    ),
  );
}

function renderCondition(condition: TagCondition): PolicyNode {
  return withoutEmpty({
    condition_key: text(condition.conditionKey),
    condition_value: text(condition.conditionValue),
  });
}

function renderSettings(settings: AdvancedBackupSetting[] | undefined): PolicyNode {
  const rendered: Record<string, PolicyNode> = {};
  for (const { resourceType, backupOptions } of settings ?? []) {
    for (const [type, option, element, member] of SETTINGS) {
      const value = type === resourceType ? text(backupOptions[option]) : undefined;
      if (value !== undefined) {
        rendered[element] = { ...rendered[element], [member]: value };
      }
    }
  }
  return rendered;
}

function renderTags(tags: { [key: string]: string } | undefined): PolicyNode {
  return Object.fromEntries(
    Object.entries(tags ?? {}).map(([key, value]) => [
      key,
      { tag_key: { '@@assign': key }, tag_value: { '@@assign': value } },
    ]),
  );
}

function byName<T>(all: readonly T[] | undefined, nameOf: (one: T) => string, render: (one: T) => PolicyNode) {
  return Object.fromEntries((all ?? []).map((one) => [nameOf(one), render(one)]));
}

/** Numbers and booleans are texts in a policy (Source B11.1/2). */
function text(value: string | number | boolean | undefined): PolicyNode | undefined {
  return value === undefined || value === null ? undefined : { '@@assign': String(value) };
}

function list(values: string[] | undefined): PolicyNode | undefined {
  return values === undefined || values.length === 0 ? undefined : { '@@assign': values };
}

function withoutEmpty(node: Record<string, PolicyNode | undefined>): PolicyNode {
  const given = Object.entries(node).filter(([, value]) => value !== undefined && Object.keys(value).length > 0);
  return Object.fromEntries(given) as PolicyNode;
}

/** Each adjusted element has the adjustments' operators alone, whatever a plan of this policy says of it. */
function applyAdjustments(plans: PolicyNode, adjustments: readonly OrganizationAdjustment[]): void {
  const adjusted = new Map<string, PolicyNode>();
  for (const { node, valueOperator, values } of adjustments) {
    const path = node.split(SEPARATOR);
    const leaf = adjusted.get(node) ?? {};
    leaf[valueOperator] = elementAt(path)?.kind === 'list' || values.length !== 1 ? values : (values[0] as string);
    adjusted.set(node, leaf);
    put(plans, path, leaf);
  }
}

function put(root: PolicyNode, path: readonly string[], leaf: PolicyNode): void {
  let node = root;
  for (const key of path.slice(0, -1)) {
    const below = isObject(node[key]) ? (node[key] as PolicyNode) : {};
    node[key] = below;
    node = below;
  }
  node[path.at(-1) as string] = leaf;
}

/** The node at a path; keys may hold the separator themselves. */
export function nodeBelow(node: PolicyNode, path: string): PolicyNode | undefined {
  if (path === '') {
    return node;
  }
  for (const [key, below] of Object.entries(node)) {
    if (isObject(below) && path === key) {
      return below as PolicyNode;
    }
    if (isObject(below) && path.startsWith(`${key}${SEPARATOR}`)) {
      const found = nodeBelow(below as PolicyNode, path.slice(key.length + 1));
      if (found !== undefined) {
        return found;
      }
    }
  }
  return undefined;
}

/** A nearer control of the same plan stands: the list of controls is read from the whole to the parts. */
function controlFrom(node: PolicyNode, control: OrganizationChildControl): void {
  const elements = Object.entries(node).filter(([key]) => key !== CHILD_CONTROL);
  for (const [key] of Object.entries(node)) {
    delete node[key];
  }
  node[CHILD_CONTROL] = control.operators;
  for (const [key, below] of elements) {
    node[key] = below;
    if (isObject(below)) {
      controlFrom(below as PolicyNode, control);
    }
  }
}
