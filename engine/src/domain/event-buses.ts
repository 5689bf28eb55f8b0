/**
 * Buses of EventBridge with their rules and targets.
 *
 * Owns     the buses by ARN; every account and Region has one called `default` from the start.
 * Source   the API of EventBridge, 2015-10-07.
 * Spec     event-rules.md
 */
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import { parseJson } from '../kernel/json';
import { byArn, byName } from '../kernel/order';
import { compilePattern, Matcher } from './event-pattern';
import type { EventTarget } from './event-target';

export const DEFAULT_BUS = 'default';

/** What PutRule says. */
export interface RuleDescription {
  readonly name: string;
  readonly busName: string;
  readonly env: Environment;
  readonly eventPattern: string | undefined;
  readonly scheduleExpression: string | undefined;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly enabled: boolean;
}

export class EventRule {
  /** By id, in the order in which they were put. */
  readonly targets = new Map<string, EventTarget>();
  readonly tags = new Map<string, string>();
  /** Undefined for a rule that a schedule alone sets off. */
  readonly matches: Matcher | undefined;
  enabled: boolean;
  private readonly pattern: Readonly<Record<string, unknown>>;
  private readonly wantedStates: unknown;

  /** @throws PatternFault when the pattern is none */
  constructor(
    readonly arn: string,
    readonly description: RuleDescription,
    readonly createdAt: Instant,
  ) {
    this.enabled = description.enabled;
    this.pattern = parseJson(description.eventPattern ?? '{}') as Record<string, unknown>;
    this.matches = description.eventPattern === undefined ? undefined : compilePattern(this.pattern);
    this.wantedStates = (this.pattern['detail'] as Readonly<Record<string, unknown>> | undefined)?.['state'];
  }

  get name(): string {
    return this.description.name;
  }

  /**
   * A look at the envelope and the state alone, so that an event that nobody wants is never made.
   *
   * @param state `state` of the detail; undefined when it is not known
   */
  mayMatch(source: string, detailType: string, state?: string): boolean {
    return (
      this.enabled &&
      this.matches !== undefined &&
      this.targets.size > 0 &&
      mayBe(this.pattern['source'], source) &&
      mayBe(this.pattern['detail-type'], detailType) &&
      (state === undefined || mayBe(this.wantedStates, state))
    );
  }
}

export class EventBus {
  readonly rules = new Map<string, EventRule>();
  /** Resource policy, as JSON text. */
  policy: string | undefined;
  description: string | undefined;
  keyIdentifier: string | undefined;
  deadLetterArn: string | undefined;
  /** Undefined for those that are there from the start. */
  createdAt: Instant | undefined;
  readonly tags = new Map<string, string>();

  constructor(
    readonly arn: string,
    readonly name: string,
    readonly env: Environment,
  ) {}

  /** Rules that could be for an event of a source and a detail type, by name. */
  listening(source: string, detailType: string): EventRule[] {
    const rules = [...this.rules.values()].filter((rule) => rule.mayMatch(source, detailType));
    return byName(rules);
  }

  /** Whether one of the rules could be for an event. */
  mayWant(source: string, detailType: string, state?: string): boolean {
    for (const rule of this.rules.values()) {
      if (rule.mayMatch(source, detailType, state)) {
        return true;
      }
    }
    return false;
  }
}

export class EventBuses {
  private readonly byArn = new Map<string, EventBus>();
  /** Default buses by the object that names their place, as changes come by the million. */
  private readonly defaults = new WeakMap<Environment, EventBus>();

  /** The default bus of an account and Region. */
  defaultOf(env: Environment): EventBus {
    const known = this.defaults.get(env);
    if (known !== undefined) {
      return known;
    }
    const bus = this.tryFind(env, DEFAULT_BUS) ?? this.add(env, DEFAULT_BUS);
    this.defaults.set(env, bus);
    return bus;
  }

  /** The bus of a name or ARN; undefined when there is none. */
  tryFind(env: Environment, nameOrArn: string): EventBus | undefined {
    const arn = nameOrArn.startsWith('arn:') ? nameOrArn : busArn(env, nameOrArn);
    const found = this.byArn.get(arn);
    if (found !== undefined || !arn.endsWith(`/${DEFAULT_BUS}`)) {
      return found;
    }
    const [, partition = '', , region = '', account = ''] = arn.split(':');
    return this.add({ partition, account, region }, DEFAULT_BUS);
  }

  add(env: Environment, name: string): EventBus {
    const bus = new EventBus(busArn(env, name), name, env);
    this.byArn.set(bus.arn, bus);
    return bus;
  }

  remove(bus: EventBus): void {
    this.byArn.delete(bus.arn);
  }

  /** Those of one account and Region, by name. */
  at(env: Environment): EventBus[] {
    this.tryFind(env, DEFAULT_BUS);
    const prefix = busArn(env, '');
    return byArn(this.byArn.values()).filter(({ arn }) => arn.startsWith(prefix));
  }
}

export function busArn(env: Environment, name: string): string {
  return `arn:${env.partition}:events:${env.region}:${env.account}:event-bus/${name}`;
}

/** Rules of the default bus leave its name out of their ARN. */
export function ruleArn(env: Environment, busName: string, name: string): string {
  const path = busName === DEFAULT_BUS ? name : `${busName}/${name}`;
  return `arn:${env.partition}:events:${env.region}:${env.account}:rule/${path}`;
}

function mayBe(wanted: unknown, value: string): boolean {
  return !Array.isArray(wanted) || wanted.some((one) => one === value || typeof one === 'object');
}
