import {
  RestoreTestingAlgorithm,
  RestoreTestingDefaults,
  RestoreTestingPlan as Declared,
  RestoreTestingPlanRules,
  RestoreTestingPointType,
  Schedule,
  Waiver,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Aspects, Duration, IResource, Resource } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { tryFindPlan } from './private/declarations';
import {
  declaredVault,
  declareTestingPlan,
  judgeBackupPlans,
  RestoreTestingDeclaration,
} from './private/declare-restore-testing';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';
import { RestoreTestingSelection, RestoreTestingSelectionOptions } from './restore-testing-selection';
import { RestoreTestingVault } from './restore-testing-vault';
import { RestoreValidation, RestoreValidationOptions } from './restore-validation';

/**
 * A restore testing plan.
 */
export interface IRestoreTestingPlan extends IResource {
  /**
   * Name of the plan.
   */
  readonly restoreTestingPlanName: string;

  /**
   * ARN of the plan.
   */
  readonly restoreTestingPlanArn: string;
}

/**
 * What tells a restore testing plan that is there.
 */
export interface RestoreTestingPlanAttributes {
  /**
   * Name of the plan.
   */
  readonly restoreTestingPlanName: string;

  /**
   * ARN of the plan, which ends in its name and an id.
   */
  readonly restoreTestingPlanArn: string;
}

/**
 * Properties of a `RestoreTestingPlan`.
 */
export interface RestoreTestingPlanProps {
  /**
   * Name of the plan, 1 to 50 letters, digits and `_`. Cannot be changed later.
   */
  readonly restoreTestingPlanName: string;

  /**
   * When it tests.
   *
   * @default - every day at 05:00 UTC
   */
  readonly schedule?: Schedule;

  /**
   * Time after the scheduled instant within which the restores begin, at random, 1 to 168 hours.
   *
   * @default Duration.hours(24)
   */
  readonly startWindow?: Duration;

  /**
   * Which recovery point of a resource is tested.
   *
   * @default RestoreTestingAlgorithm.LATEST_WITHIN_WINDOW
   */
  readonly algorithm?: RestoreTestingAlgorithm;

  /**
   * How old a recovery point may be, 1 to 365 days.
   *
   * @default Duration.days(30)
   */
  readonly selectionWindow?: Duration;

  /**
   * Kinds of recovery points that are tested.
   *
   * @default - snapshots and continuous backups
   */
  readonly recoveryPointTypes?: RestoreTestingPointType[];

  /**
   * Vaults whose recovery points are tested.
   *
   * @default - every vault of the account and Region
   */
  readonly includeVaults?: RestoreTestingVault[];

  /**
   * Vaults that are left out.
   *
   * @default - none
   */
  readonly excludeVaults?: RestoreTestingVault[];

  /**
   * Plans whose recovery points are to be tested. The selection window is held against their schedules, and the vaults
   * against theirs, as far as `Plan` made them.
   *
   * @default - none: nothing is held against them
   */
  readonly backupPlans?: backup.IBackupPlan[];

  /**
   * Tags of the plan.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/** Asked at synthesis, as selections come after the plan. */
const NO_SELECTION = 'restore-testing-plan-no-selection';

/**
 * A plan that restores recovery points again and again, so that whether they can be restored is known before it matters.
 *
 * Each test makes something new and leaves the original alone (Source B8/3). Everything that AWS Backup has a default for
 * is written out, so that the template says what will happen.
 */
@propertyInjectable
export class RestoreTestingPlan extends Resource implements IRestoreTestingPlan {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.RestoreTestingPlan';

  /**
   * A plan that is there.
   *
   * @param scope parent
   * @param id construct id
   * @param attributes its name and ARN
   */
  public static fromRestoreTestingPlanAttributes(
    scope: Construct,
    id: string,
    attributes: RestoreTestingPlanAttributes,
  ): IRestoreTestingPlan {
    class Imported extends Resource implements IRestoreTestingPlan {
      public readonly restoreTestingPlanName = attributes.restoreTestingPlanName;
      public readonly restoreTestingPlanArn = attributes.restoreTestingPlanArn;
    }
    return new Imported(scope, id);
  }

  /**
   * Name of the plan.
   */
  public readonly restoreTestingPlanName: string;

  /**
   * ARN of the plan.
   */
  public readonly restoreTestingPlanArn: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: RestoreTestingPlanProps) {
    super(scope, id);
    const { waivers = [] } = props;
    const plan = declaredPlan(this, props);
    const found = RestoreTestingPlanRules.check(plan, '', SYNTH);
    const backupPlans = (props.backupPlans ?? []).flatMap((each) => tryFindPlan(each)?.plan ?? []);
    const errors = found.filter(({ rule }) => rule !== NO_SELECTION);
    refuse(this, [...errors, ...judgeBackupPlans(plan, backupPlans)], waivers);

    const resource = new backup.CfnRestoreTestingPlan(this, 'Resource', render(plan, props));
    annotateTemplate(resource, waivers);
    this.restoreTestingPlanName = resource.ref;
    this.restoreTestingPlanArn = resource.attrRestoreTestingPlanArn;
    const declaration = { plan, waivers };
    declareTestingPlan(this, declaration);
    this.warnAtSynthesis(declaration);
  }

  /**
   * Adds resources of one type to what the plan tests.
   *
   * @param id construct id, within the plan
   * @param options what to test, and how to restore it
   * @throws ValidationError when AWS Backup would refuse what is declared, or fail on it, with every finding at once
   */
  public addSelection(id: string, options: RestoreTestingSelectionOptions): RestoreTestingSelection {
    return new RestoreTestingSelection(this, id, { ...options, restoreTestingPlan: this });
  }

  /**
   * Has a function validate what the plan restored.
   *
   * Every selection of the plan then needs a `validationWindow`.
   *
   * @param id construct id, within the plan
   * @param options the function, and for which resource types it is
   * @throws ValidationError when what is declared cannot work, with every finding at once
   */
  public addValidation(id: string, options: RestoreValidationOptions): RestoreValidation {
    return new RestoreValidation(this, id, { ...options, restoreTestingPlan: this });
  }

  /** A plan that never gets a selection tests nothing; that is known only when the whole app is. */
  private warnAtSynthesis(declaration: RestoreTestingDeclaration): void {
    Aspects.of(this).add({
      visit: (node) => {
        if (node === this && declaration.plan.selections?.length === 0) {
          const found = RestoreTestingPlanRules.check(declaration.plan, '', SYNTH);
          refuse(
            this,
            found.filter(({ rule }) => rule === NO_SELECTION),
            declaration.waivers,
          );
        }
      },
    });
  }
}

function declaredPlan(scope: Construct, props: RestoreTestingPlanProps): Declared {
  const { schedule } = props;
  return {
    restoreTestingPlanName: props.restoreTestingPlanName,
    env: environmentOf(scope),
    scheduleExpression: schedule?.scheduleExpression ?? RestoreTestingDefaults.SCHEDULE_EXPRESSION,
    scheduleExpressionTimezone: schedule?.timeZone ?? 'Etc/UTC',
    startWindowHours: props.startWindow?.toHours({ integral: false }) ?? RestoreTestingDefaults.START_WINDOW_HOURS,
    recoveryPointSelection: {
      algorithm: props.algorithm ?? RestoreTestingAlgorithm.LATEST_WITHIN_WINDOW,
      recoveryPointTypes: props.recoveryPointTypes ?? [
        RestoreTestingPointType.SNAPSHOT,
        RestoreTestingPointType.CONTINUOUS,
      ],
      includeVaults: (props.includeVaults ?? [RestoreTestingVault.all()]).map(declaredVault),
      excludeVaults: props.excludeVaults?.map(declaredVault),
      selectionWindowDays:
        props.selectionWindow?.toDays({ integral: false }) ?? RestoreTestingDefaults.SELECTION_WINDOW_DAYS,
    },
    selections: [],
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}

/** References where the rules were given spelled-out ARNs. */
function render(plan: Declared, props: RestoreTestingPlanProps): backup.CfnRestoreTestingPlanProps {
  return {
    restoreTestingPlanName: plan.restoreTestingPlanName,
    scheduleExpression: plan.scheduleExpression,
    scheduleExpressionTimezone: plan.scheduleExpressionTimezone,
    startWindowHours: plan.startWindowHours,
    recoveryPointSelection: {
      ...plan.recoveryPointSelection,
      includeVaults: (props.includeVaults ?? [RestoreTestingVault.all()]).map(({ arn }) => arn),
      excludeVaults: props.excludeVaults?.map(({ arn }) => arn),
    },
    tags: props.tags && Object.entries(props.tags).map(([key, value]) => ({ key, value })),
  };
}
