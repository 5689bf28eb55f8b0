import {
  CloudWatchClient,
  DashboardInvalidInputError,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
  ListTagsForResourceCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  ResourceNotFound,
  ResourceNotFoundException,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { World } from '@holdfast/engine';

const START = Date.UTC(2027, 0, 1);

function begin() {
  const world = new World({ start: new Date(START).toISOString(), seed: 1 });
  return { world, cloudwatch: world.client(CloudWatchClient) };
}

const ALARM = {
  AlarmName: 'failed',
  Namespace: 'Own',
  MetricName: 'Failures',
  Dimensions: [{ Name: 'App', Value: 'a' }],
  Statistic: 'Sum' as const,
  Period: 300,
  EvaluationPeriods: 2,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold' as const,
  TreatMissingData: 'ignore',
};

test('an alarm is described as it was put, keeps its tags when it is put again, and is gone once deleted', async () => {
  const { cloudwatch } = begin();
  await cloudwatch.send(new PutMetricAlarmCommand({ ...ALARM, Tags: [{ Key: 'a', Value: '1' }] }));
  const described = async () => (await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? [];
  const [alarm] = await described();
  expect(alarm).toMatchObject({ ...ALARM, ActionsEnabled: true, StateValue: 'INSUFFICIENT_DATA' });
  const ResourceARN = alarm?.AlarmArn ?? '';
  await cloudwatch.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'b', Value: '2' }] }));
  await cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['a'] }));
  await cloudwatch.send(new PutMetricAlarmCommand({ ...ALARM, Threshold: 2 }));
  const { Tags } = await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN }));
  expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
  const { AlarmName, EvaluationPeriods, Threshold, ComparisonOperator } = ALARM;
  const math = { AlarmName, EvaluationPeriods, Threshold, ComparisonOperator, Metrics: metricsOf() };
  await cloudwatch.send(new PutMetricAlarmCommand(math));
  const [replaced] = await described();
  expect(replaced).toMatchObject({ Metrics: metricsOf() });
  expect(replaced).not.toHaveProperty('MetricName');
  await cloudwatch.send(new DisableAlarmActionsCommand({ AlarmNames: ['failed'] }));
  expect((await described())[0]?.ActionsEnabled).toBe(false);
  await cloudwatch.send(new EnableAlarmActionsCommand({ AlarmNames: ['failed'] }));
  expect((await described())[0]?.ActionsEnabled).toBe(true);
  await cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'failed', StateValue: 'ALARM', StateReason: 'a drill' }));
  expect((await described())[0]).toMatchObject({ StateValue: 'ALARM', StateReason: 'a drill' });
  await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['failed'] }));
  const gone = cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN }));
  await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException);
  const twice = cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['failed'] }));
  await expect(twice).rejects.toBeInstanceOf(ResourceNotFound);
});

function metricsOf() {
  const MetricStat = { Metric: { Namespace: 'Own', MetricName: 'Failures' }, Period: 60, Stat: 'Sum' };
  return [
    { Id: 'm', MetricStat, ReturnData: false },
    { Id: 'e', Expression: 'm * 2', ReturnData: true },
  ];
}

test('a dashboard is put, shown, listed and deleted', async () => {
  const { cloudwatch } = begin();
  const body = JSON.stringify({ widgets: [] });
  const bad = cloudwatch.send(new PutDashboardCommand({ DashboardName: 'd', DashboardBody: '{"widgets":1}' }));
  await expect(bad).rejects.toBeInstanceOf(DashboardInvalidInputError);
  await cloudwatch.send(new PutDashboardCommand({ DashboardName: 'd', DashboardBody: body }));
  const shown = await cloudwatch.send(new GetDashboardCommand({ DashboardName: 'd' }));
  expect(shown).toMatchObject({ DashboardBody: body, DashboardArn: 'arn:aws:cloudwatch::123456789012:dashboard/d' });
  const { DashboardEntries } = await cloudwatch.send(new ListDashboardsCommand({ DashboardNamePrefix: 'd' }));
  expect(DashboardEntries).toMatchObject([{ DashboardName: 'd', LastModified: new Date(START), Size: 14 }]);
  const some = cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: ['d', 'e'] }));
  // The SDK goes by the code of the query protocol, which two of its classes have.
  await expect(some).rejects.toBeInstanceOf(ResourceNotFound);
  await cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: ['d'] }));
  const gone = cloudwatch.send(new GetDashboardCommand({ DashboardName: 'd' }));
  await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFound', message: 'Dashboard d does not exist' });
});

test('metrics are listed once they have data, and read together with math over them', async () => {
  const { world, cloudwatch } = begin();
  const Dimensions = [{ Name: 'App', Value: 'a' }];
  const send = (Value: number) =>
    cloudwatch.send(
      new PutMetricDataCommand({ Namespace: 'Own', MetricData: [{ MetricName: 'Failures', Dimensions, Value }] }),
    );
  await send(2);
  await world.advance({ hours: 1 });
  await send(3);
  const listed = async (input: object) => (await cloudwatch.send(new ListMetricsCommand(input))).Metrics;
  expect(await listed({ Namespace: 'Own' })).toEqual([{ Namespace: 'Own', MetricName: 'Failures', Dimensions }]);
  expect(await listed({ Namespace: 'Own', Dimensions: [{ Name: 'App', Value: 'b' }] })).toEqual([]);
  const Metric = { Namespace: 'Own', MetricName: 'Failures', Dimensions };
  const { MetricDataResults } = await cloudwatch.send(
    new GetMetricDataCommand({
      MetricDataQueries: [
        { Id: 'm', MetricStat: { Metric, Period: 3600, Stat: 'Sum' } },
        { Id: 'e', Expression: 'm * 10', Label: 'tenfold' },
      ],
      StartTime: new Date(START),
      EndTime: new Date(START + 2 * 3_600_000),
      ScanBy: 'TimestampAscending',
    }),
  );
  const Timestamps = [new Date(START), new Date(START + 3_600_000)];
  expect(MetricDataResults).toEqual([
    { Id: 'm', Label: 'Failures', Timestamps, Values: [2, 3], StatusCode: 'Complete' },
    { Id: 'e', Label: 'tenfold', Timestamps, Values: [20, 30], StatusCode: 'Complete' },
  ]);
});
