/**
 * Frameworks of AWS Backup Audit Manager, and what their controls said last.
 *
 * Owns     the frameworks of a World by number.
 * Units    `…At` are Instants.
 * Source   B10.1. How long a deployment takes, and when in the day a control is evaluated, is Assumed.
 * Spec     frameworks.md, audit-controls.md
 */
import { ControlTrigger, Environment, FrameworkControl, FrameworkControls } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import { DAY, Instant, MINUTE, NEVER } from '../kernel/instant';
import { byArn } from '../kernel/order';
import { ControlStatus, ControlVerdict, judge, parametersOf, statusOf } from './audit-controls';
import { Audited } from './audited';
import { canonical } from './canonical';
import {
  CONTROL_STATUS,
  CONTROL_STATUSES,
  FRAMEWORK_CREATED,
  FRAMEWORK_DELETED,
  FRAMEWORK_UPDATED,
} from './event-codes';
import type { Ledger } from './ledger';
import { CONTROL_IS_MET, CONTROL_IS_NOT_MET, CONTROL_SAYS_NOTHING } from './reasons';
import type { RestoreRuns } from './restore-runs';
import { placeOf } from './vaults';

export type DeploymentStatus =
  'CREATE_IN_PROGRESS' | 'UPDATE_IN_PROGRESS' | 'DELETE_IN_PROGRESS' | 'COMPLETED' | 'FAILED';

/** Assumed: how long a framework is being created, changed or deleted. */
export const FRAMEWORK_MOVES_AFTER = MINUTE;

/** What CreateFramework says. */
export interface NewFramework {
  readonly env: Environment;
  readonly name: string;
  readonly description: string | undefined;
  readonly controls: readonly FrameworkControl[];
  readonly tags: Readonly<Record<string, string>>;
  readonly idempotencyToken: string | undefined;
}

/** What a control said. */
export interface ControlResult {
  readonly control: FrameworkControl;
  readonly status: ControlStatus;
  /** Undefined before the first time. */
  readonly evaluatedAt: Instant | undefined;
  readonly verdicts: readonly ControlVerdict[];
}

export class Framework {
  status: DeploymentStatus = 'CREATE_IN_PROGRESS';
  description: string | undefined;
  controls: readonly FrameworkControl[];
  /** What the controls that are evaluated once a day said last, by their place in the list. */
  readonly daily = new Map<number, ControlResult>();
  /** Whether the controls that it has now were evaluated. */
  evaluated = false;
  /** When the next evaluation is due; entries for other instants are stale. */
  nextAt: Instant = NEVER;

  constructor(
    readonly number: number,
    readonly arn: string,
    readonly place: number,
    readonly made: NewFramework,
    readonly createdAt: Instant,
  ) {
    this.description = made.description;
    this.controls = made.controls;
  }

  get name(): string {
    return this.made.name;
  }
}

export class Frameworks {
  private readonly all: Framework[] = [];
  private readonly standing = new Set<Framework>();
  private readonly kind: number;

  constructor(
    private readonly ledger: Ledger,
    private readonly restores: RestoreRuns,
  ) {
    this.kind = ledger.turn('framework moves', (number) => {
      this.move(this.all[number] as Framework);
    });
  }

  create(made: NewFramework): Framework {
    const { ledger } = this;
    const number = this.all.length;
    const namesakes = this.all.filter(
      ({ name, place }) => name === made.name && place === this.placeOf(made.env),
    ).length;
    const arn = frameworkArn(made.env, made.name, namesakes);
    const framework = new Framework(number, arn, this.placeOf(made.env), made, ledger.now);
    this.all.push(framework);
    this.standing.add(framework);
    this.declare(FRAMEWORK_CREATED, framework);
    this.begin(framework);
    return framework;
  }

  update(framework: Framework, controls: readonly FrameworkControl[], description: string | undefined): void {
    framework.status = 'UPDATE_IN_PROGRESS';
    framework.controls = controls;
    framework.description = description;
    framework.daily.clear();
    framework.evaluated = false;
    this.declare(FRAMEWORK_UPDATED, framework);
    this.begin(framework);
  }

  delete(framework: Framework): void {
    framework.status = 'DELETE_IN_PROGRESS';
    this.declare(FRAMEWORK_DELETED, framework);
    if (this.ledger.settlesAtOnce) {
      this.standing.delete(framework);
    } else {
      this.schedule(framework, this.ledger.now + FRAMEWORK_MOVES_AFTER);
    }
  }

  /** CloudFormation and Terraform wait until a framework is deployed, or gone: it is, and is evaluated once the clock moves. */
  await(framework: Framework): void {
    if (framework.status === 'DELETE_IN_PROGRESS') {
      this.standing.delete(framework);
      return;
    }
    framework.status = 'COMPLETED';
    this.schedule(framework, this.ledger.now);
  }

  /** Those of an account and Region, by name in ascending order. */
  list(env: Environment): Framework[] {
    return this.everywhere().filter(({ place }) => place === this.placeOf(env));
  }

  /** By ARN in ascending order. */
  everywhere(): Framework[] {
    return byArn(this.standing);
  }

  tryFind(env: Environment, name: string): Framework | undefined {
    return this.list(env).find((framework) => framework.name === name);
  }

  /** What each control says: those about changes as things stand, the others as they said when they last looked. */
  resultsOf(framework: Framework): ControlResult[] {
    const audited = this.audited(framework);
    const deployed = framework.status === 'COMPLETED';
    return framework.controls.map((control, index) =>
      isDaily(control) || !deployed
        ? (framework.daily.get(index) ?? { control, status: 'INSUFFICIENT_DATA', evaluatedAt: undefined, verdicts: [] })
        : resultOf(control, audited),
    );
  }

  private begin(framework: Framework): void {
    if (this.ledger.settlesAtOnce) {
      this.await(framework);
    } else {
      this.schedule(framework, this.ledger.now + FRAMEWORK_MOVES_AFTER);
    }
  }

  private move(framework: Framework): void {
    const { ledger } = this;
    if (framework.nextAt !== ledger.now) {
      return;
    }
    if (framework.status === 'DELETE_IN_PROGRESS') {
      this.standing.delete(framework);
      return;
    }
    framework.status = 'COMPLETED';
    this.evaluate(framework);
    this.schedule(framework, ledger.now + DAY);
  }

  private evaluate(framework: Framework): void {
    const audited = this.audited(framework);
    const { meter } = this.ledger;
    const first = !framework.evaluated;
    framework.evaluated = true;
    framework.controls.forEach((control, index) => {
      // Assumed: controls about changes are evaluated for every resource once, when the framework is deployed.
      if (meter !== undefined && first && !isDaily(control)) {
        meter.evaluated(framework, resultOf(control, audited).verdicts.length);
      }
      if (isDaily(control)) {
        const before = framework.daily.get(index)?.status;
        const result = resultOf(control, audited);
        meter?.evaluated(framework, result.verdicts.length);
        framework.daily.set(index, result);
        if (result.status !== before) {
          this.record(framework, result);
        }
      }
    });
  }

  private record(framework: Framework, { control, status, verdicts }: ControlResult): void {
    const { log, names, now } = this.ledger;
    const number = CONTROL_STATUSES.indexOf(status);
    const reason = [CONTROL_IS_MET, CONTROL_IS_NOT_MET, CONTROL_SAYS_NOTHING][number] ?? CONTROL_SAYS_NOTHING;
    const failing = verdicts.filter((one) => one.status === 'NON_COMPLIANT').length;
    const cause = names.intern(control.controlName);
    log.append(
      now,
      CONTROL_STATUS + number,
      0,
      reason,
      names.intern(framework.arn),
      framework.place,
      cause,
      failing,
      NEVER,
    );
  }

  private declare(code: number, { arn, place, controls }: Framework): void {
    // To Terraform, controls are a set.
    const texts = controls.map((control) => JSON.stringify(canonicalControl(control))).sort();
    this.ledger.declare(code, arn, place, JSON.stringify(texts), controls.length, NEVER);
  }

  private schedule(framework: Framework, at: Instant): void {
    framework.nextAt = at;
    this.ledger.agenda.push(at, this.kind, framework.number);
  }

  private audited({ made }: Framework): Audited {
    return new Audited(this.ledger, this.restores.list(), made.env);
  }

  private placeOf(env: Environment): number {
    return this.ledger.names.intern(placeOf(env));
  }
}

/** Assumed: its id follows from place, name, and how many there were before, so that artifacts can name it (0003). */
export function frameworkArn(env: Environment, name: string, before = 0): string {
  const { partition, account, region } = env;
  const names = [partition, account, region, name, ...(before === 0 ? [] : [String(before)])];
  return `arn:${partition}:backup:${region}:${account}:framework:${name}-${uuid(0, { kind: 'framework', names })}`;
}

/** Source B10.1: compliant when all controls are. Assumed: where none finds fault, one without data leaves it open. */
export function frameworkStatusOf(results: readonly ControlResult[]): ControlStatus {
  const said = results.map(({ status }) => status);
  if (said.includes('NON_COMPLIANT')) {
    return 'NON_COMPLIANT';
  }
  return said.every((status) => status === 'COMPLIANT') ? 'COMPLIANT' : 'INSUFFICIENT_DATA';
}

/** Whether AWS Backup evaluates a control once a day, rather than when AWS Config records a change. */
export function isDaily({ controlName }: FrameworkControl): boolean {
  return FrameworkControls.tryFind(controlName)?.trigger === ControlTrigger.EVERY_24_HOURS;
}

function resultOf(control: FrameworkControl, audited: Audited): ControlResult {
  const verdicts = judge(control, audited);
  return { control, status: statusOf(verdicts), evaluatedAt: audited.now, verdicts };
}

function canonicalControl(control: FrameworkControl): unknown {
  const { controlName, controlScope } = control;
  return canonical({ controlName, controlScope: { ...controlScope }, parameters: parametersOf(control) });
}
