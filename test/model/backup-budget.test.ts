import {
  BackupBudget,
  BackupBudgetNotification,
  BackupBudgetNotificationType,
  BackupBudgetRules,
  BackupBudgets,
} from '@holdfast/model';
import { many, PLAIN, Row, testRows } from './rows';

const { ACTUAL, FORECASTED } = BackupBudgetNotificationType;

function budget(over: Partial<BackupBudget> = {}): BackupBudget {
  return { monthlyLimitUsd: 100, services: ['AWS Backup'], notifications: [notification()], ...over };
}

function notification(over: Partial<BackupBudgetNotification> = {}): BackupBudgetNotification {
  return { notificationType: ACTUAL, thresholdPercent: 100, emails: ['ops@example.com'], ...over };
}

const one = (over: Partial<BackupBudgetNotification>) => budget({ notifications: [notification(over)] });
const counted = (count: number) => many(count, (index) => notification({ thresholdPercent: index + 1 }));

// prettier-ignore
const ROWS: Row<BackupBudget>[] = [
  ['budget-name',               'passes', budget({ budgetName: 'a' })],
  ['budget-name',               'fails',  budget({ budgetName: '' }),              'budgetName', 'an empty name'],
  ['budget-name',               'passes', budget({ budgetName: 'a'.repeat(100) })],
  ['budget-name',               'fails',  budget({ budgetName: 'a'.repeat(101) }), 'budgetName', `101 characters: ${'a'.repeat(101)}`],
  ['budget-name',               'fails',  budget({ budgetName: 'a:b' }),           'budgetName', 'a:b'],
  ['budget-name',               'fails',  budget({ budgetName: 'a\\b' }),          'budgetName', 'a\\b'],
  ['budget-name',               'fails',  budget({ budgetName: 'a/action/b' }),    'budgetName', 'a/action/b'],
  ['budget-limit',              'passes', budget({ monthlyLimitUsd: 0.01 })],
  ['budget-limit',              'fails',  budget({ monthlyLimitUsd: 0 }),          'monthlyLimitUsd', '0'],
  ['budget-limit',              'fails',  budget({ monthlyLimitUsd: -1 }),         'monthlyLimitUsd', '-1'],
  ['budget-scope',              'passes', budget()],
  ['budget-scope',              'passes', budget({ services: undefined, tags: { backup: ['yes'] } })],
  ['budget-scope',              'passes', budget({ services: undefined, usageTypes: ['EBS:SnapshotUsage'] })],
  ['budget-scope',              'fails',  budget({ services: undefined, regions: ['eu-central-1'] }), 'services', 'none'],
  ['budget-scope',              'fails',  budget({ services: [] }),                'services', 'none'],
  ['budget-tag',                'passes', budget({ tags: { ['k'.repeat(128)]: ['v'.repeat(256)] } })],
  ['budget-tag',                'fails',  budget({ tags: { ['k'.repeat(129)]: ['v'] } }), 'tags', 'a key of 129 characters'],
  ['budget-tag',                'fails',  budget({ tags: { key: ['v'.repeat(257)] } }),   'tags.key', 'a value of 257 characters'],
  ['budget-tag-values',         'fails',  budget({ tags: { key: [] } }),           'tags.key', '0'],
  ['budget-tag-values',         'passes', budget({ tags: { key: ['value'] } })],
  ['budget-tag-activation',     'fails',  budget({ tags: { key: ['value'], other: ['value'] } }), 'tags', 'key, other'],
  ['budget-tag-activation',     'passes', budget()],
  ['budget-notifications',      'passes', budget({ notifications: counted(10) })],
  ['budget-notifications',      'fails',  budget({ notifications: counted(11) }),  'notifications', '11'],
  ['budget-no-notification',    'fails',  budget({ notifications: undefined }),    'notifications', '0'],
  ['budget-no-notification',    'passes', budget()],
  ['budget-notification-twice', 'fails',  budget({ notifications: [notification(), notification()] }), 'notifications[1]', '100 % ACTUAL'],
  ['budget-notification-twice', 'passes', budget({ notifications: [notification(), notification({ notificationType: FORECASTED })] })],
  ['budget-threshold',          'fails',  one({ thresholdPercent: 0 }),            'notifications[0].thresholdPercent', '0 %'],
  ['budget-threshold',          'passes', one({ thresholdPercent: 0.1 })],
  ['budget-threshold',          'passes', one({ thresholdPercent: 1000000 })],
  ['budget-threshold',          'fails',  one({ thresholdPercent: 1000001 }),      'notifications[0].thresholdPercent', '1000001 %'],
  ['budget-subscribers',        'fails',  one({ emails: undefined }),              'notifications[0].emails', '0'],
  ['budget-subscribers',        'fails',  one({ emails: [] }),                     'notifications[0].emails', '0'],
  ['budget-subscribers',        'passes', one({ emails: undefined, topicArn: 'arn:aws:sns:eu-central-1:111122223333:costs' })],
  ['budget-emails',             'passes', one({ emails: many(10, (index) => `${index}@example.com`) })],
  ['budget-emails',             'fails',  one({ emails: many(11, (index) => `${index}@example.com`) }), 'notifications[0].emails', '11'],
  ['budget-email',              'passes', one({ emails: ['a@b'] })],
  ['budget-email',              'fails',  one({ emails: ['a@b', 'a'] }),           'notifications[0].emails[1]', 'a'],
  ['budget-email',              'fails',  one({ emails: ['a b@c'] }),              'notifications[0].emails[0]', 'a b@c'],
];

testRows((declaration) => BackupBudgetRules.check(declaration, '', PLAIN), ROWS);

test('values that are known later are neither checked nor tripped over', () => {
  const declaration = budget({
    budgetName: ':',
    monthlyLimitUsd: -1,
    notifications: [
      notification({ thresholdPercent: -1, emails: ['?'] }),
      notification({ thresholdPercent: -1, emails: ['?'] }),
    ],
  });
  expect(BackupBudgetRules.check(declaration, '', { known: (value) => Array.isArray(value) })).toEqual([]);
});

test('what narrows a budget is told as AWS Budgets spells it', () => {
  expect(
    BackupBudgets.costFilters(
      budget({
        usageTypes: ['USE1-WarmStorage-ByteHrs-EFS'],
        tags: { stage: ['prod', 'test'], 'aws:createdBy': ['somebody'] },
        accounts: ['111122223333'],
        regions: ['eu-central-1'],
      }),
    ),
  ).toEqual({
    Service: ['AWS Backup'],
    UsageType: ['USE1-WarmStorage-ByteHrs-EFS'],
    TagKeyValue: ['user:stage$prod', 'user:stage$test', 'aws:createdBy$somebody'],
    LinkedAccount: ['111122223333'],
    Region: ['eu-central-1'],
  });
  expect(BackupBudgets.costFilters({ monthlyLimitUsd: 1 })).toEqual({});
});
