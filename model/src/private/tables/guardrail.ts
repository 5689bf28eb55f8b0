import { Severity } from '../../finding';
import { advice, fact, failsAtRun, refused, Table } from './describe';

const CREATE_POLICY = 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html';
const ATTACH_POLICY = 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html';
const PRINCIPAL_ARN = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html';
const TAG = 'https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html';
const BUCKET = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html';
const REGION = 'https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html';
const ALLOWED_IMAGES = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImageCriterionRequest.html';
const LOCK = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html';

export const GUARDRAIL = {
  none: advice('guardrail-none', Severity.ERROR, 'at least 1 guardrail', CREATE_POLICY),
  repeated: advice(
    'guardrail-repeated',
    Severity.WARNING,
    'declared once, as of two that differ the stricter wins',
    fact('B11.4/1'),
  ),
  size: refused(
    'guardrail-size',
    'short enough for one policy even when its actions and resources are divided, e.g. with one path for all exempt roles',
    fact('B11.3/4'),
  ),
  attachments: refused(
    'guardrail-attachments',
    'so many policies of a kind as a root, unit or account takes: fewer guardrails, fewer or shorter exempt roles',
    fact('B11.3/4'),
  ),
  olderLimits: advice(
    'guardrail-older-limits',
    Severity.NOTE,
    'at most 5120 characters and 5 on a target where the older limits hold',
    fact('B11.3/2'),
  ),
  unknownSize: advice(
    'guardrail-size-unknown',
    Severity.NOTE,
    'known at synthesis for an exact size; a value that is not counts as 128 characters',
    `Assumed; ${fact('B11.3/1')}`,
  ),
  limits: advice(
    'guardrail-limits',
    Severity.ERROR,
    'a whole number that is known at synthesis, at least 1',
    fact('B11.3/4'),
  ),
  others: advice(
    'guardrail-other-policies',
    Severity.ERROR,
    'a whole number that is known at synthesis, at least 0',
    fact('B11.3/4'),
  ),
  target: refused(
    'guardrail-target',
    'the id of a root (r-…), of an organizational unit (ou-…) or of an account',
    ATTACH_POLICY,
  ),
  targetTwice: refused('guardrail-target-twice', 'each target once', ATTACH_POLICY),
  noTarget: advice(
    'guardrail-no-target',
    Severity.WARNING,
    'attached to at least 1 root, unit or account',
    ATTACH_POLICY,
  ),
  managementAccount: advice(
    'guardrail-management-account',
    Severity.NOTE,
    'an account other than the one that deploys, as no service control policy binds the management account',
    fact('B11.4/1'),
  ),
  name: refused(
    'guardrail-policy-name',
    '1 to 100 characters of ASCII, to which kind and number are added',
    CREATE_POLICY,
  ),
  description: refused('guardrail-policy-description', 'at most 512 characters', CREATE_POLICY),
  noBreakGlass: advice(
    'guardrail-no-break-glass',
    Severity.WARNING,
    'at least 1 break-glass role, or in an emergency the policies have to be detached by the management account',
    fact('B11.4/1'),
  ),
  lockedOut: advice(
    'guardrail-deployment-locked-out',
    Severity.WARNING,
    'at least 1 role that deploys, or no deployment can change vaults, plans and settings any more',
    fact('B11.4/1'),
  ),
  backupRoles: advice(
    'guardrail-backup-roles',
    Severity.WARNING,
    'given the roles that selections pass to AWS Backup, which could not delete expired snapshots with any but its default role',
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html',
  ),
  list: advice(
    'guardrail-list-known',
    Severity.ERROR,
    'a list whose length is known at synthesis',
    `Assumed; ${fact('B11.3/1')}`,
  ),
  roleArn: failsAtRun(
    'guardrail-role-arn',
    Severity.ERROR,
    'the ARN of an IAM role, with its path; account, path and name may have wildcards',
    PRINCIPAL_ARN,
  ),
  policyArn: failsAtRun(
    'guardrail-policy-arn',
    Severity.ERROR,
    'the ARN of a managed policy of an account, with its path; account, path and name may have wildcards',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  ),
  roleWide: advice(
    'guardrail-role-wildcard',
    Severity.ERROR,
    'a pattern with a path or part of a name, as one that every role matches exempts everybody',
    PRINCIPAL_ARN,
  ),
  roleUnguarded: advice(
    'guardrail-role-unguarded',
    Severity.WARNING,
    'given with Guardrail.protectExemptRoles(), or whoever makes a role of this name is exempt',
    PRINCIPAL_ARN,
  ),
  region: failsAtRun(
    'guardrail-region',
    Severity.ERROR,
    'the name of a Region, e.g. eu-central-1, or its beginning and a star',
    REGION,
  ),
  noRegion: failsAtRun('guardrail-no-region', Severity.ERROR, 'at least 1 Region, or nothing is allowed', REGION),
  path: failsAtRun(
    'guardrail-organization-path',
    Severity.ERROR,
    'the path of a root, unit or account as IAM writes it, e.g. o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*',
    PRINCIPAL_ARN,
  ),
  noPath: failsAtRun(
    'guardrail-no-organization-path',
    Severity.ERROR,
    'at least 1 path, or no copy is allowed',
    PRINCIPAL_ARN,
  ),
  organization: failsAtRun(
    'guardrail-organization-id',
    Severity.ERROR,
    'o- and 10 to 32 letters or digits',
    PRINCIPAL_ARN,
  ),
  account: failsAtRun('guardrail-account-id', Severity.ERROR, 'an account id of 12 digits', PRINCIPAL_ARN),
  tagKey: failsAtRun('guardrail-tag-key', Severity.ERROR, '1 to 128 characters that do not begin with aws:', TAG),
  tagValue: failsAtRun('guardrail-tag-value', Severity.ERROR, '1 to 256 characters', TAG),
  lockFloor: failsAtRun('guardrail-lock-floor', Severity.ERROR, 'a whole number of days from 1 to 36500', LOCK),
  lockBounds: failsAtRun(
    'guardrail-lock-bounds',
    Severity.ERROR,
    'at least minRetentionDays, or no lock is possible',
    fact('B7.4/3'),
  ),
  graceTime: failsAtRun('guardrail-grace-time', Severity.ERROR, 'a whole number of days from 3 to 36500', LOCK),
  graceBounds: failsAtRun('guardrail-grace-bounds', Severity.ERROR, 'at least minDays, or no lock is possible', LOCK),
  graceNothing: advice(
    'guardrail-grace-nothing',
    Severity.WARNING,
    'given at least 1 bound, without which it denies no lock',
    LOCK,
  ),
  services: advice('guardrail-no-service', Severity.WARNING, 'at least 1 service', fact('B7.2/1')),
  bucket: failsAtRun('guardrail-bucket-name', Severity.ERROR, '3 to 63 lower-case letters, digits, dots and -', BUCKET),
  noBucket: failsAtRun('guardrail-no-bucket', Severity.ERROR, 'at least 1 bucket', BUCKET),
  imageProvider: refused(
    'guardrail-image-provider',
    'amazon, aws-marketplace, aws-backup-vault or an account id of 12 digits',
    ALLOWED_IMAGES,
  ),
  imageAccounts: failsAtRun(
    'guardrail-image-accounts',
    Severity.WARNING,
    'given with the accounts that images are copied from, or cross-account copies of EC2 instances fail',
    fact('B11.4/4'),
  ),
} satisfies Table;
