import {
  MemberAccountDefaults,
  OrganizationBackupPlan,
  OrganizationBackupPolicy,
  SelectionConditions,
  TagCondition,
} from '@holdfast/model';
import { Token, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { OrganizationBackupPolicyProps } from '../organization-backup-policy';
import { OrganizationPlanProps } from '../organization-plan';
import { SelectionConditionsProps } from '../selection';
import { declaredPlan } from './declare-plan';
import { environmentOf } from './environment';
import { SYNTH } from './token-values';

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
  const { backupPlanName, rules, advancedBackupSettings, scanSettings, tags } = declaredPlan(scope, props);
  const { BACKUP_ROLE_NAME, SCANNER_ROLE_NAME } = MemberAccountDefaults;
  const { roleName: ofBackups = BACKUP_ROLE_NAME, scannerRoleName = SCANNER_ROLE_NAME } = ofPolicy;
  const { partition } = environmentOf(scope);
  const iamRoleArn = (roleName: string = ofBackups) => `arn:${partition}:iam::$account:role/${roleName}`;
  return {
    backupPlanName,
    rules,
    advancedBackupSettings,
    // A role of one account is of no use in the others.
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
