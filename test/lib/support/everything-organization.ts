import {
  CopyDestination,
  DelegatedAdministrator,
  EffectivePolicyPreview,
  GlobalSettings,
  MemberAccount,
  MemberAccountProps,
  MemberAccountStackSet,
  OrganizationBackupPolicy,
  OrganizationVault,
  RegionSettings,
} from '@holdfast/cdk';
import { OrganizationProvision, Schedule } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';

const ROOT = 'r-a1b2';
const UNIT = 'ou-a1b2-12345678';
const MEMBER = '444455556666';

/** Declares every construct for organizations with every property. */
export function declareEveryOrganization(stack: Stack): void {
  new MemberAccount(stack, 'Member', memberAccount('management'));
  const { provision } = new MemberAccountStackSet(stack, 'Members', {
    stackSetName: 'backup-members',
    description: 'vaults and roles',
    memberAccount: memberAccount('main'),
    targetIds: [UNIT],
    regions: ['eu-central-1', 'eu-west-1'],
    autoDeployment: true,
    retainStacksOnAccountRemoval: false,
    delegatedAdministrator: true,
    failureTolerancePercentage: 10,
    tags: { owner: 'platform' },
    waivers: [{ rule: 'organization-stack-set-size', path: '*', reason: 'shows a waiver in the template' }],
  });
  new DelegatedAdministrator(stack, 'Administrator', {
    accountIds: [MEMBER],
    organizationId: 'o-a1b2c3d4e5',
    enableBackupPolicies: true,
    delegateBackupPolicies: true,
    additionalStatements: [
      new iam.PolicyStatement({
        sid: 'Other',
        principals: [new iam.AccountPrincipal(MEMBER)],
        actions: ['organizations:ListPolicies'],
        resources: ['*'],
      }),
    ],
    waivers: [{ rule: 'organization-account', path: '*', reason: 'shows a waiver in the template' }],
  });
  new GlobalSettings(stack, 'GlobalSettings', {
    isCrossAccountBackupEnabled: true,
    isMpaEnabled: false,
    isDelegatedAdministratorEnabled: true,
    waivers: [{ rule: 'global-settings-empty', path: '*', reason: 'shows a waiver in the template' }],
  });
  new RegionSettings(stack, 'RegionSettings', {
    resourceTypeOptInPreference: { EBS: true, S3: true },
    resourceTypeManagementPreference: { DynamoDB: true },
    waivers: [{ rule: 'region-settings-opt-in-key', path: '*', reason: 'shows a waiver in the template' }],
  });
  preview(stack, [tagged(stack, provision), typed(stack, provision)]);
}

function memberAccount(backupVaultName: string): MemberAccountProps {
  return {
    vaults: [
      {
        backupVaultName,
        vaultLock: { minRetentionDays: 7, maxRetentionDays: 400, changeableForDays: 14 },
        complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
        breakGlassRoleNames: ['BreakGlass'],
        tags: { owner: 'platform' },
        waivers: [{ rule: 'vault-lock-governance', path: '*', reason: 'shows a waiver in the template' }],
      },
    ],
    backupRoleName: 'Backup',
    restoreRoleName: 'Restore',
    scannerRoleName: 'Scan',
    scanning: true,
    rolesRegion: 'eu-central-1',
    resourceTypeOptInPreference: { EBS: true },
    resourceTypeManagementPreference: { DynamoDB: true },
    removalPolicy: RemovalPolicy.RETAIN,
    waivers: [{ rule: 'organization-role-name', path: '*', reason: 'shows a waiver in the template' }],
  };
}

function tagged(stack: Stack, provided: OrganizationProvision): OrganizationBackupPolicy {
  const copies = OrganizationVault.ofMemberAccountIn(stack, 'Copies', 'eu-west-1', 'main');
  return new OrganizationBackupPolicy(stack, 'Base', {
    policyName: 'base',
    description: 'what every account has',
    provided,
    roleName: 'Backup',
    scannerRoleName: 'Scan',
    operatorsAllowedForChildPlans: ['@@append'],
    targetIds: [ROOT],
    tags: { owner: 'platform' },
    plans: [
      {
        backupPlanName: 'tagged',
        regions: ['eu-central-1'],
        rules: [
          {
            ruleName: 'Daily',
            vault: OrganizationVault.ofMemberAccount(stack, 'Main', 'main'),
            targetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:$region:$account:backup-vault:air-gapped',
            schedule: Schedule.monthly({ day: 1, hour: 3, timeZone: 'Europe/Berlin' }),
            startWindow: Duration.hours(2),
            completionWindow: Duration.hours(10),
            moveToColdStorageAfter: Duration.days(30),
            deleteAfter: Duration.days(365),
            optInToArchiveForSupportedResources: true,
            recoveryPointTags: { kept: 'a year' },
            copyActions: [{ destination: CopyDestination.vault(copies), deleteAfter: Duration.days(120) }],
          },
        ],
        windowsVss: true,
        advancedBackupSettings: [{ resourceType: 'S3', backupOptions: { BackupACLs: 'enabled' } }],
        tags: { owner: 'platform' },
        tagSelections: [
          {
            selectionName: 'production',
            tagKey: 'backup',
            tagValues: ['daily', 'hourly'],
            conditions: { stringEquals: { stage: 'prod' }, stringNotLike: { owner: 'test-*' } },
            roleName: 'Backup',
          },
        ],
        childControls: [{ node: 'rules/Daily/lifecycle', operators: ['@@none'] }],
        waivers: [{ rule: 'rule-archive-frequency', path: 'rules[0].*', reason: 'shows a waiver in the template' }],
      },
    ],
  });
}

function typed(stack: Stack, provided: OrganizationProvision): OrganizationBackupPolicy {
  return new OrganizationBackupPolicy(stack, 'Workloads', {
    policyName: 'workloads',
    provided,
    targetIds: [UNIT],
    adjustments: [
      { node: 'tagged/selections/tags/production/tag_value', valueOperator: '@@append', values: ['weekly'] },
    ],
    plans: [
      {
        backupPlanName: 'typed',
        regions: ['eu-central-1'],
        rules: [
          {
            ruleName: 'Continuous',
            vault: OrganizationVault.ofMemberAccount(stack, 'Second', 'main'),
            enableContinuousBackup: true,
            deleteAfter: Duration.days(14),
            indexActions: ['S3'],
          },
        ],
        resourceSelections: [
          {
            selectionName: 'tables',
            resourceTypes: ['arn:aws:dynamodb:*:*:table/*'],
            notResourceTypes: ['arn:aws:s3:::*'],
            conditions: { stringLike: { stage: 'p*' }, stringNotEquals: { temporary: 'yes' } },
            roleName: 'Backup',
          },
        ],
      },
    ],
    waivers: [{ rule: 'organization-plan-vault', path: '*', reason: 'shows a waiver in the template' }],
  });
}

function preview(stack: Stack, policies: OrganizationBackupPolicy[]): void {
  new EffectivePolicyPreview(stack, 'Preview', {
    root: { id: ROOT, name: 'Root', children: [{ id: UNIT, name: 'Workloads', children: [{ id: MEMBER }] }] },
    policies,
    previewFile: 'effective-policies.json',
    waivers: [{ rule: 'organization-policy-ignored', path: '*', reason: 'closed on purpose' }],
  });
}
