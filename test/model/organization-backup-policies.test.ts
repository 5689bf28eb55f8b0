import { OrganizationBackupPolicies, OrganizationBackupPolicy } from '@holdfast/model';
import { SAMPLE } from './organization-rows';

const { render, read, minified } = OrganizationBackupPolicies;

test('the sample of the syntax page comes back as it was, tags under their own keys', () => {
  const { stage, ...tags } = SAMPLE.plans.PII_Backup_Plan.backup_plan_tags;
  const plan = { ...SAMPLE.plans.PII_Backup_Plan, backup_plan_tags: { ...tags, Stage: stage } };
  expect(render(read('sample', SAMPLE))).toEqual({ plans: { PII_Backup_Plan: plan } });
});

test('JSON text is read like an object', () => {
  expect(read('sample', JSON.stringify(SAMPLE))).toEqual(read('sample', SAMPLE));
});

test('the sample is read into the words of plans', () => {
  const { policyName, plans, adjustments } = read('sample', SAMPLE);
  expect(policyName).toBe('sample');
  expect(adjustments).toEqual([]);
  expect(plans).toEqual([
    {
      backupPlanName: 'PII_Backup_Plan',
      regions: ['eu-central-1', 'eu-west-1'],
      rules: [
        {
          ruleName: 'Hourly',
          scheduleExpression: 'cron(0 5/1 ? * * *)',
          scheduleExpressionTimezone: 'Etc/UTC',
          startWindowMinutes: 480,
          completionWindowMinutes: 10080,
          enableContinuousBackup: false,
          lifecycle: {
            moveToColdStorageAfterDays: 180,
            deleteAfterDays: 270,
            optInToArchiveForSupportedResources: false,
          },
          targetBackupVaultName: 'FortKnox',
          targetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:$region:$account:backup-vault:lag',
          copyActions: [
            {
              destinationBackupVaultArn: 'arn:aws:backup:eu-west-1:$account:backup-vault:secondary',
              lifecycle: { deleteAfterDays: 100 },
            },
          ],
          recoveryPointTags: { Owner: 'Backup' },
          indexActions: ['EBS'],
          scanActions: [{ malwareScanner: 'GUARDDUTY', scanMode: 'INCREMENTAL_SCAN' }],
        },
      ],
      tagSelections: [
        {
          selectionName: 'datatype',
          iamRoleArn: 'arn:aws:iam::$account:role/OrgBackup',
          tagKey: 'dataType',
          tagValues: ['PII', 'RED'],
          conditions: { stringNotEquals: [{ conditionKey: 'aws:ResourceTag/stage', conditionValue: 'test' }] },
        },
      ],
      advancedBackupSettings: [
        { resourceType: 'EC2', backupOptions: { WindowsVSS: 'enabled' } },
        { resourceType: 'S3', backupOptions: { BackupACLs: 'disabled' } },
      ],
      tags: { Stage: 'Beta' },
      scanSettings: [
        {
          malwareScanner: 'GUARDDUTY',
          resourceTypes: ['EBS'],
          scannerRoleArn: 'arn:aws:iam::$account:role/Scan',
        },
      ],
    },
  ]);
});

const BY_TYPE: OrganizationBackupPolicy = {
  policyName: 'types',
  plans: [
    {
      backupPlanName: 'types',
      regions: ['eu-central-1'],
      rules: [
        { ruleName: 'daily', targetBackupVaultName: 'main', scheduleExpression: 'cron(0 5 ? * * *)' },
        { ruleName: 'weekly', targetBackupVaultName: 'main', scheduleExpression: 'cron(0 5 ? * 1 *)' },
      ],
      resourceSelections: [
        {
          selectionName: 'all',
          iamRoleArn: 'arn:aws:iam::$account:role/backup',
          resourceTypes: ['*'],
          notResourceTypes: ['arn:aws:s3:::*'],
          conditions: { stringLike: [{ conditionKey: 'aws:ResourceTag/stage', conditionValue: 'p*' }] },
        },
      ],
    },
  ],
};

test('selections by types of resources are rendered under their own key', () => {
  expect(render(BY_TYPE).plans.types.selections).toEqual({
    resources: {
      all: {
        iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/backup' },
        resource_types: { '@@assign': ['*'] },
        not_resource_types: { '@@assign': ['arn:aws:s3:::*'] },
        conditions: {
          string_like: {
            c1: { condition_key: { '@@assign': 'aws:ResourceTag/stage' }, condition_value: { '@@assign': 'p*' } },
          },
        },
      },
    },
  });
});

test('numbers and booleans are texts, and lists are lists even with one member', () => {
  const text = minified(render(read('sample', SAMPLE)));
  expect(text).toContain('"delete_after_days":{"@@assign":"270"}');
  expect(text).toContain('"enable_continuous_backup":{"@@assign":"false"}');
  expect(text).toContain('"resource_types":{"@@assign":["EBS"]}');
  expect(text).not.toMatch(/"@@assign":(\d|true|false)/);
});

test('an adjustment stands in place of what a plan says of the element, and may have two operators', () => {
  const adjustments = [
    { node: 'types/regions', valueOperator: '@@append', values: ['eu-west-1'] },
    { node: 'types/regions', valueOperator: '@@remove', values: ['us-east-1'] },
    { node: 'types/rules/daily/lifecycle/delete_after_days', valueOperator: '@@assign', values: ['35'] },
  ];
  const { plans } = render({ ...BY_TYPE, adjustments });
  expect(plans.types.regions).toEqual({ '@@append': ['eu-west-1'], '@@remove': ['us-east-1'] });
  expect(plans.types.rules.daily.lifecycle).toEqual({ delete_after_days: { '@@assign': '35' } });
});

test('a policy of adjustments alone is a part of a plan, and is read as one', () => {
  const part: OrganizationBackupPolicy = {
    policyName: 'part',
    plans: [],
    adjustments: [
      { node: 'ledger/regions', valueOperator: '@@append', values: ['eu-west-1'] },
      { node: 'ledger/rules/daily/lifecycle/delete_after_days', valueOperator: '@@assign', values: ['7'] },
    ],
  };
  expect(render(part)).toEqual({
    plans: {
      ledger: {
        regions: { '@@append': ['eu-west-1'] },
        rules: { daily: { lifecycle: { delete_after_days: { '@@assign': '7' } } } },
      },
    },
  });
  expect(read('part', render(part))).toEqual(part);
});

test('a child control stands at its element and at each below it, a later one in its place', () => {
  const [plan] = BY_TYPE.plans!;
  const childControls = [
    { node: 'rules/daily', operators: ['@@none'] },
    { node: 'rules/daily/schedule_expression', operators: ['@@assign'] },
    { node: 'regions', operators: ['@@append'] },
  ];
  const document = render({
    ...BY_TYPE,
    plans: [{ ...plan!, childControls }],
    operatorsAllowedForChildPlans: ['@@append'],
  });
  const control = (...operators: string[]) => ({ '@@operators_allowed_for_child_policies': operators });
  expect(document.plans).toMatchObject(control('@@append'));
  expect(document.plans.types.regions).toEqual({ ...control('@@append'), '@@assign': ['eu-central-1'] });
  expect(document.plans.types.rules).not.toHaveProperty('@@operators_allowed_for_child_policies');
  expect(document.plans.types.rules.daily).toEqual({
    ...control('@@none'),
    schedule_expression: { ...control('@@assign'), '@@assign': 'cron(0 5 ? * * *)' },
    target_backup_vault_name: { ...control('@@none'), '@@assign': 'main' },
  });
  expect(read('types', document)).toEqual({
    policyName: 'types',
    adjustments: [],
    operatorsAllowedForChildPlans: ['@@append'],
    plans: [{ ...plan, childControls: expect.arrayContaining(childControls) }],
  });
});

test('a control of the whole plan reaches every element', () => {
  const [plan] = BY_TYPE.plans!;
  const whole = { ...plan!, childControls: [{ node: '', operators: ['@@none'] }] };
  const text = minified(render({ ...BY_TYPE, plans: [whole] }));
  const open = text.match(/\{(?!"@@operators)/g) ?? [];
  // The document itself and `plans`, which are no elements of the plan, are all that is left open.
  expect(open).toHaveLength(2);
});

test('tags whose keys hold the separator can be controlled', () => {
  const [plan] = BY_TYPE.plans!;
  const tagged = {
    ...plan!,
    tags: { 'team/owner': 'platform' },
    childControls: [{ node: 'backup_plan_tags/team/owner/tag_value', operators: ['@@none'] }],
  };
  expect(render({ ...BY_TYPE, plans: [tagged] }).plans.types.backup_plan_tags['team/owner'].tag_value).toEqual({
    '@@operators_allowed_for_child_policies': ['@@none'],
    '@@assign': 'platform',
  });
});

test('what is no policy reads as none', () => {
  const none = { policyName: 'x', plans: [], adjustments: [] };
  expect(read('x', 'no JSON')).toEqual(none);
  expect(read('x', { plans: 'none' })).toEqual(none);
  expect(read('x', undefined)).toEqual(none);
});

test('the types of resources are those of a partition', () => {
  expect(OrganizationBackupPolicies.resourceTypes('aws-cn')).toContain('arn:aws-cn:dynamodb:*:*:table/*');
  expect(OrganizationBackupPolicies.resourceTypes()).toContain('arn:aws:s3:::*');
  expect(OrganizationBackupPolicies.resourceTypes()).toHaveLength(18);
});
