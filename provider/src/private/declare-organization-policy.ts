import {
  Finding,
  MemberAccountDefaults,
  OrganizationBackupPlan,
  OrganizationBackupPolicy,
  RuleCatalog,
} from '@holdfast/model';
import { Construct } from 'constructs';
import { OrganizationBackupPolicyProps } from '../organization-backup-policy';
import { OrganizationPlanProps } from '../organization-plan';
import { declaredPlan } from './declare-plan';
import { declaredConditions } from './declare-selection';
import { partitionOf } from './place';

/** The rule that what is of one account breaks. */
const OF_ONE_ACCOUNT = 'organization-plan-of-one-account';

/** A policy in the words of the model. */
export function declaredPolicy(scope: Construct, props: OrganizationBackupPolicyProps): OrganizationBackupPolicy {
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
  scope: Construct,
  props: OrganizationPlanProps,
  ofPolicy: OrganizationBackupPolicyProps,
): OrganizationBackupPlan {
  const { backupPlanName, rules, advancedBackupSettings, scanSettings, tags } = declaredPlan(scope, props);
  const { BACKUP_ROLE_NAME, SCANNER_ROLE_NAME } = MemberAccountDefaults;
  const { roleName: ofBackups = BACKUP_ROLE_NAME, scannerRoleName = SCANNER_ROLE_NAME, provider } = ofPolicy;
  const iamRoleArn = (roleName: string = ofBackups) =>
    `arn:${partitionOf(scope, provider)}:iam::$account:role/${roleName}`;
  return {
    backupPlanName,
    rules,
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

/** What a plan of one account can say and a policy cannot: nothing is left out in silence. */
export function ofOneAccount({ plans = [] }: OrganizationBackupPolicyProps): Finding[] {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(OF_ONE_ACCOUNT);
  return plans.flatMap((plan, index) =>
    leftOut(plan).map(([name, given]) => {
      const path = `plans[${index}].${name}`;
      return { rule, effect, severity, source, path, message: `must be ${allowed}, got ${given}` };
    }),
  );
}

function leftOut({ provider }: OrganizationPlanProps): [path: string, given: string][] {
  return provider === undefined ? [] : [['provider', 'a provider']];
}
