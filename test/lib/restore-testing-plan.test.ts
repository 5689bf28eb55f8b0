import {
  IRestoreTestingPlan,
  Plan,
  RestoreTestingPlan,
  RestoreTestingPlanProps,
  RestoreTestingResources,
  RestoreTestingVault,
  Vault,
} from '@holdfast/cdk';
import {
  RestoreTestingAlgorithm,
  RestoreTestingPointType,
  RestoreTestingResourceType,
  Schedule,
} from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib/core';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::RestoreTestingPlan';

function plan(stack: Stack, props: Partial<RestoreTestingPlanProps> = {}): RestoreTestingPlan {
  const made = new RestoreTestingPlan(stack, 'Tests', { restoreTestingPlanName: 'tests', ...props });
  const resources = RestoreTestingResources.all(RestoreTestingResourceType.EBS);
  made.addSelection('Volumes', { restoreTestingSelectionName: 'volumes', resources });
  return made;
}

function templateOf(props: Partial<RestoreTestingPlanProps> = {}, stack: Stack = stackOf()): Template {
  plan(stack, props);
  return Template.fromStack(stack);
}

test('writes out every default', () => {
  const stack = stackOf();
  templateOf({}, stack).hasResource(TYPE, {
    Metadata: Match.absent(),
    Properties: {
      RestoreTestingPlanName: 'tests',
      ScheduleExpression: 'cron(0 5 ? * * *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      StartWindowHours: 24,
      RecoveryPointSelection: {
        Algorithm: 'LATEST_WITHIN_WINDOW',
        RecoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'],
        IncludeVaults: ['*'],
        ExcludeVaults: Match.absent(),
        SelectionWindowDays: 30,
      },
      Tags: Match.absent(),
    },
  });
  expect([...annotations(stack, 'warning'), ...annotations(stack, 'info')]).toEqual([]);
});

test('takes every property', () => {
  const stack = stackOf();
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
  templateOf(
    {
      schedule: Schedule.monthly({ day: 2, timeZone: 'Europe/Berlin' }),
      startWindow: Duration.hours(8),
      algorithm: RestoreTestingAlgorithm.RANDOM_WITHIN_WINDOW,
      selectionWindow: Duration.days(60),
      recoveryPointTypes: [RestoreTestingPointType.SNAPSHOT],
      includeVaults: [
        RestoreTestingVault.fromVault(vault.backupVault),
        RestoreTestingVault.fromArn('arn:aws:backup:*:*:backup-vault:copies-*'),
      ],
      excludeVaults: [RestoreTestingVault.fromArn('arn:aws:backup:*:*:backup-vault:copies-old')],
      tags: { owner: 'platform' },
    },
    stack,
  ).hasResourceProperties(TYPE, {
    ScheduleExpression: 'cron(0 5 2 * ? *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    StartWindowHours: 8,
    RecoveryPointSelection: {
      Algorithm: 'RANDOM_WITHIN_WINDOW',
      RecoveryPointTypes: ['SNAPSHOT'],
      IncludeVaults: [
        { 'Fn::GetAtt': ['Vault47927EF3', 'BackupVaultArn'] },
        'arn:aws:backup:*:*:backup-vault:copies-*',
      ],
      ExcludeVaults: ['arn:aws:backup:*:*:backup-vault:copies-old'],
      SelectionWindowDays: 60,
    },
    Tags: [{ Key: 'owner', Value: 'platform' }],
  });
});

test('refers to what it makes', () => {
  const stack = stackOf();
  const made: IRestoreTestingPlan = plan(stack);
  expect(stack.resolve(made.restoreTestingPlanName)).toEqual({ Ref: 'TestsADECCFD5' });
  expect(stack.resolve(made.restoreTestingPlanArn)).toEqual({
    'Fn::GetAtt': ['TestsADECCFD5', 'RestoreTestingPlanArn'],
  });
});

test('fails for all that AWS Backup refuses, at once', () => {
  const props: Partial<RestoreTestingPlanProps> = {
    restoreTestingPlanName: 'my-tests',
    schedule: Schedule.expression('rate(7 days)'),
    startWindow: Duration.hours(169),
    selectionWindow: Duration.hours(12),
    recoveryPointTypes: [],
    includeVaults: [],
    excludeVaults: [RestoreTestingVault.fromArn('copies')],
  };
  expect(refusal(() => plan(stackOf(), props))).toBe(
    [
      'S/Tests: 7 value(s) that AWS Backup refuses',
      '  restoreTestingPlanName must be 1 to 50 letters, digits and _, got my-tests [restore-testing-plan-name] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html)',
      '  recoveryPointSelection.recoveryPointTypes must be SNAPSHOT, CONTINUOUS or both, got none [restore-testing-plan-recovery-point-types] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingRecoveryPointSelection.html)',
      '  recoveryPointSelection.includeVaults must be at least 1 vault, or *, got none [restore-testing-plan-include-vaults] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingRecoveryPointSelection.html)',
      '  recoveryPointSelection.excludeVaults[0] must be the ARN of a vault, with or without stars, or *, got copies [restore-testing-plan-vault-arn] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingRecoveryPointSelection.html)',
      '  recoveryPointSelection.selectionWindowDays must be a whole number of days from 1 to 365, got 0.5 days [restore-testing-plan-selection-window] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingRecoveryPointSelection.html)',
      '  scheduleExpression must be cron(minute hour day-of-month month day-of-week year), got rate(7 days) [schedule-cron-form] (AWS Backup facts 2.1 ScheduleExpression, 18 #8269)',
      '  startWindowHours must be a whole number of hours from 1 to 168, got 169 [restore-testing-plan-start-window] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html)',
    ].join('\n'),
  );
});

describe('together with backup plans', () => {
  const monthly = (stack: Stack, vault: Vault) =>
    new Plan(stack, 'Plan', {
      backupPlanName: 'ledger',
      rules: [{ ruleName: 'monthly', vault: vault.backupVault, schedule: Schedule.monthly() }],
    }).backupPlan;
  const warnings = (props: (vault: Vault) => Partial<RestoreTestingPlanProps>) => {
    const stack = stackOf();
    const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
    plan(stack, { backupPlans: [monthly(stack, vault)], ...props(vault) });
    return annotations(stack, 'warning').filter((text) => text.startsWith('/S/Tests'));
  };

  test('warns of a window in which there is no backup every month', () => {
    expect(warnings((vault) => ({ includeVaults: [RestoreTestingVault.fromVault(vault.backupVault)] }))).toEqual([
      '/S/Tests: recoveryPointSelection.selectionWindowDays must be at least the longest time between two backups that are tested: a run without a point in its window tests nothing, got 30 days, where plan S/Plan backs up 31 days apart [restore-testing-plan-window-gap] (AWS Backup facts B9.3/2, B9.3/3)',
    ]);
  });

  test('says nothing of a window that is long enough', () => {
    expect(warnings(() => ({ selectionWindow: Duration.days(31) }))).toEqual([]);
  });

  test('warns of a plan whose vaults are all left out', () => {
    const excluded = (vault: Vault) => ({ excludeVaults: [RestoreTestingVault.fromVault(vault.backupVault)] });
    expect(warnings(excluded)).toEqual([expect.stringContaining('[restore-testing-plan-untested]')]);
  });
});

test('warns of a plan that never gets a selection', () => {
  const stack = stackOf();
  new RestoreTestingPlan(stack, 'Tests', { restoreTestingPlanName: 'tests' });
  expect(annotations(stack, 'warning')).toEqual([
    expect.stringContaining('[restore-testing-plan-no-selection] (AWS Backup facts B9.3/1)'),
  ]);
});

test('keeps a waiver, with its reason, in the template', () => {
  const waivers = [{ rule: 'restore-testing-plan-name', path: 'restoreTestingPlanName', reason: 'checked by hand' }];
  templateOf({ restoreTestingPlanName: 'my-tests', waivers }).hasResource(TYPE, {
    Metadata: { Holdfast: { waivers } },
  });
});

test('takes a token for every value', () => {
  const stack = new Stack(new App(), 'S');
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const number = (id: string) => Token.asNumber({ Ref: id });
  templateOf(
    {
      restoreTestingPlanName: text('Name'),
      schedule: Schedule.expression(text('Cron'), text('Zone')),
      startWindow: Duration.hours(number('Start')),
      selectionWindow: Duration.days(number('Window')),
      algorithm: text('Algorithm') as RestoreTestingAlgorithm,
      recoveryPointTypes: [text('PointType') as RestoreTestingPointType],
      includeVaults: [RestoreTestingVault.fromArn(text('In'))],
      excludeVaults: [RestoreTestingVault.fromArn(text('Out'))],
      tags: { owner: text('Owner') },
    },
    stack,
  ).hasResourceProperties(TYPE, {
    RestoreTestingPlanName: { Ref: 'Name' },
    ScheduleExpression: { Ref: 'Cron' },
    ScheduleExpressionTimezone: { Ref: 'Zone' },
    StartWindowHours: { Ref: 'Start' },
    RecoveryPointSelection: {
      Algorithm: { Ref: 'Algorithm' },
      RecoveryPointTypes: [{ Ref: 'PointType' }],
      SelectionWindowDays: { Ref: 'Window' },
      IncludeVaults: [{ Ref: 'In' }],
      ExcludeVaults: [{ Ref: 'Out' }],
    },
    Tags: [{ Key: 'owner', Value: { Ref: 'Owner' } }],
  });
});

test('of elsewhere is referred to by name and ARN', () => {
  const imported = RestoreTestingPlan.fromRestoreTestingPlanAttributes(stackOf(), 'Tests', {
    restoreTestingPlanName: 'tests',
    restoreTestingPlanArn: 'arn:aws:backup:eu-central-1:111122223333:restore-testing-plan:tests-1234',
  });
  expect(imported.restoreTestingPlanName).toBe('tests');
  expect(imported.restoreTestingPlanArn).toBe(
    'arn:aws:backup:eu-central-1:111122223333:restore-testing-plan:tests-1234',
  );
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  plan(stack);
  const paths = stack.node.findAll().map(({ node }) => node.path);
  expect(paths.filter((path) => !path.startsWith('S/Tests/Volumes/'))).toEqual([
    'S',
    'S/Tests',
    'S/Tests/Resource',
    'S/Tests/Volumes',
  ]);
  expect(Object.keys(Template.fromStack(stack).findResources(TYPE))).toEqual(['TestsADECCFD5']);
});
