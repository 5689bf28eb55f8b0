/**
 * Alarms as time goes by: looked at when a period ends, and asleep while nothing could change.
 *
 * Owns     which alarms sleep.
 * Units    `…Ms` are milliseconds.
 * Source   the user guide of CloudWatch, "Alarm evaluation" and "Alarm events and EventBridge".
 * Spec     alarms.md
 */
import type { Environment } from '@holdfast/model';
import { formatInstant, Instant, SECOND } from '../kernel/instant';
import { AlarmState, EXTRA_PERIODS, verdictOf } from './alarm-verdict';
import { Alarm, Alarms, MetricWatch, NewAlarm } from './alarms';
import { ALARM } from './event-codes';
import type { EventRuns } from './event-runs';
import type { Ledger } from './ledger';
import type { Messaging } from './messaging';
import { evaluateMath, Values } from './metric-math';
import type { Metrics, Statistic } from './metrics';
import { NO_REASON } from './reasons';
import { placeOf } from './vaults';

const STATES: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
const SELECT =
  /^SELECT\s+(SUM|MAX|MIN|AVG|COUNT)\(\s*"?([^")\s]+)"?\s*\)\s+FROM\s+(?:SCHEMA\(([^)]*)\)|"([^"]+)")(?:\s+WHERE\s+(.*))?$/is;
const AGGREGATES: Readonly<Record<string, Statistic>> = {
  SUM: 'Sum',
  MAX: 'Maximum',
  MIN: 'Minimum',
  AVG: 'Average',
  COUNT: 'SampleCount',
};

export class AlarmRuns {
  readonly alarms = new Alarms();
  private readonly asleep = new Set<Alarm>();
  private readonly turn: number;

  constructor(
    private readonly ledger: Ledger,
    private readonly metrics: Metrics,
    private readonly messaging: Messaging,
    private readonly events: EventRuns,
  ) {
    this.turn = ledger.turn('alarm is looked at', (subject) => this.look(subject));
    metrics.onData = (env) => this.wake(env);
  }

  /** An alarm comes into being, or takes the place of its namesake. */
  put(made: NewAlarm): Alarm {
    this.metrics.listen();
    const alarm = this.alarms.put(made, this.ledger.now);
    if (made.watches.kind === 'metric') {
      this.lookAfter(alarm, made.watches);
    } else {
      this.compose(made.env);
    }
    return alarm;
  }

  /** A caller says what state an alarm is in; what it watches decides again at the end of the next period. */
  setState(alarm: Alarm, state: AlarmState, why: string): void {
    this.change(alarm, state, why);
    this.wake(alarm.made.env);
  }

  private lookAfter(alarm: Alarm, { periodSeconds }: MetricWatch): void {
    const period = periodSeconds * SECOND;
    this.asleep.delete(alarm);
    this.ledger.agenda.push((Math.floor(this.ledger.now / period) + 1) * period, this.turn, alarm.number);
  }

  private wake(env: Environment): void {
    for (const alarm of this.asleep) {
      if (placeOf(alarm.made.env) === placeOf(env) && alarm.made.watches.kind === 'metric') {
        this.lookAfter(alarm, alarm.made.watches);
      }
    }
  }

  private look(number: number): void {
    const alarm = this.alarms.tryNumber(number);
    const watches = alarm?.made.watches;
    if (alarm === undefined || watches?.kind !== 'metric') {
      return;
    }
    const { terms, periodSeconds } = watches;
    const periods = terms.evaluationPeriods + EXTRA_PERIODS;
    const from = this.ledger.now - periods * periodSeconds * SECOND;
    const read = this.read(alarm, watches, from, periods);
    const verdict = verdictOf(terms, read.values, alarm.state);
    const settled = verdict === alarm.state;
    this.change(alarm, verdict, whyOf(watches, read.values));
    if (settled && !read.anyData) {
      this.asleep.add(alarm);
    } else {
      this.lookAfter(alarm, watches);
    }
  }

  /** The values of the query that is returned, and whether any metric had data in the range. */
  private read(
    { made }: Alarm,
    { queries, periodSeconds }: MetricWatch,
    from: Instant,
    periods: number,
  ): { readonly values: Values; readonly anyData: boolean } {
    const period = periodSeconds * SECOND;
    const series = new Map<string, Values>();
    let anyData = false;
    for (const { id, metric, statistic } of queries) {
      if (metric !== undefined) {
        // A metric that was never sent is a series without any value.
        const values = this.metrics.isKnown(metric) ? this.metrics.read(metric, statistic, from, period, periods) : [];
        anyData ||= values.some((value) => value !== undefined);
        series.set(id, values);
      }
    }
    let answer: Values = [];
    for (const { id, expression, returned } of queries) {
      if (expression !== undefined) {
        const isQuery = /^SELECT\s/i.test(expression.trim());
        const values = isQuery
          ? this.select(made.env, expression, from, period, periods)
          : evaluateMath(expression, series, periods);
        anyData ||= isQuery && values.some((value) => value !== undefined);
        series.set(id, values);
      }
      answer = returned ? (series.get(id) ?? []) : answer;
    }
    return { values: Array.from({ length: periods }, (_, index) => answer[index]), anyData };
  }

  /** A query over every series of the schema, or of the namespace where it names no dimensions. */
  private select(env: Environment, query: string, from: Instant, period: number, periods: number): Values {
    const [, aggregate = '', name = '', schema, bare = '', where = ''] = SELECT.exec(query.trim()) ?? [];
    const [namespace = bare, ...dimensions] = schema?.split(',').map((part) => part.trim().replace(/^"|"$/g, '')) ?? [];
    const wanted = [...where.matchAll(/"?([\w-]+)"?\s*=\s*'([^']*)'/g)].map(
      ([, key = '', value = '']) => [key, value] as const,
    );
    const found = this.metrics
      .like(env, namespace, name, schema === undefined ? undefined : dimensions)
      .filter((metric) => wanted.every(([key, value]) => metric.dimensions[key] === value));
    const statistic = AGGREGATES[aggregate.toUpperCase()] ?? 'Sum';
    const all = new Map(found.map((one, i) => [`s${i}`, this.metrics.read(one, statistic, from, period, periods)]));
    const fold = statistic === 'SampleCount' ? 'SUM' : aggregate.toUpperCase();
    return found.length === 0 ? [] : evaluateMath(`${fold}(METRICS())`, all, periods);
  }

  private change(alarm: Alarm, to: AlarmState, why: string): void {
    const from = alarm.state;
    if (from === to) {
      return;
    }
    const { ledger } = this;
    alarm.state = to;
    alarm.history.push({ at: ledger.now, from, to, why });
    const { env } = alarm.made;
    const place = ledger.names.intern(placeOf(env));
    const code = ALARM + STATES.indexOf(to);
    ledger.note(code, '', place, '', NO_REASON, alarm.history.length, Infinity);
    this.tell(alarm, from, why);
    this.compose(env);
  }

  /** Composite alarms follow the alarms that they name. */
  private compose(env: Environment): void {
    for (const alarm of this.alarms.list(env)) {
      const { watches } = alarm.made;
      if (watches.kind === 'composite') {
        const holds = watches.holds((name) => this.alarms.tryFind(env, name)?.state);
        this.change(alarm, holds ? 'ALARM' : 'OK', `${watches.rule} is ${holds ? 'true' : 'false'}`);
      }
    }
  }

  private tell(alarm: Alarm, from: AlarmState, why: string): void {
    const { made, state, arn } = alarm;
    const { env, name, description, actions } = made;
    const at = formatInstant(this.ledger.now);
    this.events.announce({
      env,
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: [arn],
      detail: {
        alarmName: name,
        state: { value: state, reason: why, timestamp: at.replace('Z', '+0000') },
        previousState: { value: from },
        configuration: { description: description ?? null },
      },
    });
    const subject = `${state}: "${name}" in ${env.region}`;
    const body = JSON.stringify({
      AlarmName: name,
      AlarmDescription: description ?? null,
      AWSAccountId: env.account,
      NewStateValue: state,
      NewStateReason: why,
      StateChangeTime: at.replace('Z', '+0000'),
      Region: env.region,
      AlarmArn: arn,
      OldStateValue: from,
    });
    const [service, what] = ['cloudwatch.amazonaws.com', 'CloudWatch Alarm State Change'];
    for (const action of alarm.actionsEnabled ? actions.byState[state] : []) {
      this.messaging.send({ service, arn, env, what }, action, { body, subject });
    }
  }
}

function whyOf({ terms }: MetricWatch, values: Values): string {
  const there = values.slice(-terms.evaluationPeriods).flatMap((value) => value ?? []);
  const { datapointsToAlarm, evaluationPeriods, threshold, comparison } = terms;
  return (
    `${there.length} of the last ${evaluationPeriods} periods have data [${there.join(', ')}]; ` +
    `${datapointsToAlarm} bad ones make an alarm (${comparison} ${threshold})`
  );
}
