import { BackupLimits } from '../../backup-limits';
import { Severity } from '../../finding';
import { advice, api, fact, failsAtRun, refused, Table } from './describe';

const POINTS = api('RestoreTestingRecoveryPointSelection');
const PLAN = api('RestoreTestingPlanForCreate');
const SELECTION = api('RestoreTestingSelectionForCreate');

export const RESTORE_TESTING_PLAN = {
  name: refused('restore-testing-plan-name', '1 to 50 letters, digits and _', PLAN),
  algorithm: refused('restore-testing-plan-algorithm', 'LATEST_WITHIN_WINDOW or RANDOM_WITHIN_WINDOW', POINTS),
  pointTypes: refused('restore-testing-plan-recovery-point-types', 'SNAPSHOT, CONTINUOUS or both', POINTS),
  includeVaults: refused('restore-testing-plan-include-vaults', 'at least 1 vault, or *', POINTS),
  vaultArn: refused('restore-testing-plan-vault-arn', 'the ARN of a vault, with or without stars, or *', POINTS),
  vaultSelectors: refused(
    'restore-testing-plan-vault-selectors',
    'at most 30 vaults in includeVaults and excludeVaults together',
    fact('B9.1/2, 15'),
  ),
  vaultPlace: failsAtRun(
    'restore-testing-plan-vault-place',
    Severity.WARNING,
    'in the account and Region of the plan, which restores from no other',
    `Assumed; ${fact('B8/4')}`,
  ),
  excludesAll: failsAtRun(
    'restore-testing-plan-excludes-all',
    Severity.ERROR,
    'less than every vault that includeVaults names',
    fact('B9.3/2, B9.3/3'),
  ),
  selectionWindow: refused('restore-testing-plan-selection-window', 'a whole number of days from 1 to 365', POINTS),
  startWindow: refused('restore-testing-plan-start-window', 'a whole number of hours from 1 to 168', PLAN),
  windowGap: failsAtRun(
    'restore-testing-plan-window-gap',
    Severity.WARNING,
    'at least the longest time between two backups that are tested: a run without a point in its window tests nothing',
    fact('B9.3/2, B9.3/3'),
  ),
  untested: failsAtRun(
    'restore-testing-plan-untested',
    Severity.WARNING,
    'given a vault that the backup plan puts points into, or it tests none of them',
    fact('B9.3/2, B9.3/3'),
  ),
  selections: refused(
    'restore-testing-plan-selections',
    `at most ${BackupLimits.RESTORE_TESTING_SELECTIONS} selections`,
    fact('15'),
  ),
  selectionNames: refused(
    'restore-testing-plan-selection-names',
    'unique in the plan',
    api('CreateRestoreTestingSelection'),
  ),
  noSelection: advice(
    'restore-testing-plan-no-selection',
    Severity.WARNING,
    'given at least 1 selection, without which the plan tests nothing',
    fact('B9.3/1'),
  ),
} satisfies Table;

export const RESTORE_TESTING_SELECTION = {
  name: refused('restore-testing-selection-name', '1 to 50 letters, digits and _', SELECTION),
  resourceType: refused(
    'restore-testing-selection-resource-type',
    'Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS or S3',
    fact('B9.2/1'),
  ),
  roleArn: refused('restore-testing-selection-role-arn', 'the ARN of an IAM role', SELECTION),
  empty: refused(
    'restore-testing-selection-empty',
    'given protectedResourceArns or protectedResourceConditions',
    SELECTION,
  ),
  arns: refused('restore-testing-selection-arns', 'at most 30 ARNs', fact('B9.2/2, 15')),
  arn: refused('restore-testing-selection-arn', 'the whole ARN of a resource, or * alone', SELECTION),
  arnType: failsAtRun(
    'restore-testing-selection-arn-type',
    Severity.ERROR,
    'of the resource type of the selection',
    fact('B9.2/1, B9.3/1'),
  ),
  conditionsWithArns: refused(
    'restore-testing-selection-conditions-with-arns',
    'given with * alone, as conditions narrow no list of ARNs',
    SELECTION,
  ),
  conditions: refused('restore-testing-selection-conditions', 'at most 30 conditions', fact('B9.2/2, 15')),
  conditionKey: failsAtRun(
    'restore-testing-selection-condition-key',
    Severity.ERROR,
    'aws:ResourceTag/<key of the tag>',
    fact('B9.2/2'),
  ),
  contradiction: failsAtRun(
    'restore-testing-selection-contradiction',
    Severity.ERROR,
    'met by some value of the tag, as a resource must meet all conditions',
    `Assumed; ${fact('B9.2/2')}`,
  ),
  validationWindow: refused(
    'restore-testing-selection-validation-window',
    'a whole number of hours from 0 to 168',
    SELECTION,
  ),
  noValidationWindow: failsAtRun(
    'restore-testing-selection-no-validation-window',
    Severity.ERROR,
    'at least 1 hour where something validates the plan: without it the restored resource goes at once',
    fact('B9.2/3, B9.3/6'),
  ),
  overrideKey: failsAtRun(
    'restore-testing-selection-override-key',
    Severity.WARNING,
    'a metadata key of a restore of the resource type',
    fact('B8/7'),
  ),
  overrideFixed: failsAtRun(
    'restore-testing-selection-override-fixed',
    Severity.NOTE,
    'a key that AWS lists among those that a restore test may override',
    fact('B9.3/8'),
  ),
  overrideTwice: advice(
    'restore-testing-selection-override-twice',
    Severity.WARNING,
    'given once, as upper and lower case are the same in metadata keys',
    fact('B9.2/3'),
  ),
  overrideRequired: failsAtRun(
    'restore-testing-selection-override-required',
    Severity.WARNING,
    'given what AWS Backup cannot infer for FSx: subnetIds for Lustre and Windows, activeDirectoryId for Windows, storageVirtualMachineId for ONTAP',
    fact('B9.3/8'),
  ),
  construct: failsAtRun(
    'restore-testing-selection-construct-not-supported',
    Severity.ERROR,
    'a construct with a resource whose restore can be tested',
    fact('feature table, B9.2/1'),
  ),
  roleUsable: failsAtRun(
    'restore-testing-selection-role-usable',
    Severity.ERROR,
    'a role that AWS Backup can assume',
    fact('B4.3/6, B9.3/4'),
  ),
  roleAllowed: failsAtRun(
    'restore-testing-selection-role-allowed',
    Severity.ERROR,
    'a role that may do what restores of the points take that plans make of the tested resources',
    fact('B9.3/4, 12'),
  ),
  oneType: refused(
    'restore-testing-selection-one-type',
    'of one resource type: make a selection for each',
    fact('B9.2/1'),
  ),
} satisfies Table;
