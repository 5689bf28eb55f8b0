import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { OrganizationsOrganization } from '@cdktf/provider-aws/lib/organizations-organization';
import {
  DelegatedAdministrator,
  EffectivePolicyPreview,
  GlobalSettings,
  RegionSettings,
  Guardrails,
  MemberAccount,
  MemberAccountStackSet,
  OrganizationBackupPolicy,
  OrganizationVault,
} from '@holdfast/cdktf';
import { GuardrailCatalog, OrganizationProvision, OrganizationsLimits, Schedule } from '@holdfast/model';
import { TerraformStack, TerraformVariable } from 'cdktf';

const ROOT = 'r-a1b2';
const UNIT = 'ou-a1b2-12345678';
const MEMBER = '444455556666';

/**
 * Declares every construct for organizations with every property.
 *
 * @param provider a provider with an alias, for some of them
 */
export function declareEveryOrganization(stack: TerraformStack, provider: AwsProvider): void {
  guardrails(stack, provider);
  settings(stack, provider);
  members(stack, provider);
  const provided = { backupVaultNames: ['main'], roleNames: ['Backup', 'Scan'] };
  preview(stack, [tagged(stack, provided), typed(stack, provided, provider)]);
}

function settings(stack: TerraformStack, provider: AwsProvider): void {
  const organization = new OrganizationsOrganization(stack, 'Organization', {
    awsServiceAccessPrincipals: ['backup.amazonaws.com'],
    enabledPolicyTypes: ['BACKUP_POLICY'],
    featureSet: 'ALL',
  });
  const waivers = [{ rule: 'organization-account', path: '*', reason: 'shows a waiver in the comment' }];
  new DelegatedAdministrator(stack, 'Administrator', {
    accountIds: [MEMBER, '777788889999'],
    organizationId: organization.id,
    organization,
    enableBackupPolicies: true,
    delegateBackupPolicies: true,
    additionalStatements: [
      {
        Sid: 'Other',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${MEMBER}:root` },
        Action: 'organizations:ListPolicies',
        Resource: '*',
      },
    ],
    tags: { owner: 'platform' },
    waivers,
    provider,
  });
  new GlobalSettings(stack, 'GlobalSettings', {
    isCrossAccountBackupEnabled: true,
    isMpaEnabled: false,
    isDelegatedAdministratorEnabled: true,
    waivers,
  });
  new GlobalSettings(stack, 'SomeGlobalSettings', { isCrossAccountBackupEnabled: true, provider });
  new RegionSettings(stack, 'RegionSettings', {
    resourceTypeOptInPreference: { EBS: true, S3: true },
    resourceTypeManagementPreference: { DynamoDB: true },
    waivers,
    provider,
  });
  new RegionSettings(stack, 'Management', { resourceTypeManagementPreference: { EFS: true } });
}

function members(stack: TerraformStack, provider: AwsProvider): void {
  const waivers = [{ rule: 'organization-role-name', path: '*', reason: 'shows a waiver in the comment' }];
  new MemberAccount(stack, 'Member', {
    vaults: [
      {
        backupVaultName: 'member',
        vaultLock: { minRetentionDays: 7, maxRetentionDays: 400, changeableForDays: 14 },
        complianceAcknowledgement: { deployedOn: '2027-01-01', acknowledgedBy: 'Head of Platform' },
        breakGlassRoleNames: ['Terraform'],
        tags: { owner: 'platform' },
        waivers: [{ rule: 'vault-lock-governance', path: '*', reason: 'shows a waiver in the comment' }],
      },
    ],
    backupRoleName: 'Backup',
    restoreRoleName: 'Restore',
    scannerRoleName: 'Scan',
    scanning: true,
    rolesRegion: 'eu-central-1',
    resourceTypeOptInPreference: { EBS: true },
    resourceTypeManagementPreference: { DynamoDB: true },
    preventDestroy: true,
    tags: { owner: 'platform' },
    waivers,
  });
  new MemberAccount(stack, 'MemberWest', { vaults: [{ backupVaultName: 'member-west' }], provider });
  const template = { Parameters: { RolesRegion: { Type: 'String' } }, Resources: { Key: { Type: 'AWS::KMS::Key' } } };
  new MemberAccountStackSet(stack, 'Members', {
    stackSetName: 'backup-members',
    templateBody: JSON.stringify(template),
    rolesRegion: 'eu-west-1',
    description: 'vaults and roles',
    targetIds: [UNIT, ROOT],
    regions: ['eu-central-1', 'eu-west-1'],
    autoDeployment: true,
    retainStacksOnAccountRemoval: false,
    retainStacks: true,
    delegatedAdministrator: true,
    failureTolerancePercentage: 10,
    tags: { owner: 'platform' },
    waivers,
    provider,
  });
}

function guardrails(stack: TerraformStack, provider: AwsProvider): void {
  new Guardrails(stack, 'Guardrails', {
    guardrails: GuardrailCatalog.all(),
    targetIds: [ROOT, UNIT, MEMBER],
    breakGlassRoleArns: ['arn:aws:iam::*:role/emergency/*'],
    deploymentRoleArns: [Guardrails.bootstrapRoleArn(), 'arn:aws:iam::*:role/terraform/*'],
    backupRoleArns: ['arn:aws:iam::*:role/backup/*'],
    limits: OrganizationsLimits.of({ serviceControlPolicyCharacters: 5120, serviceControlPoliciesAttached: 8 }),
    otherServiceControlPolicies: 1,
    otherResourceControlPolicies: 1,
    otherDeclarativePolicies: 1,
    exceptionMessage: 'Ask the platform team.',
    policyName: 'platform',
    description: 'Keeps backups',
    preventDestroy: false,
    skipDestroy: true,
    tags: { owner: 'platform' },
    waivers: [{ rule: 'guardrail-size-unknown', path: '*', reason: 'shows a waiver in the comment' }],
    provider,
  });
  const targets = new TerraformVariable(stack, 'targets', { type: 'list(string)', default: [UNIT] });
  new Guardrails(stack, 'Recommended', {
    guardrails: Guardrails.recommended(),
    targetIds: targets.listValue,
    breakGlassRoleArns: ['arn:aws:iam::*:role/emergency/*'],
    deploymentRoleArns: ['arn:aws:iam::*:role/terraform/*'],
    backupRoleArns: ['arn:aws:iam::*:role/backup/*'],
    policyName: 'recommended',
  });
}

function tagged(stack: TerraformStack, provided: OrganizationProvision): OrganizationBackupPolicy {
  return new OrganizationBackupPolicy(stack, 'Base', {
    policyName: 'base',
    description: 'what every account has',
    provided,
    roleName: 'Backup',
    scannerRoleName: 'Scan',
    operatorsAllowedForChildPlans: ['@@append'],
    targetIds: [ROOT],
    preventDestroy: true,
    tags: { owner: 'platform' },
    plans: [
      {
        backupPlanName: 'tagged',
        regions: ['eu-central-1'],
        rules: [
          {
            ruleName: 'Daily',
            vault: OrganizationVault.ofMemberAccount('main'),
            schedule: Schedule.monthly({ day: 1, hour: 3, timeZone: 'Europe/Berlin' }),
            startWindowMinutes: 120,
            completionWindowMinutes: 600,
            moveToColdStorageAfterDays: 30,
            deleteAfterDays: 365,
            optInToArchiveForSupportedResources: true,
            recoveryPointTags: { kept: 'a year' },
            copyActions: [
              { destination: OrganizationVault.ofMemberAccountIn('eu-west-1', 'main'), deleteAfterDays: 120 },
            ],
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
        waivers: [{ rule: 'rule-archive-frequency', path: 'rules[0].*', reason: 'shows a waiver in the comment' }],
      },
    ],
  });
}

function typed(
  stack: TerraformStack,
  provided: OrganizationProvision,
  provider: AwsProvider,
): OrganizationBackupPolicy {
  return new OrganizationBackupPolicy(stack, 'Workloads', {
    policyName: 'workloads',
    provided,
    targetIds: [UNIT],
    provider,
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
            vault: OrganizationVault.ofMemberAccount('main'),
            enableContinuousBackup: true,
            deleteAfterDays: 14,
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
    waivers: [{ rule: 'organization-plan-vault', path: '*', reason: 'shows a waiver in the comment' }],
  });
}

function preview(stack: TerraformStack, policies: OrganizationBackupPolicy[]): void {
  new EffectivePolicyPreview(stack, 'Preview', {
    root: { id: ROOT, name: 'Root', children: [{ id: UNIT, name: 'Workloads', children: [{ id: MEMBER }] }] },
    policies,
    previewFile: 'effective-policies.json',
    waivers: [{ rule: 'organization-policy-ignored', path: '*', reason: 'closed on purpose' }],
  });
}
