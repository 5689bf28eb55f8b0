import { Severity } from '../../finding';
import { advice, api, fact, failsAtRun, refused, Table } from './describe';

const SELECTION = api('BackupSelection');

export const SELECTION_RULES = {
  name: refused('selection-name', '1 to 50 letters, digits, dots, - and _', SELECTION),
  roleArn: refused('selection-role-arn', 'the ARN of an IAM role', SELECTION),
  // A warning, as the account of a template is often a guess.
  roleAccount: failsAtRun(
    'selection-role-account',
    Severity.WARNING,
    'a role of the account of the plan, as roles are not passed between accounts',
    fact('12, B4.3/6'),
  ),
  roleUsable: refused(
    'selection-role-usable',
    'a role that AWS Backup can assume, and that may call tag:GetResources where the selection goes by tags',
    fact('B1.5, 12'),
  ),
  roleAllowed: failsAtRun(
    'selection-role-allowed',
    Severity.ERROR,
    'a role that may do what backups of the selected resources, and their copies, take',
    fact('B4.3/6, B6.3/8, 12'),
  ),
  empty: refused(
    'selection-empty',
    'given resources or listOfTags; conditions and notResources alone are refused',
    fact('B3.1/7, 1.5'),
  ),
  arns: refused('selection-arns', 'at most 500 ARNs without a star', SELECTION),
  wildcardArns: refused('selection-wildcard-arns', 'at most 30 ARNs with a star', SELECTION),
  tags: refused('selection-tags', 'at most 30 tags', fact('B3.2/4, 15')),
  conditions: refused('selection-conditions', 'at most 30 conditions', fact('B3.2/4, 15')),
  resourceArn: failsAtRun('selection-resource-arn', Severity.ERROR, 'an ARN, an ARN with stars, or *', SELECTION),
  resourceStar: failsAtRun(
    'selection-resource-star',
    Severity.WARNING,
    'without a star inside the resource id, unless it is the last character',
    SELECTION,
  ),
  resourcePlace: failsAtRun(
    'selection-resource-place',
    Severity.ERROR,
    'in the partition, account and Region of the plan, which selects nothing elsewhere',
    fact('B3.1, B3.2/3'),
  ),
  resourceService: failsAtRun(
    'selection-resource-service',
    Severity.ERROR,
    'of a service that AWS Backup supports',
    fact('feature table'),
  ),
  rdsFamily: advice(
    'selection-rds-family',
    Severity.NOTE,
    'narrowed to db: or cluster: where only some are meant; RDS, Aurora, Neptune and DocumentDB share these ARNs',
    fact('B3.2/5'),
  ),
  everything: advice(
    'selection-everything',
    Severity.NOTE,
    'narrowed, unless every supported and opted-in resource of the Region is meant',
    SELECTION,
  ),
  resourcesOrTags: advice(
    'selection-resources-or-tags',
    Severity.WARNING,
    'either resources or listOfTags: a resource that meets one of them is selected; conditions narrow what both select',
    fact('B3.1/3'),
  ),
  tagsOr: advice(
    'selection-tags-or',
    Severity.WARNING,
    'one tag key: a resource with any one of the tags is selected; conditions ask for all',
    fact('B3.1/2'),
  ),
  conditionType: refused(
    'selection-condition-type',
    'STRINGEQUALS, the only type of listOfTags; conditions have the others',
    api('Condition'),
  ),
  tagKey: failsAtRun(
    'selection-tag-key',
    Severity.WARNING,
    'the plain key of a tag; aws:ResourceTag/ belongs into conditions',
    fact('B3.1/2'),
  ),
  tagStar: failsAtRun(
    'selection-tag-star',
    Severity.WARNING,
    'the exact value of a tag; stars are wildcards in stringLike and stringNotLike alone',
    fact('B3.1/2, B3.1/5'),
  ),
  conditionKey: failsAtRun('selection-condition-key', Severity.ERROR, 'aws:ResourceTag/<key of the tag>', SELECTION),
  conditionKeyCase: failsAtRun(
    'selection-condition-key-case',
    Severity.WARNING,
    'aws:ResourceTag/ in exactly this case, as conditions are case sensitive',
    SELECTION,
  ),
  conditionStar: failsAtRun(
    'selection-condition-star',
    Severity.WARNING,
    'the exact value of a tag; stars are wildcards in stringLike and stringNotLike alone',
    fact('B3.1/5, B3.2/2'),
  ),
  contradiction: failsAtRun(
    'selection-contradiction',
    Severity.ERROR,
    'met by some value of the tag, as a resource must meet all conditions',
    fact('B3.1/5, B3.1/8'),
  ),
  negative: advice(
    'selection-negative-condition',
    Severity.NOTE,
    'joined by a positive condition on the tag where untagged resources are not meant, since they pass',
    fact('B3.1/5'),
  ),
  excludesAll: failsAtRun(
    'selection-excludes-all',
    Severity.ERROR,
    'less than everything that resources and listOfTags select',
    fact('B3.1/4'),
  ),
  matchesNothing: failsAtRun('selection-matches-nothing', Severity.WARNING, 'met by at least 1 resource', fact('B3.1')),
  construct: failsAtRun(
    'selection-construct-not-supported',
    Severity.ERROR,
    'a construct with a resource that AWS Backup backs up by itself',
    fact('feature table, B2.7/2'),
  ),
  optedOut: failsAtRun('selection-opted-out', Severity.WARNING, 'of resource types that are opted in', fact('B3.3/4')),
} satisfies Table;
