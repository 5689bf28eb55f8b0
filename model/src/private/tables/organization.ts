import { Severity } from '../../finding';
import { advice, api, fact, failsAtRun, refused, Table } from './describe';

const CREATE_POLICY = 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html';
const ATTACH_POLICY = 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html';
const OPERATORS = 'https://docs.aws.amazon.com/organizations/latest/userguide/policy-operators.html';
const STACK_SET = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html';
const GLOBAL = api('UpdateGlobalSettings');

export const ORGANIZATION_POLICY = {
  name: refused('organization-policy-name', '1 to 128 characters', CREATE_POLICY),
  description: refused('organization-policy-description', 'at most 512 characters', CREATE_POLICY),
  target: refused(
    'organization-policy-target',
    'the id of a root, an organizational unit or an account',
    ATTACH_POLICY,
  ),
  size: refused(
    'organization-policy-size',
    'at most 10000 characters of JSON without white space',
    fact('11.3 Backup'),
  ),
  empty: advice(
    'organization-policy-empty',
    Severity.WARNING,
    'given at least 1 plan or 1 adjustment of an inherited one',
    fact('B11.1/1'),
  ),
  element: refused('organization-policy-element', 'an element that backup policies have', fact('B11.1/1')),
  value: refused(
    'organization-policy-value',
    'a text, or a list of texts where the element has several values, under an operator',
    fact('B11.1/2'),
  ),
  operatorUnknown: refused('organization-policy-operator', '@@assign, @@append or @@remove', OPERATORS),
  operatorSingle: refused(
    'organization-policy-operator-of-one-value',
    '@@assign, as the element has one value',
    fact('B11.2/1'),
  ),
  childControl: refused(
    'organization-policy-child-control',
    '@@all alone, @@none alone, or some of @@assign, @@append and @@remove',
    fact('B11.2/2'),
  ),
  nodeUnknown: advice(
    'organization-policy-node',
    Severity.ERROR,
    'an element that the policy has, from the name of a plan down, joined by /',
    fact('B11.2/2'),
  ),
  regionVariable: failsAtRun(
    'organization-policy-region-variable',
    Severity.ERROR,
    'without $region, which is put in for target_logically_air_gapped_backup_vault_arn alone',
    fact('B11.1/5'),
  ),
  copyKey: refused('organization-policy-copy-key', 'the ARN under which the copy action stands', fact('B11.1')),
  keys: refused(
    'organization-policy-keys',
    'unlike every other name beside it in more than upper and lower case, as the effective policy has lower case alone',
    `Assumed; ${fact('B11.1/7')}`,
  ),
  conflict: advice(
    'organization-policy-conflict',
    Severity.WARNING,
    'assigned by one policy of a root, unit or account, as it is not said which of two wins',
    fact('B11.2/4'),
  ),
  attached: refused('organization-policy-attached', 'at most 10 backup policies (quota)', fact('11.3 Backup')),
  ignored: advice(
    'organization-policy-ignored',
    Severity.NOTE,
    'an operator that the policies above allow; it is ignored',
    fact('B11.2/2'),
  ),
  depth: refused('organization-policy-depth', 'at most 5 organizational units below each other', fact('B11.3/5')),
} satisfies Table;

export const ORGANIZATION_PLAN = {
  names: refused('organization-plan-names', 'unique in the policy', fact('B11.1/7')),
  required: failsAtRun(
    'organization-plan-required',
    Severity.ERROR,
    'given: an effective policy without it is not enforced',
    fact('B11.1/1, B11.2/5'),
  ),
  regions: refused('organization-plan-regions', 'at least 1 Region', fact('B11.1/1')),
  region: refused('organization-plan-region', 'the name of a Region', fact('B11.1/1')),
  selections: refused('organization-plan-selections', 'given at least 1 selection', fact('B11.1/1')),
  selectionForms: refused(
    'organization-plan-selection-forms',
    'either by tags or by resource types: a plan has one of the two forms',
    fact('B11.1/3'),
  ),
  copyDestination: advice(
    'organization-plan-copy-destination',
    Severity.ERROR,
    'an ARN that is known at synthesis, as it is a key of the policy',
    fact('B11.1'),
  ),
  airGappedTarget: refused(
    'organization-plan-air-gapped-target',
    'an ARN with both $region and $account, as the vault is in each Region and account',
    fact('B11.1/5'),
  ),
  nameKnown: advice(
    'organization-plan-name-known',
    Severity.ERROR,
    'a name that is known at synthesis, as it is a key of the policy',
    fact('B11.1'),
  ),
  vault: failsAtRun(
    'organization-plan-vault',
    Severity.WARNING,
    'a vault that every member account has in each Region of the plan, as AWS Backup makes none',
    fact('B11.1/5'),
  ),
  ofOneAccount: advice(
    'organization-plan-of-one-account',
    Severity.WARNING,
    'left out: it makes or names something in one account, and the policy does without it',
    fact('B11.1/5'),
  ),
  quota: advice(
    'organization-plan-quota',
    Severity.NOTE,
    'at most 300 plans in an account and Region (quota L-BD69F607, adjustable)',
    fact('15, B11.1/8'),
  ),
} satisfies Table;

export const ORGANIZATION_SELECTION = {
  role: failsAtRun(
    'organization-selection-role',
    Severity.ERROR,
    'the ARN of an IAM role with $account for the account, as each member account passes its own',
    fact('B11.1/5'),
  ),
  roleExists: failsAtRun(
    'organization-selection-role-exists',
    Severity.WARNING,
    'a role that every member account has, as AWS Backup makes none',
    fact('B11.1/5'),
  ),
  roleUsable: failsAtRun(
    'organization-selection-role-usable',
    Severity.ERROR,
    'a role that AWS Backup can assume in each account, and that may call tag:GetResources where the selection goes by tags',
    fact('B4.3/6, B11.1/5, 12'),
  ),
  roleAllowed: failsAtRun(
    'organization-selection-role-allowed',
    Severity.ERROR,
    'a role that may do in each account what backups of the selected resources, and their copies, take',
    fact('B4.3/6, B6.3/8, B11.1/5, 12'),
  ),
  tagKey: refused('organization-selection-tag-key', '1 to 128 characters', fact('B11.1/3')),
  tagValues: refused('organization-selection-tag-values', 'at least 1 value', fact('B11.1/3')),
  resourceTypes: refused('organization-selection-resource-types', 'at least 1 resource type, or *', fact('B11.1/3')),
  resourceType: refused(
    'organization-selection-resource-type',
    '* or one of the ARNs by which backup policies name resource types, e.g. arn:aws:dynamodb:*:*:table/*',
    fact('B11.1/3'),
  ),
} satisfies Table;

export const ORGANIZATION = {
  account: refused('organization-account', 'an account id of 12 digits', ATTACH_POLICY),
  roleName: refused(
    'organization-role-name',
    '1 to 64 letters, digits and any of + = , . @ _ -',
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html',
  ),
  administrators: refused(
    'organization-delegated-administrators',
    '1 to 5 accounts that administer backups',
    fact('B11.3/5, B11.7/2'),
  ),
  delegationSize: refused(
    'organization-delegation-size',
    'at most 40000 characters of JSON without white space',
    fact('B11.3/5'),
  ),
  stackSetSize: refused(
    'organization-stack-set-size',
    'at most 51200 bytes, the greatest template that goes without a bucket',
    STACK_SET,
  ),
  stackSetTarget: refused('organization-stack-set-target', 'the id of a root or an organizational unit', STACK_SET),
  stackSetRolesRegion: failsAtRun(
    'organization-stack-set-roles-region',
    Severity.ERROR,
    'one of the Regions of the stack set, or no account gets the roles',
    fact('B11.1/5'),
  ),
  stackSetRegions: refused('organization-stack-set-regions', 'at least 1 Region', STACK_SET),
} satisfies Table;

export const GLOBAL_SETTINGS = {
  empty: advice(
    'global-settings-empty',
    Severity.WARNING,
    'given at least 1 setting, without which nothing changes',
    GLOBAL,
  ),
} satisfies Table;
