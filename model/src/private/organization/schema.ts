/**
 * The elements of a backup policy, from `plans` down.
 *
 * Source B11.1: the syntax of backup policies. What has a name of the author's choice below it is `named`.
 */
export type Element =
  | { readonly kind: 'text' }
  | { readonly kind: 'list' }
  | { readonly kind: 'members'; readonly members: Readonly<Record<string, Element>> }
  | { readonly kind: 'named'; readonly member: Element; readonly lowerCase: boolean };

const TEXT: Element = { kind: 'text' };
const LIST: Element = { kind: 'list' };

function members(elements: Readonly<Record<string, Element>>): Element {
  return { kind: 'members', members: elements };
}

function named(member: Element, lowerCase: boolean = false): Element {
  return { kind: 'named', member, lowerCase };
}

const TAG = members({ tag_key: TEXT, tag_value: TEXT });

const LIFECYCLE = members({
  move_to_cold_storage_after_days: TEXT,
  delete_after_days: TEXT,
  opt_in_to_archive_for_supported_resources: TEXT,
});

const RULE = members({
  schedule_expression: TEXT,
  schedule_expression_timezone: TEXT,
  start_backup_window_minutes: TEXT,
  complete_backup_window_minutes: TEXT,
  enable_continuous_backup: TEXT,
  lifecycle: LIFECYCLE,
  target_backup_vault_name: TEXT,
  target_logically_air_gapped_backup_vault_arn: TEXT,
  copy_actions: named(members({ target_backup_vault_arn: TEXT, lifecycle: LIFECYCLE })),
  recovery_point_tags: named(TAG),
  index_actions: members({ resource_types: LIST }),
  scan_actions: named(members({ scan_mode: TEXT })),
});

const CONDITION = named(members({ condition_key: TEXT, condition_value: TEXT }));

const CONDITIONS = members({
  string_equals: CONDITION,
  string_not_equals: CONDITION,
  string_like: CONDITION,
  string_not_like: CONDITION,
});

const PLAN = members({
  regions: LIST,
  rules: named(RULE, true),
  selections: members({
    tags: named(members({ iam_role_arn: TEXT, tag_key: TEXT, tag_value: LIST, conditions: CONDITIONS }), true),
    resources: named(
      members({ iam_role_arn: TEXT, resource_types: LIST, not_resource_types: LIST, conditions: CONDITIONS }),
      true,
    ),
  }),
  advanced_backup_settings: members({
    ec2: members({ windows_vss: TEXT }),
    s3: members({ backup_acls: TEXT, backup_object_tags: TEXT }),
  }),
  backup_plan_tags: named(TAG),
  scan_settings: named(members({ resource_types: LIST, scanner_role_arn: TEXT })),
});

/** What stands below `plans`: plans by their names. */
export const PLANS: Element = named(PLAN);

/** The operators that set a value, in the order in which one policy applies them. */
export const VALUE_OPERATORS = ['@@assign', '@@append', '@@remove'] as const;
export type ValueOperator = (typeof VALUE_OPERATORS)[number];

export const CHILD_CONTROL = '@@operators_allowed_for_child_policies';

/** The element that a key leads to; undefined for a key that the element does not have. */
export function elementBelow(element: Element, key: string): Element | undefined {
  if (element.kind === 'named') {
    return element.member;
  }
  return element.kind === 'members' && Object.hasOwn(element.members, key) ? element.members[key] : undefined;
}

/** The element at the end of a path from `plans` down; undefined where the path leaves the syntax. */
export function elementAt(path: readonly string[]): Element | undefined {
  return path.reduce<Element | undefined>(
    (element, key) => (element === undefined ? undefined : elementBelow(element, key)),
    PLANS,
  );
}

/** A key as the effective policy has it: names of rules and selections are in lower case there (Source B11.1/7). */
export function keyOf(element: Element, key: string): string {
  return element.kind === 'named' && element.lowerCase ? key.toLowerCase() : key;
}

/** The operators that a control allows; undefined when it is none. */
export function allowedBy(control: unknown): readonly ValueOperator[] | undefined {
  const given: unknown[] = Array.isArray(control) ? control : [control];
  if (given.length === 1 && given[0] === '@@all') {
    return VALUE_OPERATORS;
  }
  if (given.length === 1 && given[0] === '@@none') {
    return [];
  }
  const known = VALUE_OPERATORS.filter((operator) => given.includes(operator));
  return given.length > 0 && known.length === given.length ? known : undefined;
}

/** Whether a value is an object with members, neither a list nor a text. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
