import { AlertTopic, BackupAlarms, BackupDashboard, BackupDashboardProps } from '@holdfast/cdk';
import { BackupSignal } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { refusal, stackOf } from './support/stacks';

const DASHBOARD = 'AWS::CloudWatch::Dashboard';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly properties: { readonly title?: string; readonly markdown?: string; readonly metrics?: unknown[][] } & Record<
    string,
    unknown
  >;
}

/** The body of the only dashboard of a stack; references stand as `<Ref>`. */
function bodyOf(stack: Stack): { start: string; widgets: Widget[] } {
  const [dashboard] = Object.values(Template.fromStack(stack).findResources(DASHBOARD));
  const body = dashboard!.Properties.DashboardBody as string | { 'Fn::Join': [string, (string | object)[]] };
  const text =
    typeof body === 'string'
      ? body
      : body['Fn::Join'][1]
          .map((part) => (typeof part === 'string' ? part : `<${Object.values(part).join()}>`))
          .join('');
  return JSON.parse(text) as { start: string; widgets: Widget[] };
}

function widgetsOf(props?: BackupDashboardProps, stack: Stack = stackOf()): Widget[] {
  new BackupDashboard(stack, 'Dashboard', props);
  return bodyOf(stack).widgets;
}

function vaultOf(stack: Stack): backup.IBackupVault {
  return backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary');
}

test('shows jobs and recovery points of every vault by state', () => {
  const widgets = widgetsOf();
  expect(widgets.map(({ properties }) => properties.title)).toEqual([
    'Backup jobs',
    'Copy jobs',
    'Restore jobs',
    'Recovery points',
  ]);
  expect(widgets.map(({ x, y, width }) => [x, y, width])).toEqual([0, 6, 12, 18].map((x) => [x, 0, 6]));
  const metrics = widgets[0]!.properties.metrics as [{ label: string; expression: string; color?: string }][];
  expect(metrics.map(([{ label }]) => label)).toEqual([
    'Created',
    'Pending',
    'Running',
    'Aborted',
    'Completed',
    'Failed',
    'Expired',
  ]);
  expect(metrics[5]![0]).toMatchObject({
    expression: `SUM(SEARCH('{AWS/Backup,BackupVaultName} MetricName="NumberOfBackupJobsFailed"', 'Sum', 3600))`,
    color: '#d62728',
  });
});

test('begins seven days back and puts jobs of an hour together, unless asked otherwise', () => {
  const stack = stackOf();
  const [widget] = widgetsOf({}, stack);
  expect(bodyOf(stack).start).toBe('-P7D');
  expect(widget!.properties).toMatchObject({ period: 3600, yAxis: { left: { min: 0, showUnits: false } } });
  const other = stackOf();
  const props = { defaultInterval: Duration.days(30), period: Duration.days(1), dashboardName: 'backups' };
  const [daily] = widgetsOf(props, other);
  expect(bodyOf(other).start).toBe('-P30D');
  expect(daily!.properties.period).toBe(86400);
  expect(JSON.stringify(daily!.properties.metrics)).toContain("'Sum', 86400))");
  Template.fromStack(other).hasResourceProperties(DASHBOARD, { DashboardName: 'backups' });
});

test('has a row for each vault and a graph for each resource type', () => {
  const stack = stackOf();
  const resourceTypes = ['EBS', 'RDS', 'S3', 'EFS', 'DynamoDB'];
  const widgets = widgetsOf({ backupVaults: [vaultOf(stack)], resourceTypes }, stack);
  const texts = widgets.filter(({ type }) => type === 'text').map(({ properties }) => properties.markdown);
  expect(texts).toEqual(['## Vault primary', '## Backup jobs by resource type']);
  const ofVault = widgets[5]!;
  expect(ofVault.properties.title).toBe('Backup jobs');
  expect(ofVault.properties.metrics![0]).toEqual([
    'AWS/Backup',
    'NumberOfBackupJobsCreated',
    'BackupVaultName',
    'primary',
    { label: 'Created', period: 3600, stat: 'Sum' },
  ]);
  const byType = widgets.slice(-5);
  expect(byType.map(({ properties }) => properties.title)).toEqual(resourceTypes);
  expect(byType.map(({ x }) => x)).toEqual([0, 6, 12, 18, 0]);
  expect(JSON.stringify(byType[0]!.properties.metrics)).toContain('ResourceType=');
});

test('shows the state of alarms and the latest events', () => {
  const stack = stackOf();
  const alarms = new BackupAlarms(stack, 'Alarms', { signals: [BackupSignal.VAULT_LOCK_CHANGED] });
  const more = cloudwatch.Alarm.fromAlarmArn(stack, 'More', 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:more');
  const [status, log] = widgetsOf({ alarms, moreAlarms: [more] }, stack);
  expect(status!.type).toBe('alarm');
  expect(status!.properties.alarms).toEqual([
    expect.stringMatching(/^<AlarmsProtection\w+,Arn>$/),
    expect.stringMatching(/^<AlarmsVaultLockChanged\w+,Arn>$/),
    'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:more',
  ]);
  expect(log!.type).toBe('log');
  expect(log!.properties.query).toMatch(/^SOURCE '<AlarmsEvents\w+>' \| fields @timestamp, `detail-type`/);
});

test('shows no log where the alarms keep no events', () => {
  const stack = stackOf();
  const alarms = new BackupAlarms(stack, 'Alarms', { signals: [BackupSignal.COPY_JOBS_FAILED] });
  expect(widgetsOf({ alarms }, stack).map(({ type }) => type)).toEqual(['alarm', ...Array<string>(4).fill('metric')]);
});

test('takes further widgets, and tokens', () => {
  const stack = stackOf();
  const dashboardName = new CfnParameter(stack, 'Name').valueAsString;
  const vault = new backup.BackupVault(stack, 'Vault');
  const made = new BackupDashboard(stack, 'Dashboard', { dashboardName, backupVaults: [vault] });
  made.dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: 'ours' }));
  expect(bodyOf(stack).widgets.at(-1)!.properties.markdown).toBe('ours');
  Template.fromStack(stack).hasResourceProperties(DASHBOARD, {
    DashboardName: { Ref: 'Name' },
    DashboardBody: { 'Fn::Join': Match.anyValue() },
  });
});

test('is clean under cdk-nag and cfn-lint', () => {
  const stack = naggedStack();
  const alarms = new BackupAlarms(stack, 'Alarms', { notificationTopic: new AlertTopic(stack, 'Topic').topic });
  new BackupDashboard(stack, 'Dashboard', { alarms, backupVaults: [vaultOf(stack)], resourceTypes: ['EBS'] });
  const app = stack.node.root as App;
  expect(nagFindings(app)).toEqual([]);
  expect(cfnLint(app, 'a backup dashboard')).toBe('');
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = new BackupDashboard(stack, 'Dashboard');
  expect(made.node.findAll().map((construct) => construct.node.path)).toEqual([
    'S/Dashboard',
    'S/Dashboard/Resource',
    'S/Dashboard/Resource/Resource',
  ]);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['Dashboard7A06DACF']);
});

// prettier-ignore
test.each<[line: string, props: BackupDashboardProps]>([
  ['dashboardName must be 1 to 255 letters, digits, - and _, got a.b [dashboard-name]', { dashboardName: 'a.b' }],
  ['period must be a whole number of minutes, at least 1, got 1.5 minutes [dashboard-period]', { period: Duration.seconds(90) }],
  ['defaultInterval must be whole minutes, at least 1, got 0 hours [dashboard-interval]', { defaultInterval: Duration.hours(0) }],
])('fails: %s', (line, props) => {
  const message = refusal(() => widgetsOf(props));
  expect(message).toMatch(/^S\/Dashboard: 1 value\(s\)/);
  expect(message).toContain(`  ${line} (`);
});

test('takes what is waived, and a period that is known at deployment alone', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'dashboard-period', path: 'period', reason: 'shows a waiver' }];
  const [widget] = widgetsOf({ period: Duration.seconds(30), waivers }, stack);
  expect(widget!.properties.period).toBe(30);
  const other = stackOf();
  const period = Duration.seconds(new CfnParameter(other, 'Seconds', { type: 'Number' }).valueAsNumber);
  new BackupDashboard(other, 'Dashboard', { period });
  Template.fromStack(other).resourceCountIs(DASHBOARD, 1);
});
