import { BackupRestoreTestingPlan } from '@cdktf/provider-aws/lib/backup-restore-testing-plan';
import {
  RestoreTestingAlgorithm,
  RestoreTestingDefaults,
  RestoreTestingPlan as Declared,
  RestoreTestingPlanRules,
  RestoreTestingPointType,
  Schedule,
  Waiver,
} from '@holdfast/model';
import { Aspects, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { IPlan } from './plan';
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
export interface IRestoreTestingPlan {
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
   * Hours after the scheduled instant within which the restores begin, at random, 1 to 168.
   *
   * @default 24
   */
  readonly startWindowHours?: number;

  /**
   * Which recovery point of a resource is tested.
   *
   * @default RestoreTestingAlgorithm.LATEST_WITHIN_WINDOW
   */
  readonly algorithm?: RestoreTestingAlgorithm;

  /**
   * How many days old a recovery point may be, 1 to 365.
   *
   * @default 30
   */
  readonly selectionWindowDays?: number;

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
  readonly backupPlans?: IPlan[];

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

  /**
   * The provider that makes the resources.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/** Asked at synthesis, as selections come after the plan. */
const NO_SELECTION = 'restore-testing-plan-no-selection';

/**
 * A plan that restores recovery points again and again, so that whether they can be restored is known before it matters.
 *
 * Each test makes something new and leaves the original alone (Source B8/3). Everything that AWS Backup has a default for
 * is written out, so that the configuration says what will happen.
 */
export class RestoreTestingPlan extends Construct implements IRestoreTestingPlan {
  /**
   * A plan that is there.
   *
   * @param attributes its name and ARN
   */
  public static fromRestoreTestingPlanAttributes(attributes: RestoreTestingPlanAttributes): IRestoreTestingPlan {
    const { restoreTestingPlanName, restoreTestingPlanArn } = attributes;
    return { restoreTestingPlanName, restoreTestingPlanArn };
  }

  /**
   * The plan.
   */
  public readonly testingPlan: BackupRestoreTestingPlan;

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

    this.testingPlan = new BackupRestoreTestingPlan(this, 'Resource', render(plan, props));
    annotateTemplate(this.testingPlan, waivers);
    this.restoreTestingPlanName = this.testingPlan.name;
    this.restoreTestingPlanArn = this.testingPlan.arn;
    const declaration = { plan, waivers, provider: props.provider };
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
   * Every selection of the plan then needs `validationWindowHours`.
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
    env: environmentOf(scope, props.provider),
    scheduleExpression: schedule?.scheduleExpression ?? RestoreTestingDefaults.SCHEDULE_EXPRESSION,
    scheduleExpressionTimezone: schedule?.timeZone ?? 'Etc/UTC',
    startWindowHours: props.startWindowHours ?? RestoreTestingDefaults.START_WINDOW_HOURS,
    recoveryPointSelection: {
      algorithm: props.algorithm ?? RestoreTestingAlgorithm.LATEST_WITHIN_WINDOW,
      recoveryPointTypes: props.recoveryPointTypes ?? [
        RestoreTestingPointType.SNAPSHOT,
        RestoreTestingPointType.CONTINUOUS,
      ],
      includeVaults: (props.includeVaults ?? [RestoreTestingVault.all()]).map(declaredVault),
      excludeVaults: props.excludeVaults?.map(declaredVault),
      selectionWindowDays: props.selectionWindowDays ?? RestoreTestingDefaults.SELECTION_WINDOW_DAYS,
    },
    selections: [],
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}

/**
 * Arguments of the resource: all of them, as the AWS provider keeps the value that AWS Backup had for what is left out; and
 * references where the rules were given spelled-out ARNs.
 */
function render(plan: Declared, props: RestoreTestingPlanProps) {
  return {
    name: plan.restoreTestingPlanName,
    scheduleExpression: plan.scheduleExpression,
    scheduleExpressionTimezone: plan.scheduleExpressionTimezone,
    startWindowHours: plan.startWindowHours,
    recoveryPointSelection: [
      {
        ...plan.recoveryPointSelection,
        includeVaults: (props.includeVaults ?? [RestoreTestingVault.all()]).map(({ arn }) => arn),
        excludeVaults: (props.excludeVaults ?? []).map(({ arn }) => arn),
      },
    ],
    tags: props.tags,
    provider: props.provider,
  };
}
