import { Severity } from '../../finding';
import { advice, fact, failsAtRun, refused, Table } from './describe';

const PUT_METRIC_ALARM = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html';
const PUT_COMPOSITE_ALARM =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html';
const ALARM_LIMITS = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html';
const PUT_DASHBOARD = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html';
const DASHBOARD_BODY =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html';
const METRIC_STAT = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricStat.html';
const PATTERNS = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html';
const BUDGET = 'https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html';
const NOTIFICATION =
  'https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Notification.html';
const SUBSCRIBERS =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-budgets-budget-notificationwithsubscribers.html';
const BUDGET_RESOURCE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-budgets-budget.html';

export const EVENT = {
  state: failsAtRun('event-state', Severity.ERROR, 'a state that the events tell of', fact('B14.1/1')),
  filter: failsAtRun(
    'event-filter',
    Severity.ERROR,
    'asked of events that carry it, or the rule never matches',
    fact('B14.1/2'),
  ),
  empty: refused('event-filter-empty', 'at least one value, or left out', PATTERNS),
  sender: failsAtRun(
    'event-bus-sender',
    Severity.ERROR,
    'the id of an organization (o-…) or of accounts (12 digits), or no event arrives',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html',
  ),
  resourceType: failsAtRun('event-resource-type', Severity.WARNING, 'a resource type', fact('B14.1/1')),
} satisfies Table;

export const ALARM = {
  period: refused('alarm-period', 'a whole number of minutes, at least 1', PUT_METRIC_ALARM),
  sparse: advice(
    'alarm-period-sparse',
    Severity.WARNING,
    'at least 5 minutes, as AWS Backup sends its metrics that often',
    fact('B14.2/1'),
  ),
  evaluationPeriods: refused('alarm-evaluation-periods', 'a whole number, at least 1', PUT_METRIC_ALARM),
  window: refused(
    'alarm-window',
    'at most 1 day in all for periods of less than an hour, and at most 7 days for others',
    PUT_METRIC_ALARM,
  ),
  known: advice(
    'alarm-time-unknown',
    Severity.ERROR,
    'known at synthesis, as the periods of the alarm are counted from it',
    PUT_METRIC_ALARM,
  ),
  datapoints: refused(
    'alarm-datapoints',
    'a whole number, at least 1 and at most the evaluation periods',
    PUT_METRIC_ALARM,
  ),
  metrics: refused('alarm-metrics', 'at most 10 metrics', ALARM_LIMITS),
  insights: failsAtRun(
    'alarm-insights-window',
    Severity.ERROR,
    'at most 3 hours in all for a query over every vault, which sees no older data; name the vaults for more',
    ALARM_LIMITS,
  ),
  threshold: advice('alarm-threshold', Severity.ERROR, 'a number greater than 0', PUT_METRIC_ALARM),
  actions: refused('alarm-actions', 'at most 5 actions for a state', PUT_COMPOSITE_ALARM),
  silent: advice(
    'alarm-no-action',
    Severity.WARNING,
    'given an action, or nobody hears of the alarm',
    PUT_METRIC_ALARM,
  ),
  children: refused('alarm-children', 'a composite alarm of at most 100 alarms', PUT_COMPOSITE_ALARM),
  nothingWatched: advice('alarm-nothing-watched', Severity.ERROR, 'at least one alarm', PUT_COMPOSITE_ALARM),
} satisfies Table;

export const DASHBOARD = {
  name: refused('dashboard-name', '1 to 255 letters, digits, - and _', PUT_DASHBOARD),
  period: failsAtRun('dashboard-period', Severity.ERROR, 'a whole number of minutes, at least 1', METRIC_STAT),
  interval: failsAtRun('dashboard-interval', Severity.ERROR, 'whole minutes, at least 1', DASHBOARD_BODY),
  widgets: refused('dashboard-widgets', 'at most 500 widgets', DASHBOARD_BODY),
} satisfies Table;

export const BUDGET_RULES = {
  name: refused('budget-name', '1 to 100 characters without :, \\ and /action/', BUDGET),
  limit: refused('budget-limit', 'a number greater than 0', BUDGET),
  scope: advice(
    'budget-scope',
    Severity.WARNING,
    'narrowed by a service, a usage type or a tag, or it counts the whole bill',
    fact('B16.1/1'),
  ),
  tag: refused('budget-tag', 'a key of 1 to 128 characters with values of at most 256', BUDGET_RESOURCE),
  noTagValue: failsAtRun('budget-tag-values', Severity.ERROR, 'at least one value of the tag', BUDGET),
  activation: advice(
    'budget-tag-activation',
    Severity.NOTE,
    'activated as a cost allocation tag by the account that pays; until then the budget counts nothing',
    fact('B16.1/3'),
  ),
  notifications: refused('budget-notifications', 'at most 10 notifications', BUDGET_RESOURCE),
  silent: advice('budget-no-notification', Severity.WARNING, 'given at least one notification', BUDGET_RESOURCE),
  repeated: refused('budget-notification-twice', 'another threshold or another type than the others', NOTIFICATION),
  threshold: refused('budget-threshold', 'a percentage greater than 0 and at most 1000000', NOTIFICATION),
  subscribers: refused('budget-subscribers', 'at least one address or topic', SUBSCRIBERS),
  emails: refused('budget-emails', 'at most 10 addresses', SUBSCRIBERS),
  email: refused('budget-email', 'an address with one @', SUBSCRIBERS),
} satisfies Table;
