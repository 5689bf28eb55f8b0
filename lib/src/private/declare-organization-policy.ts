import {
  CopyAction,
  Finding,
  MemberAccountDefaults,
  OrganizationBackupPlan,
  OrganizationBackupPolicy,
  Regions,
  RuleCatalog,
  SelectionConditions,
  TagCondition,
} from '@holdfast/model';
import { Token, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { PlanCopyActionProps } from '../copy-action';
import { OrganizationBackupPolicyProps } from '../organization-backup-policy';
import { OrganizationPlanProps } from '../organization-plan';
import { SelectionConditionsProps } from '../selection';
import { NAMES, SUPPORT_STACK } from './copy-places';
import { declaredCopyAction, declaredPlan, lifecycle } from './declare-plan';
import { environmentOf } from './environment';
import { SYNTH } from './token-values';

/** The rule that what is of one account breaks. */
const OF_ONE_ACCOUNT = 'organization-plan-of-one-account';

/** A policy in the words of the model. */
export function declaredPolicy(scope: IConstruct, props: OrganizationBackupPolicyProps): OrganizationBackupPolicy {
  const { policyName, description, adjustments, operatorsAllowedForChildPlans, targetIds, provided } = props;
  return {
    policyName,
    description,
    adjustments,
    operatorsAllowedForChildPlans,
    targetIds,
    provided,
    plans: props.plans?.map((plan) => declaredOrganizationPlan(scope, plan, props)),
  };
}

function declaredOrganizationPlan(
  scope: IConstruct,
  props: OrganizationPlanProps,
  ofPolicy: OrganizationBackupPolicyProps,
): OrganizationBackupPlan {
  const withoutCopies = { ...props, rules: props.rules.map((rule) => ({ ...rule, copyActions: undefined })) };
  const { backupPlanName, rules, advancedBackupSettings, scanSettings, tags } = declaredPlan(scope, withoutCopies);
  const { BACKUP_ROLE_NAME, SCANNER_ROLE_NAME } = MemberAccountDefaults;
  const { roleName: ofBackups = BACKUP_ROLE_NAME, scannerRoleName = SCANNER_ROLE_NAME } = ofPolicy;
  const { partition } = environmentOf(scope);
  const iamRoleArn = (roleName: string = ofBackups) => `arn:${partition}:iam::$account:role/${roleName}`;
  return {
    backupPlanName,
    rules: rules.map((rule, index) => ({
      ...rule,
      copyActions: props.rules[index]?.copyActions?.map(declaredCopy),
    })),
    advancedBackupSettings,
    scanSettings: scanSettings?.map((setting) => ({ ...setting, scannerRoleArn: iamRoleArn(scannerRoleName) })),
    tags,
    regions: props.regions,
    tagSelections: props.tagSelections?.map(({ conditions, roleName, ...selection }) => ({
      ...selection,
      iamRoleArn: iamRoleArn(roleName),
      conditions: declaredConditions(conditions),
    })),
    resourceSelections: props.resourceSelections?.map(({ conditions, roleName, ...selection }) => ({
      ...selection,
      iamRoleArn: iamRoleArn(roleName),
      conditions: declaredConditions(conditions),
    })),
    childControls: props.childControls,
  };
}

/**
 * A copy to a vault that is there, or to the vault of that name in a Region of each member account.
 *
 * A copy to another account without a Region would go to that of the plan, which a policy cannot say: the rules refuse it.
 */
function declaredCopy(copyAction: PlanCopyActionProps): CopyAction {
  const { backupVault, vaultAccount, vaultRegion, options } = copyAction.destination;
  if (backupVault !== undefined) {
    return declaredCopyAction(copyAction);
  }
  const name = options.backupVaultName ?? options.supportStackName ?? SUPPORT_STACK;
  const partition = vaultRegion === undefined ? 'aws' : Regions.partitionOf(vaultRegion);
  const place = `${vaultRegion ?? '$region'}:${vaultAccount ?? '$account'}`;
  return {
    destinationBackupVaultArn: `arn:${partition}:backup:${place}:backup-vault:${name}`,
    lifecycle: lifecycle(copyAction),
  };
}

/** What a plan of one account can say and a policy cannot: nothing is left out in silence. */
export function ofOneAccount({ plans = [] }: OrganizationBackupPolicyProps): Finding[] {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(OF_ONE_ACCOUNT);
  const left = plans.flatMap((plan, index) => leftOut(plan).map(([path, given]) => [`plans[${index}].${path}`, given]));
  return left.map(([path = '', given = '']) => {
    return { rule, effect, severity, source, path, message: `must be ${allowed}, got ${given}` };
  });
}

function leftOut({ continuousRouting, scanSettings, rules }: OrganizationPlanProps): [path: string, given: string][] {
  const copies = rules.flatMap(({ copyActions = [] }, rule) =>
    copyActions.flatMap(({ destination }, place) =>
      Object.entries(destination.options)
        .filter(([name, value]) => value !== undefined && !NAMES.includes(name))
        .map(([name]): [string, string] => [`rules[${rule}].copyActions[${place}].destination.${name}`, name]),
    ),
  );
  return [
    ...(continuousRouting === undefined ? [] : [['continuousRouting', 'a vault'] as [string, string]]),
    ...(scanSettings?.scannerRole === undefined ? [] : [['scanSettings.scannerRole', 'a role'] as [string, string]]),
    ...copies,
  ];
}

function declaredConditions(conditions: SelectionConditionsProps | undefined): SelectionConditions | undefined {
  return (
    conditions && {
      stringEquals: declaredTags(conditions.stringEquals),
      stringNotEquals: declaredTags(conditions.stringNotEquals),
      stringLike: declaredTags(conditions.stringLike),
      stringNotLike: declaredTags(conditions.stringNotLike),
    }
  );
}

function declaredTags(tags: { [tagKey: string]: string } | undefined): TagCondition[] | undefined {
  return (
    tags &&
    Object.entries(tags).map(([key, conditionValue]) => ({ conditionKey: `aws:ResourceTag/${key}`, conditionValue }))
  );
}

/** Numbers are texts in a policy; one that is a token has to become a token that is a text. */
export function withTextsForNumbers<T>(declared: T): T {
  if (typeof declared === 'number' && !SYNTH.known(declared)) {
    return Tokenization.stringifyNumber(declared) as unknown as T;
  }
  if (Array.isArray(declared)) {
    return declared.map((member: unknown) => withTextsForNumbers(member)) as unknown as T;
  }
  if (typeof declared !== 'object' || declared === null || Token.isUnresolved(declared)) {
    return declared;
  }
  const members = Object.entries(declared).map(([name, member]) => [name, withTextsForNumbers(member as unknown)]);
  return Object.fromEntries(members) as T;
}
