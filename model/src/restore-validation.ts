import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { members, readable, shown, whole } from './private/reading';
import { RESTORE_VALIDATION as RULES } from './private/tables/restore-validation';
import { RestoreTestingResourceType } from './restore-testing-selection';

/**
 * How what a restore testing plan restored is validated.
 */
export interface RestoreValidationDeclaration {
  /**
   * Resource types that the validation is for, as AWS Backup writes them.
   *
   * @default - all that the plan tests
   */
  readonly resourceTypes?: string[];

  /**
   * Minutes until a function that answered `PENDING` is asked again, 10 to 1440.
   *
   * @default 10
   */
  readonly retryIntervalMinutes?: number;
}

/**
 * What the state machine of a validation calls.
 */
export interface RestoreValidationTargets {
  /**
   * ARN of the function that prepares requests and puts results.
   */
  readonly glueFunctionArn: string;

  /**
   * ARN of the function that validates.
   */
  readonly validatorFunctionArn: string;
}

/**
 * What goes wrong in a validation.
 */
export class RestoreValidationRules {
  /**
   * What the rules find. Never throws.
   *
   * @param validation the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(validation: RestoreValidationDeclaration, path: string, probe: IValueProbe): Finding[] {
    if (!readable(validation, probe)) {
      return [];
    }
    const { resourceTypes, retryIntervalMinutes: minutes } = validation;
    const types: readonly string[] = Object.values(RestoreTestingResourceType);
    const findings = members(resourceTypes, probe)
      .filter(([, type]) => !types.includes(type))
      .map(([index, type]) => found(RULES.resourceType, at(at(path, 'resourceTypes'), index), shown(type)));
    if (Array.isArray(resourceTypes) && resourceTypes.length === 0) {
      findings.push(found(RULES.resourceType, at(path, 'resourceTypes'), 'none'));
    }
    if (readable(minutes, probe) && !whole(minutes, 10, 1440)) {
      findings.push(found(RULES.retryInterval, at(path, 'retryIntervalMinutes'), shown(minutes)));
    }
    return findings;
  }

  private constructor() {}
}

/**
 * From the end of a restore test to its result: the event, and the state machine that answers it.
 *
 * The state machine waits for as long as the validation window is open, which a Lambda function alone could not; it ends
 * when a result is put or AWS Backup takes none any more. Decision 0018.
 */
export class RestoreValidations {
  /**
   * Minutes until a function that answered `PENDING` is asked again.
   */
  public static readonly RETRY_INTERVAL_MINUTES = 10;

  /**
   * Seconds for which EventBridge tries to start a validation: a day, the most that it knows.
   */
  public static readonly EVENT_AGE_SECONDS = 86400;

  /**
   * How often EventBridge tries to start a validation: the most that it knows.
   */
  public static readonly EVENT_RETRIES = 185;

  /**
   * Days for which what could not be started is kept, the most that a queue knows.
   */
  public static readonly DEAD_LETTER_DAYS = 14;

  /**
   * What an EventBridge rule matches: restores of one restore testing plan that completed (Source B9.3/12, 14.1).
   *
   * @param restoreTestingPlanArn ARN of the plan
   * @param resourceTypes resource types, as AWS Backup writes them; all when left out
   */
  public static eventPattern(restoreTestingPlanArn: string, resourceTypes?: string[]): any {
    return {
      source: ['aws.backup'],
      'detail-type': ['Restore Job State Change'],
      detail: {
        // Samples of other states of this event have `state`; that of a completed job has `status`.
        status: ['COMPLETED'],
        restoreTestingPlanArn: [restoreTestingPlanArn],
        ...(resourceTypes === undefined ? {} : { resourceType: resourceTypes }),
      },
    };
  }

  /**
   * The definition of the state machine, in the Amazon States Language.
   *
   * @param targets what it calls
   * @param retryIntervalMinutes minutes until a function that answered `PENDING` is asked again
   * @param waitSeconds the same in seconds where it is an expression, with which nothing can be computed here
   */
  public static stateMachine(
    targets: RestoreValidationTargets,
    retryIntervalMinutes?: number,
    waitSeconds?: number,
  ): any {
    const glue = (parameters: object) => ({
      Type: 'Task',
      Resource: targets.glueFunctionArn,
      Parameters: parameters,
      Retry: [retry(['States.ALL'])],
    });
    const job = { 'restoreJobId.$': '$.restoreJobId', 'attempt.$': '$.attempt' };
    const seconds = waitSeconds ?? (retryIntervalMinutes ?? RestoreValidations.RETRY_INTERVAL_MINUTES) * 60;
    return {
      Comment: 'Validates what a restore test restored, and tells AWS Backup the result',
      StartAt: 'Begin',
      States: {
        Begin: pass({ 'restoreJobId.$': '$.detail.restoreJobId', attempt: 1 }, 'Prepare'),
        Prepare: { ...glue({ step: 'prepare', ...job }), ResultPath: '$.prepared', Next: 'IsOpen' },
        IsOpen: choice('$.prepared.proceed', 'Validate', 'Done'),
        Validate: {
          Type: 'Task',
          Resource: targets.validatorFunctionArn,
          InputPath: '$.prepared.request',
          ResultPath: '$.answer',
          Retry: [retry(LAMBDA_FAULTS)],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'ReportError' }],
          Next: 'Report',
        },
        Report: {
          ...glue({ step: 'report', ...job, 'answer.$': '$.answer' }),
          ResultPath: '$.reported',
          Next: 'IsPending',
        },
        ReportError: { ...glue({ step: 'report', ...job, 'error.$': '$.error' }), Next: 'Done' },
        IsPending: choice('$.reported.pending', 'Wait', 'Done'),
        Wait: { Type: 'Wait', Seconds: seconds, Next: 'Again' },
        Again: pass({ 'restoreJobId.$': '$.restoreJobId', 'attempt.$': 'States.MathAdd($.attempt, 1)' }, 'Prepare'),
        Done: { Type: 'Succeed' },
      },
    };
  }

  private constructor() {}
}

/** What Lambda itself throws for a while; what the function throws is its verdict. */
const LAMBDA_FAULTS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];

function retry(errors: readonly string[]): object {
  return { ErrorEquals: [...errors], IntervalSeconds: 10, MaxAttempts: 5, BackoffRate: 2 };
}

function pass(parameters: object, next: string): object {
  return { Type: 'Pass', Parameters: parameters, Next: next };
}

function choice(variable: string, whenTrue: string, otherwise: string): object {
  return {
    Type: 'Choice',
    Choices: [{ Variable: variable, BooleanEquals: true, Next: whenTrue }],
    Default: otherwise,
  };
}
