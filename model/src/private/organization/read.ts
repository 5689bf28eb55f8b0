import { CopyAction } from '../../copy-action';
import { Lifecycle } from '../../lifecycle';
import {
  OrganizationAdjustment,
  OrganizationBackupPlan,
  OrganizationChildControl,
  OrganizationResourceSelection,
  OrganizationTagSelection,
} from '../../organization-backup-policy';
import { AdvancedBackupSetting } from '../../plan';
import { BackupRule } from '../../rule';
import { ScanAction } from '../../scan-action';
import { ScanSetting } from '../../scan-setting';
import { SelectionConditions, TagCondition } from '../../selection';
import { CONDITION_OPERATORS, SEPARATOR, SETTINGS } from './render';
import { allowedBy, CHILD_CONTROL, isObject, VALUE_OPERATORS } from './schema';

/** What the content of a policy declares. */
export interface ReadPolicy {
  readonly plans: OrganizationBackupPlan[];
  readonly adjustments: OrganizationAdjustment[];
  readonly operatorsAllowedForChildPlans?: string[];
}

/**
 * The declarations in the content of a policy, or of an effective policy, which has no operators.
 *
 * A plan that lacks Regions, rules or selections is a part of one that others complete: all that it sets is adjustments.
 */
export function readPolicy(document: unknown): ReadPolicy {
  const plans = object(object(document).plans);
  const control = plans[CHILD_CONTROL];
  const whole: OrganizationBackupPlan[] = [];
  const adjustments: OrganizationAdjustment[] = [];
  for (const [name, plan] of members(plans)) {
    const isWhole = [plan.regions, plan.rules, plan.selections].every(isObjectOrList);
    adjustments.push(...adjustmentsOf(plan, [name], isWhole));
    if (isWhole) {
      whole.push(readPlan(name, plan));
    }
  }
  return {
    plans: whole,
    adjustments,
    ...(control === undefined ? {} : { operatorsAllowedForChildPlans: texts(control) }),
  };
}

/** A plan of which every element is there. */
export function readPlan(name: string, plan: Record<string, unknown>): OrganizationBackupPlan {
  const selections = object(plan.selections);
  return given<OrganizationBackupPlan>({
    backupPlanName: name,
    regions: values(plan.regions) ?? [],
    rules: members(plan.rules).map(([ruleName, rule]) => readRule(ruleName, rule)),
    tagSelections: some(members(selections.tags).map(([key, one]) => readTagSelection(key, one))),
    resourceSelections: some(members(selections.resources).map(([key, one]) => readResourceSelection(key, one))),
    advancedBackupSettings: some(readSettings(plan.advanced_backup_settings)),
    tags: readTags(plan.backup_plan_tags),
    scanSettings: some(members(plan.scan_settings).map(([scanner, setting]) => readScanSetting(scanner, setting))),
    childControls: some(controlsOf(plan, [], undefined)),
  });
}

function readRule(ruleName: string, rule: Record<string, unknown>): BackupRule {
  return given<BackupRule>({
    ruleName,
    targetBackupVaultName: value(rule.target_backup_vault_name) as string,
    targetLogicallyAirGappedBackupVaultArn: value(rule.target_logically_air_gapped_backup_vault_arn),
    scheduleExpression: value(rule.schedule_expression),
    scheduleExpressionTimezone: value(rule.schedule_expression_timezone),
    startWindowMinutes: number(rule.start_backup_window_minutes),
    completionWindowMinutes: number(rule.complete_backup_window_minutes),
    enableContinuousBackup: flag(rule.enable_continuous_backup),
    lifecycle: readLifecycle(rule.lifecycle),
    recoveryPointTags: readTags(rule.recovery_point_tags),
    copyActions: some(members(rule.copy_actions).map(([key, action]) => readCopyAction(key, action))),
    indexActions: values(object(rule.index_actions).resource_types),
    scanActions: some(
      members(rule.scan_actions).map(([malwareScanner, action]) =>
        given<ScanAction>({ malwareScanner, scanMode: value(action.scan_mode) }),
      ),
    ),
  });
}

function readScanSetting(malwareScanner: string, setting: Record<string, unknown>): ScanSetting {
  return given<ScanSetting>({
    malwareScanner,
    resourceTypes: values(setting.resource_types),
    scannerRoleArn: value(setting.scanner_role_arn),
  });
}

function readCopyAction(key: string, action: Record<string, unknown>): CopyAction {
  return given<CopyAction>({
    destinationBackupVaultArn: value(action.target_backup_vault_arn) ?? key,
    lifecycle: readLifecycle(action.lifecycle),
  });
}

function readLifecycle(lifecycle: unknown): Lifecycle | undefined {
  const node = object(lifecycle);
  const read = given<Lifecycle>({
    moveToColdStorageAfterDays: number(node.move_to_cold_storage_after_days),
    deleteAfterDays: number(node.delete_after_days),
    optInToArchiveForSupportedResources: flag(node.opt_in_to_archive_for_supported_resources),
  });
  return Object.keys(read).length === 0 ? undefined : read;
}

function readTagSelection(selectionName: string, selection: Record<string, unknown>): OrganizationTagSelection {
  return given<OrganizationTagSelection>({
    selectionName,
    iamRoleArn: value(selection.iam_role_arn) as string,
    tagKey: value(selection.tag_key) as string,
    tagValues: values(selection.tag_value) ?? [],
    conditions: readConditions(selection.conditions),
  });
}

function readResourceSelection(
  selectionName: string,
  selection: Record<string, unknown>,
): OrganizationResourceSelection {
  return given<OrganizationResourceSelection>({
    selectionName,
    iamRoleArn: value(selection.iam_role_arn) as string,
    resourceTypes: values(selection.resource_types) ?? [],
    notResourceTypes: values(selection.not_resource_types),
    conditions: readConditions(selection.conditions),
  });
}

function readConditions(conditions: unknown): SelectionConditions | undefined {
  const node = object(conditions);
  const read = CONDITION_OPERATORS.map(([member, element]): [string, TagCondition[]] => [
    member,
    members(node[element]).map(([, condition]) => ({
      conditionKey: value(condition.condition_key) as string,
      conditionValue: value(condition.condition_value) as string,
    })),
  ]).filter(([, all]) => all.length > 0);
  return read.length === 0 ? undefined : (Object.fromEntries(read) as SelectionConditions);
}

function readSettings(settings: unknown): AdvancedBackupSetting[] {
  const types = [...new Set(SETTINGS.map(([type]) => type))];
  return types.flatMap((resourceType) => {
    const options = SETTINGS.filter(([type]) => type === resourceType).flatMap(([, option, element, member]) => {
      const set = value(object(object(settings)[element])[member]);
      return set === undefined ? [] : [[option, set] as const];
    });
    return options.length === 0 ? [] : [{ resourceType, backupOptions: Object.fromEntries(options) }];
  });
}

function readTags(tags: unknown): { [key: string]: string } | undefined {
  const read = members(tags).map(([key, tag]) => [value(tag.tag_key) ?? key, value(tag.tag_value)] as const);
  return read.length === 0 ? undefined : (Object.fromEntries(read) as { [key: string]: string });
}

/** What a plan sets by other operators than `@@assign`; or all that it sets, where it is but a part of one. */
function adjustmentsOf(node: unknown, path: readonly string[], isWhole: boolean): OrganizationAdjustment[] {
  if (!isObject(node)) {
    return [];
  }
  const operators = VALUE_OPERATORS.filter((operator) => operator in node);
  const here = operators.every((operator) => operator === '@@assign' && isWhole)
    ? []
    : operators.map((valueOperator) => ({
        node: path.join(SEPARATOR),
        valueOperator,
        values: texts(node[valueOperator]),
      }));
  const below = Object.entries(node).flatMap(([key, one]) =>
    key.startsWith('@@') ? [] : adjustmentsOf(one, [...path, key], isWhole),
  );
  return [...here, ...below];
}

/** Controls that the element above does not have already. */
function controlsOf(node: unknown, path: readonly string[], above: string | undefined): OrganizationChildControl[] {
  if (!isObject(node)) {
    return [];
  }
  const control = node[CHILD_CONTROL];
  const own = control === undefined ? above : JSON.stringify(allowedBy(control) ?? control);
  const here = own === above ? [] : [{ node: path.join(SEPARATOR), operators: texts(control) }];
  const below = Object.entries(node).flatMap(([key, one]) =>
    key.startsWith('@@') ? [] : controlsOf(one, [...path, key], own),
  );
  return [...here, ...below];
}

/** The values of an element, whichever operator sets them; an effective policy has none. */
function values(leaf: unknown): string[] | undefined {
  const set = isObject(leaf)
    ? VALUE_OPERATORS.map((operator) => leaf[operator]).find((one) => one !== undefined)
    : leaf;
  return set === undefined || set === null ? undefined : texts(set);
}

function value(leaf: unknown): string | undefined {
  return values(leaf)?.[0];
}

/** What is no number stays as it is, for the rules to point out. */
function number(leaf: unknown): number | undefined {
  const set = value(leaf);
  return set !== undefined && /^-?\d+(\.\d+)?$/.test(set) ? Number(set) : (set as unknown as number | undefined);
}

function flag(leaf: unknown): boolean | undefined {
  const set = value(leaf);
  return set === undefined ? undefined : set.toLowerCase() === 'true';
}

function texts(set: unknown): string[] {
  return (Array.isArray(set) ? set : [set]).map(String);
}

function object(node: unknown): Record<string, unknown> {
  return isObject(node) ? node : {};
}

function members(node: unknown): [string, Record<string, unknown>][] {
  return Object.entries(object(node)).filter(
    (entry): entry is [string, Record<string, unknown>] => !entry[0].startsWith('@@') && isObject(entry[1]),
  );
}

function isObjectOrList(node: unknown): boolean {
  return isObject(node) || Array.isArray(node);
}

function some<T>(all: T[]): T[] | undefined {
  return all.length === 0 ? undefined : all;
}

/** A declaration without what is not given. */
function given<T extends object>(declaration: T): T {
  return Object.fromEntries(Object.entries(declaration).filter(([, one]) => one !== undefined)) as T;
}
