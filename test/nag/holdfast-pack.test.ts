import * as fs from 'node:fs';
import * as path from 'node:path';
import { Plan, Vault } from '@holdfast/cdk';
import { HoldfastPack, HoldfastPackProps } from '@holdfast/cdk-nag';
import { RuleCatalog, Schedule, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { temporaryFolder } from '../support/synth';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const RULE = 'rule-retention-in-lock';

/** Two plans of plain aws-cdk-lib, whose rules keep backups for less long than their vault allows. */
function plain(app: App): { stack: Stack; plans: backup.BackupPlan[] } {
  const stack = new Stack(app, 'S', { env: ENV });
  const lockConfiguration = { minRetention: Duration.days(100) };
  const backupVault = new backup.BackupVault(stack, 'Vault', { backupVaultName: 'main', lockConfiguration });
  const plans = [35, 36].map((days) => {
    const plan = new backup.BackupPlan(stack, `Plan${days}`, { backupPlanName: `p${days}`, backupVault });
    plan.addRule(
      new backup.BackupPlanRule({
        ruleName: 'daily',
        deleteAfter: Duration.days(days),
        scheduleExpression: events.Schedule.cron({ hour: '5', minute: '0' }),
      }),
    );
    plan.addSelection('Selection', { resources: [backup.BackupResource.fromTag('backup', `${days}`)] });
    return plan;
  });
  return { stack, plans };
}

/** What the pack tells of, as `rule at construct`, in their order. */
function violations(app: App, props: HoldfastPackProps = {}): string[] {
  return new HoldfastPack(app, props)
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    );
}

test('has the id of each rule after its own name', () => {
  const { name, readPackName, ruleIds } = new HoldfastPack();
  expect([name, readPackName]).toEqual(['Holdfast', 'Holdfast']);
  expect(ruleIds).toEqual(RuleCatalog.all().map(({ rule }) => `Holdfast-${rule}`));
});

test('tells of each resource in its own words', () => {
  const app = new App();
  plain(app);
  const report = new HoldfastPack(app).validateScope(app);
  expect(report.success).toBe(false);
  expect(report.violations.map(({ ruleName, severity }) => `${severity} ${ruleName}`)).toEqual([
    `error Holdfast-${RULE}`,
    `error Holdfast-${RULE}`,
  ]);
  expect(report.violations.map(({ description }) => description.replace(/ \[.*/, ''))).toEqual(
    [35, 36].map(
      (days) =>
        `S/Plan${days}.rules[0].lifecycle.deleteAfterDays must be at least 100 days, the bounds of vault main, got ${days} days`,
    ),
  );
  expect(report.violations.map(({ violatingResources }) => violatingResources)).toEqual(
    [35, 36].map((days) => [
      {
        constructPath: `S/Plan${days}/Resource`,
        locations: [`S/Plan${days}.rules[0].lifecycle.deleteAfterDays`],
      },
    ]),
  );
});

test('fails the synthesis, and the report in the assembly names rule and resource', () => {
  const app = new App({ outdir: temporaryFolder('nag') });
  plain(app);
  Validations.of(app).addPlugins(new HoldfastPack(app));
  expect(() => app.synth()).toThrow();
  const report = fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8');
  expect(report).toContain(`"Holdfast-${RULE}"`);
  expect(report).toContain('S/Plan36/Resource');
});

test('lets go what is acknowledged at a construct, and nothing beside it', () => {
  const app = new App();
  const { plans } = plain(app);
  Validations.of(plans[0] as backup.BackupPlan).acknowledge({
    id: `Holdfast-${RULE}`,
    reason: 'the lock goes tomorrow',
  });
  expect(violations(app)).toEqual([`Holdfast-${RULE} at S/Plan36/Resource`]);
});

test('lets a synthesis go whose findings are acknowledged at the stack', () => {
  const app = new App({ outdir: temporaryFolder('nag-acknowledged') });
  const { stack } = plain(app);
  Validations.of(app).addPlugins(new HoldfastPack(app));
  Validations.of(stack).acknowledge({ id: `Holdfast-${RULE}`, reason: 'the lock goes tomorrow' });
  expect(() => app.synth()).not.toThrow();
});

test('does not take the acknowledgement of another rule', () => {
  const app = new App();
  const { stack } = plain(app);
  Validations.of(stack).acknowledge({ id: 'Holdfast-rule-suppressed', reason: 'another' });
  expect(violations(app)).toHaveLength(2);
});

test('leaves the reason in the template when it is asked to', () => {
  const app = new App({ outdir: temporaryFolder('nag-written') });
  const { stack } = plain(app);
  Validations.of(app).addPlugins(new HoldfastPack(app, { writeSuppressionsToCloudFormation: true }));
  Validations.of(stack).acknowledge({ id: `Holdfast-${RULE}`, reason: 'the lock goes tomorrow' });
  const [plan] = Object.values(Template.fromStack(stack).findResources(CfnBackupPlan.CFN_RESOURCE_TYPE_NAME));
  expect((plan as { Metadata: { cdk_nag: unknown } }).Metadata.cdk_nag).toEqual({
    rules_to_suppress: [{ id: `Holdfast-${RULE}`, reason: 'the lock goes tomorrow' }],
  });
});

/** A plan of ours that keeps less than its vault allows, which a waiver accepts; or the same of plain aws-cdk-lib. */
function waived(app: App, waivers: Waiver[]): void {
  const stack = new Stack(app, 'S', { env: ENV });
  const { backupVault } = new Vault(stack, 'Vault', { backupVaultName: 'main', vaultLock: { minRetentionDays: 100 } });
  const rule = {
    ruleName: 'daily',
    vault: backupVault,
    schedule: Schedule.daily({ hour: 5, timeZone: 'Etc/UTC' }),
    deleteAfter: Duration.days(100),
  };
  const plan = new Plan(stack, 'Plan', { backupPlanName: 'p', rules: [rule], waivers });
  // Past the construct, which would refuse it.
  const resource = plan.node.findAll().find(CfnBackupPlan.isCfnBackupPlan)!;
  resource.addPropertyOverride('BackupPlan.BackupPlanRule.0.Lifecycle.DeleteAfterDays', 35);
}

test('says nothing of what a waiver of ours accepts, and speaks without it', () => {
  const told = (waivers: Waiver[]) => {
    const app = new App();
    waived(app, waivers);
    return violations(app).filter((each) => each.includes(RULE));
  };
  const waiver = { rule: RULE, path: 'rules[0].lifecycle.deleteAfterDays', reason: 'the lock goes tomorrow' };
  expect(told([waiver])).toEqual([]);
  expect(told([])).toEqual([`Holdfast-${RULE} at S/Plan/Resource`]);
});

test('tells of what no plan protects when it is asked to, as a warning', () => {
  const app = new App();
  const stack = new Stack(app, 'S', { env: ENV });
  new dynamodb.TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  expect(violations(app)).toEqual([]);
  expect(violations(app, { coverage: true })).toEqual(['Holdfast-resource-unprotected at S/Orders/Resource']);
  expect(new HoldfastPack(app, { coverage: true }).validateScope(app).violations[0]?.severity).toBe('warning');
});

test('is right about an app that is right, and about one without a resource', () => {
  const app = new App();
  new Stack(app, 'S', { env: ENV });
  expect(new HoldfastPack(app, { coverage: true }).validateScope(app)).toEqual({ success: true, violations: [] });
});
