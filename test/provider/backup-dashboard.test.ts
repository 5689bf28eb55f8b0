import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { BackupAlarms, BackupDashboard, BackupDashboardProps, Vault } from '@holdfast/cdktf';
import { BackupSignal } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import {
  addresses,
  annotations,
  comment,
  message,
  only,
  refusal,
  sentence,
  stackOf,
  variables,
} from './support/stacks';

const DASHBOARD = 'aws_cloudwatch_dashboard';
const VAULT = Vault.fromBackupVaultArn('arn:aws:backup:eu-central-1:111122223333:backup-vault:primary');
const MORE = 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:more';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Record<string, any>;
}

function bodyOf(stack: TerraformStack): { start: string; widgets: Widget[] } {
  return JSON.parse(only(stack, DASHBOARD).dashboard_body as string) as { start: string; widgets: Widget[] };
}

function widgetsOf(props?: BackupDashboardProps, stack = stackOf()): Widget[] {
  new BackupDashboard(stack, 'Dashboard', props);
  return bodyOf(stack).widgets;
}

test('shows jobs and recovery points of every vault by state, an hour together', () => {
  const widgets = widgetsOf();
  expect(widgets.map(({ properties, x, y, width, height }) => [properties.title, x, y, width, height])).toEqual([
    ['Backup jobs', 0, 0, 6, 6],
    ['Copy jobs', 6, 0, 6, 6],
    ['Restore jobs', 12, 0, 6, 6],
    ['Recovery points', 18, 0, 6, 6],
  ]);
  const { metrics, ...properties } = widgets[1]!.properties;
  expect(properties).toEqual({
    view: 'timeSeries',
    title: 'Copy jobs',
    region: 'eu-central-1',
    yAxis: { left: { min: 0, showUnits: false } },
    period: 3600,
  });
  expect(metrics[3]).toEqual([
    {
      color: '#d62728',
      label: 'Failed',
      period: 3600,
      expression: `SUM(SEARCH('{AWS/Backup,BackupVaultName} MetricName="NumberOfCopyJobsFailed"', 'Sum', 3600))`,
    },
  ]);
});

test('begins a week back and is called as its path, unless asked otherwise', () => {
  const stack = stackOf();
  new BackupDashboard(stack, 'Dash.board');
  expect(bodyOf(stack).start).toBe('-P7D');
  expect(only(stack, DASHBOARD).dashboard_name).toBe('S-Dash-board');
  const other = stackOf();
  const props = { defaultIntervalHours: 30, periodMinutes: 1440, dashboardName: 'backups' };
  const [daily] = widgetsOf(props, other);
  expect(bodyOf(other).start).toBe('-P1DT6H');
  expect(daily!.properties.period).toBe(86400);
  expect(JSON.stringify(daily!.properties.metrics)).toContain("'Sum', 86400))");
  expect(only(other, DASHBOARD).dashboard_name).toBe('backups');
});

test('has a row for each vault and a graph for each resource type', () => {
  const resourceTypes = ['EBS', 'RDS', 'S3', 'EFS', 'DynamoDB'];
  const widgets = widgetsOf({ backupVaults: [VAULT], resourceTypes });
  const texts = widgets.filter(({ type }) => type === 'text').map(({ properties }) => properties.markdown);
  expect(texts).toEqual(['## Vault primary', '## Backup jobs by resource type']);
  expect(widgets[5]!.properties.metrics[5]).toEqual([
    'AWS/Backup',
    'NumberOfBackupJobsFailed',
    'BackupVaultName',
    'primary',
    { color: '#d62728', label: 'Failed', period: 3600, stat: 'Sum' },
  ]);
  const byType = widgets.slice(-5);
  expect(byType.map(({ properties, x, y }) => [properties.title, x, y])).toEqual([
    ['EBS', 0, 14],
    ['RDS', 6, 14],
    ['S3', 12, 14],
    ['EFS', 18, 14],
    ['DynamoDB', 0, 20],
  ]);
  expect(JSON.stringify(byType[0]!.properties.metrics)).toContain('ResourceType=');
});

test('shows the state of alarms and the latest events', () => {
  const stack = stackOf();
  const alarms = new BackupAlarms(stack, 'Alarms', { signals: [BackupSignal.VAULT_LOCK_CHANGED] });
  const [status, log] = widgetsOf({ alarms, moreAlarmArns: [MORE] }, stack);
  expect(status).toEqual({
    type: 'alarm',
    x: 0,
    y: 0,
    width: 24,
    height: 4,
    properties: {
      title: 'Alarms',
      alarms: [
        expect.stringMatching(/^\$\{aws_cloudwatch_composite_alarm\.Alarms_Protection_\w+\.arn\}$/),
        expect.stringMatching(/^\$\{aws_cloudwatch_metric_alarm\.Alarms_VaultLockChanged_\w+\.arn\}$/),
        MORE,
      ],
    },
  });
  expect(log).toMatchObject({ type: 'log', x: 0, y: 4, width: 24, height: 6 });
  expect(log!.properties.query).toMatch(
    /^SOURCE '\$\{aws_cloudwatch_log_group\.Alarms_Events_\w+\.name\}' \| fields @timestamp, `detail-type`.*\n\| sort @timestamp desc\n\| limit 50$/,
  );
});

test('shows no log where the alarms keep no events', () => {
  const stack = stackOf();
  const alarms = new BackupAlarms(stack, 'Alarms', { signals: [BackupSignal.COPY_JOBS_FAILED] });
  expect(widgetsOf({ alarms }, stack).map(({ type }) => type)).toEqual(['alarm', ...Array<string>(4).fill('metric')]);
});

test('takes further widgets, in rows of their own', () => {
  const stack = stackOf();
  const made = new BackupDashboard(stack, 'Dashboard');
  const text = (markdown: string) => ({ type: 'text', properties: { markdown } });
  made.addWidgets([{ ...text('ours'), width: 20, height: 2 }, text('beside')]);
  made.addWidgets([text('below')]);
  expect(
    bodyOf(stack)
      .widgets.slice(4)
      .map(({ properties, x, y, width, height }) => [properties.markdown, x, y, width, height]),
  ).toEqual([
    ['ours', 0, 6, 20, 2],
    ['beside', 0, 8, 6, 6],
    ['below', 0, 14, 6, 6],
  ]);
});

test('takes names, times and vaults that Terraform alone knows', () => {
  const stack = stackOf();
  const { text, number } = variables(stack);
  const vault = new Vault(stack, 'Vault', { backupVaultName: text('vault') });
  new BackupDashboard(stack, 'Dashboard', {
    dashboardName: text('name'),
    backupVaults: [vault],
    resourceTypes: [text('type')],
    defaultIntervalHours: number('hours'),
    periodMinutes: number('minutes'),
  });
  const { dashboard_name: name, dashboard_body: body } = only(stack, DASHBOARD) as Record<string, string>;
  expect(name).toBe('${var.name}');
  expect(body).toMatch(/^\{"start":"-PT\$\{var\.hours\}H",/);
  expect(body).toContain('"period":${(var.minutes * 60)}');
  expect(body).toContain("'Sum', ${(var.minutes * 60)}))");
  expect(body).toMatch(/"## Vault \$\{aws_backup_vault\.Vault_\w+\.name\}"/);
  expect(body).toContain('ResourceType=\\"${var.type}\\"');
});

test('is of the Region of its provider', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'West', { alias: 'west', region: 'eu-west-1' });
  const [widget] = widgetsOf({ provider }, stack);
  expect(widget!.properties.region).toBe('eu-west-1');
  expect(only(stack, DASHBOARD).provider).toBe('aws.west');
});

test('has a fixed address', () => {
  const stack = stackOf();
  const made = new BackupDashboard(stack, 'Dashboard');
  expect(addresses(stack)).toEqual(['aws_cloudwatch_dashboard.Dashboard_9E4231ED']);
  expect(made.dashboard.node.id).toBe('Resource');
});

// prettier-ignore
test.each<[line: string, props: BackupDashboardProps]>([
  [sentence('dashboard-name', 'dashboardName', 'a.b'), { dashboardName: 'a.b' }],
  [sentence('dashboard-period', 'periodMinutes', '0 minutes'), { periodMinutes: 0 }],
  [sentence('dashboard-interval', 'defaultIntervalHours', '-1 hours'), { defaultIntervalHours: -1 }],
  [sentence('dashboard-widgets', 'widgets', '504'), { backupVaults: Array<typeof VAULT>(100).fill(VAULT) }],
])('fails: %s', (line, props) => {
  expect(refusal(() => widgetsOf(props))).toBe(message('S/Dashboard', [line]));
});

test('fails for a row with which there are too many widgets', () => {
  const made = new BackupDashboard(stackOf(), 'Dashboard', { backupVaults: Array<typeof VAULT>(99).fill(VAULT) });
  made.addWidgets([{ type: 'text' }]);
  const line = sentence('dashboard-widgets', 'widgets', '501');
  expect(refusal(() => made.addWidgets([{ type: 'text' }]))).toBe(message('S/Dashboard', [line]));
});

test('takes what is waived, and says so in the resource', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'dashboard-period', path: 'periodMinutes', reason: 'shows a waiver' }];
  new BackupDashboard(stack, 'Dashboard', { periodMinutes: 0.5, waivers });
  expect(bodyOf(stack).widgets[0]!.properties.period).toBe(30);
  expect(annotations(stack, 'info').join()).toContain('waived: shows a waiver');
  expect(comment(stack, DASHBOARD)).toEqual({ waivers });
});
