import { GuardrailPolicyType } from '../../guardrail-options';
import { api, fact } from '../tables/describe';

/** What a guardrail is for: a row of docs/guardrails.md. */
export interface Description {
  readonly policyType: GuardrailPolicyType;
  readonly attack: string;
  readonly remains: string;
  readonly source: string;
}

const { SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY, DECLARATIVE_POLICY_EC2 } = GuardrailPolicyType;
const ACTIONS = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html';
const KMS_ACTIONS =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html';
const IAM_ACTIONS =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html';
const PASSED_TO = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html';
const BACKUP_ROLE =
  'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html';
const RCP_EXAMPLES =
  'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html';
const DECLARATIVE =
  'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html';

/** A service control policy, which does not bind the management account and service-linked roles (Source B11.4/1). */
function scp(attack: string, remains: string, source: string): Description {
  return { policyType: SERVICE_CONTROL_POLICY, attack, remains, source };
}

export const DESCRIPTIONS = {
  'protect-recovery-points': scp(
    'Somebody with administrator rights in an account deletes recovery points through AWS Backup, hands them to their service, or shortens their life.',
    'Deletion through the API of the service that keeps the point; see no-back-door-deletes.',
    `${ACTIONS} and ${fact('B11.5/2')}`,
  ),
  'protect-vaults': scp(
    'Somebody deletes a vault, or opens or replaces the policy that keeps its recovery points.',
    'A vault that was made without a policy.',
    ACTIONS,
  ),
  'protect-locks': scp(
    'Somebody removes a Vault Lock in governance mode or in its grace time, or replaces it by a weaker one.',
    'What the roles that deploy put in its place; see lock-floor.',
    fact('B7.4/1'),
  ),
  'protect-notifications': scp(
    'Somebody silences a vault, so that nobody hears of failed and expired jobs.',
    'Changes of the topic, its subscriptions and of rules of EventBridge.',
    ACTIONS,
  ),
  'protect-plans': scp(
    'Somebody stops backups quietly: deletes or empties a plan, takes a selection away, or stops running jobs.',
    'Tags taken from resources that a selection finds by their tags.',
    ACTIONS,
  ),
  'protect-settings': scp(
    'Somebody opts a Region out of a resource type, and plans leave it out without an error.',
    'Plans that never selected the type.',
    fact('B3.3/4'),
  ),
  'protect-legal-holds': scp(
    'Somebody cancels a legal hold, so that recovery points that a court asks for expire.',
    'Holds that were made for too few points or too short a time.',
    api('CancelLegalHold'),
  ),
  'protect-approval-teams': scp(
    'Somebody puts a team of accomplices in the place of those who approve access to an air-gapped vault, or takes the way of recovery away.',
    'Changes of the members of a team, which are made in the account of the team.',
    fact('B7.5/8'),
  ),
  'protect-audit': scp(
    'Somebody blinds the audit: drops controls from a framework, or points reports elsewhere.',
    'Deletion of reports in their bucket; see report-buckets-only-inside-organization.',
    ACTIONS,
  ),
  'protect-config-recorder': scp(
    'Somebody stops AWS Config, without which no control of AWS Backup Audit Manager is evaluated.',
    'Regions in which nobody ever started a recorder.',
    fact('B10.1/5'),
  ),
  'protect-restore-testing': scp(
    'Somebody switches restore tests off before tampering with backups, so that nobody notices.',
    'Forged results of validations (backup:PutRestoreValidationResult), which validation functions have to send.',
    ACTIONS,
  ),
  'protect-service-linked-roles': scp(
    'Somebody deletes the roles with which AWS Backup expires points, writes reports and cleans up restore tests.',
    'The role of AWS Backup itself is kept by IAM while there are recovery points.',
    `${IAM_ACTIONS} and ${fact('12')}`,
  ),
  'protect-exempt-roles': scp(
    'Somebody makes a role by the name of one that these policies exempt, rewrites its trust or its permissions, or hands it to a service that runs what it is told to, and is exempt.',
    'Sessions of whoever may assume such a role anyway: keep their trust policies short. Roles that deploy, passed to CloudFormation by whoever may pass them, functions, stacks and instances that run as one already, and managed policies that exemptPolicyArns does not name: no service control policy can tell as which role something runs, or what a policy is attached to.',
    `${IAM_ACTIONS} and ${PASSED_TO}`,
  ),
  'protect-keys': scp(
    'Somebody deletes or disables the key of a vault, gives it a policy that locks everybody out, replicates it, or takes its tag or its aliases away: no point can be restored, or buckets that go by an alias write with another key, which their backups cannot read.',
    'Keys without the tag, keys in a custom key store that is disconnected, and grants that are revoked.',
    KMS_ACTIONS,
  ),
  'copies-only-to-regions': scp(
    'Somebody copies recovery points to a Region outside of the law or of sight.',
    'Snapshots that are copied through the API of their service.',
    fact('B11.6/1'),
  ),
  'copies-only-to-organization-paths': scp(
    'Somebody copies recovery points into an account of their own, or one that nobody guards.',
    'Snapshots that are shared through the API of their service; see no-sharing.',
    fact('B11.6/1'),
  ),
  'copies-only-into-tagged-vaults': scp(
    'Somebody copies recovery points into a vault that nobody guards, or gives such a vault the tag of those that are.',
    'Vaults that had the tag before.',
    ACTIONS,
  ),
  'lock-floor': scp(
    'Somebody sets a lock that keeps points too short, or one whose bounds let every backup fail, perhaps for good.',
    'Vaults without any lock.',
    fact('B7.4/3'),
  ),
  'grace-time': scp(
    'Somebody makes a lock permanent before anybody can object, or leaves it changeable for years.',
    'Air-gapped vaults, whose lock is permanent from the start.',
    fact('B7.4/1'),
  ),
  'residency-regions': scp(
    'Somebody keeps or restores backups in a Region where they must not be.',
    'Backups that services make without AWS Backup.',
    ACTIONS,
  ),
  'no-back-door-deletes': scp(
    'Somebody deletes, disables or archives recovery points where AWS Backup does not look: through EC2, RDS, DynamoDB, FSx and Redshift, which no vault policy or lock governs. EC2 and RDS themselves refuse to delete the snapshots of AWS Backup; of the others nothing is documented.',
    'Automated backups that no continuous recovery point of AWS Backup holds: a database or table that is deleted with them, and retention that is set to 0, which RDS refuses only while AWS Backup holds them. Backups that the APIs of DynamoDB, FSx and Redshift Serverless made are kept, too, as their ARNs are alike.',
    `${BACKUP_ROLE} and ${fact('B7.2/1, B7.4/7, B11.6/2')}`,
  ),
  'no-sharing': scp(
    'Somebody shares recovery points with an account of their own through EC2, RDS, FSx or Redshift, and reads them there.',
    'Points that are restored and read in the account, or exported to S3 from RDS.',
    `${BACKUP_ROLE} and ${fact('B11.6/2')}`,
  ),
  'stay-in-organization': scp(
    'Somebody takes an account out of the organization and out of these policies, or closes it, after which even locked recovery points are lost in 90 days.',
    'Removal and closure by the management account.',
    fact('B7.4/6'),
  ),
  'keys-only-inside-organization': {
    policyType: RESOURCE_CONTROL_POLICY,
    attack:
      'Somebody opens a key of backups to a stranger, or a stranger has a service of AWS use it for them, and copies of the points become readable outside.',
    remains: 'Keys without the tag, keys that AWS manages, and kms:RetireGrant.',
    source: `${RCP_EXAMPLES} and ${fact('B11.4/3')}`,
  },
  'report-buckets-only-inside-organization': {
    policyType: RESOURCE_CONTROL_POLICY,
    attack:
      'A stranger reads in the reports what is backed up and what is not, or deletes them, because the policy of the bucket is too wide.',
    remains: 'Principals of the organization itself.',
    source: `${RCP_EXAMPLES} and ${fact('B11.4/3')}`,
  },
  'block-public-snapshots': {
    policyType: DECLARATIVE_POLICY_EC2,
    attack: 'Somebody makes a snapshot public, and whoever looks for public snapshots reads it.',
    remains: 'Snapshots that are shared with single accounts; see no-sharing.',
    source: DECLARATIVE,
  },
  'block-public-images': {
    policyType: DECLARATIVE_POLICY_EC2,
    attack: 'Somebody makes the image of an instance public.',
    remains: 'Images that are public already, and those that are shared with single accounts.',
    source: DECLARATIVE,
  },
  'allowed-images': {
    policyType: DECLARATIVE_POLICY_EC2,
    attack: 'Somebody lets an instance be restored or started from the image of a stranger.',
    remains: 'Images of the providers that are allowed.',
    source: `${DECLARATIVE} and ${fact('B11.4/4')}`,
  },
} satisfies Readonly<Record<string, Description>>;

export type GuardrailId = keyof typeof DESCRIPTIONS;
