import * as fs from 'node:fs';
import * as path from 'node:path';
import { HoldfastChecks, HoldfastChecksProps, Plan, SelectionResource, Vault } from '@holdfast/cdk';
import { RuleCatalog, Severity } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { temporaryFolder } from '../support/synth';
import { annotations, refusal } from './support/stacks';

const ENV = { account: '111122223333', region: 'eu-central-1' };

function appOf(props: HoldfastChecksProps = {}): App {
  const app = new App({ outdir: temporaryFolder('checks') });
  Validations.of(app).addPlugins(new HoldfastChecks(props));
  return app;
}

/** What the report in the assembly says, as `rule at construct`. */
function violations(app: App): string[] {
  try {
    app.synth();
  } catch (error) {
    expect((error as Error).message).toContain('Holdfast');
  }
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: { violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[] }[];
  };
  return report.pluginReports.flatMap(({ violations: all }) =>
    all.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    ),
  );
}

/** A plan of plain aws-cdk-lib, whose rule runs into a vault with this lock. */
function plainPlan(stack: Stack, deleteAfter: Duration, minRetention?: Duration): backup.BackupPlan {
  const encryptionKey = new kms.Key(stack, 'Key');
  const lockConfiguration = minRetention && { minRetention };
  const backupVault = new backup.BackupVault(stack, 'Vault', {
    backupVaultName: 'main',
    encryptionKey,
    lockConfiguration,
  });
  const plan = new backup.BackupPlan(stack, 'Plan', { backupPlanName: 'p', backupVault });
  plan.addRule(
    new backup.BackupPlanRule({
      ruleName: 'daily',
      deleteAfter,
      scheduleExpression: events.Schedule.cron({ hour: '5', minute: '0' }),
    }),
  );
  plan.addSelection('Selection', { resources: [backup.BackupResource.fromTag('backup', 'daily')] });
  return plan;
}

test('fails for a plan of aws-cdk-lib whose retention its vault refuses', () => {
  const app = appOf();
  plainPlan(new Stack(app, 'S', { env: ENV }), Duration.days(35), Duration.days(100));
  expect(refusal(() => app.synth())).toContain(
    'S/Plan.rules[0].lifecycle.deleteAfterDays must be at least 100 days, the bounds of vault main, got 35 days',
  );
  expect(violations(app)).toEqual(['rule-retention-in-lock at S/Plan/Resource']);
});

test('finds nothing in a plan of aws-cdk-lib that is right', () => {
  const app = appOf({ failOn: Severity.WARNING });
  plainPlan(new Stack(app, 'S', { env: ENV }), Duration.days(100), Duration.days(100));
  expect(violations(app)).toEqual([]);
});

test('lets a finding go that is acknowledged by its id', () => {
  const app = appOf();
  const stack = new Stack(app, 'S', { env: ENV });
  const plan = plainPlan(stack, Duration.days(35), Duration.days(100));
  Validations.of(plan).acknowledge({ id: 'Holdfast::rule-retention-in-lock', reason: 'the lock goes tomorrow' });
  expect(() => app.synth()).not.toThrow();
});

test('reads a template that is included', () => {
  const app = appOf();
  const stack = new Stack(app, 'S', { env: ENV });
  const file = path.join(temporaryFolder('included'), 't.json');
  const rule = { RuleName: 'daily', TargetBackupVault: { Ref: 'V' }, ScheduleExpression: 'cron(0 5 * * * *)' };
  const template = {
    Resources: {
      V: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
      P: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: { BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [rule] } },
      },
    },
  };
  fs.writeFileSync(file, JSON.stringify(template));
  new CfnInclude(stack, 'Included', { templateFile: file });
  expect(violations(app)).toEqual(['schedule-day-fields at S/Included/P', 'plan-no-selection at S/Included/P']);
});

describe('what is less severe than asked', () => {
  test('does not fail, and is in the report', () => {
    const app = appOf({ coverage: true });
    new s3.Bucket(new Stack(app, 'S', { env: ENV }), 'Files');
    expect(() => app.synth()).not.toThrow();
    expect(violations(app)).toEqual(['resource-unprotected at S/Files/Resource']);
  });

  test('fails once it is asked for', () => {
    const app = appOf({ coverage: true, failOn: Severity.WARNING });
    new s3.Bucket(new Stack(app, 'S', { env: ENV }), 'Files');
    expect(refusal(() => app.synth())).toContain('got none: there is no plan');
  });
});

test('does not repeat what a construct of ours said already, and honours its waivers', () => {
  const app = appOf({ failOn: Severity.WARNING });
  const stack = new Stack(app, 'S', { env: ENV });
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'main', vaultLock: { minRetentionDays: 30 } });
  const plan = new Plan(stack, 'Plan', {
    backupPlanName: 'p',
    rules: [{ ruleName: 'daily', vault: vault.backupVault, deleteAfter: Duration.days(5) }],
    waivers: [{ rule: 'rule-retention-in-lock', path: 'rules[0].*', reason: 'the lock goes tomorrow' }],
  });
  plan.addSelection('Data', {
    selectionName: 'data',
    resources: [SelectionResource.fromArn('arn:aws:ec2:*:*:volume/vol-*x')],
  });
  expect(annotations(stack, 'warning')).toEqual([expect.stringContaining('[selection-resource-star]')]);
  expect(violations(app)).toEqual([]);
});

test('knows every rule by its id', () => {
  expect(new HoldfastChecks().ruleIds).toEqual(RuleCatalog.all().map(({ rule }) => rule));
  expect(new HoldfastChecks().name).toBe('Holdfast');
});
