/**
 * Frameworks of Audit Manager as the API has them, and what calls about them have in common.
 *
 * Pure: reads the World.
 * Source   B10.1/3 (quotas), B10.1/4 (a deployment in progress is a conflict). The texts are Assumed.
 */
import type * as sdk from '@aws-sdk/client-backup';
import { BackupLimits, BackupFrameworkRules, ControlScope, Environment, FrameworkControl } from '@holdfast/model';
import type { Framework } from '../domain/frameworks';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';
import { refuse, WIRE } from './refuse';

export function findFramework(state: WorldState, caller: Caller, name: string | undefined): Framework {
  const wanted = required(name, 'FrameworkName');
  const framework = state.frameworks.tryFind(caller, wanted);
  if (framework === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Framework ${wanted} does not exist.`);
  }
  return framework;
}

/** For calls that change a framework. */
export function findSettledFramework(state: WorldState, caller: Caller, name: string | undefined): Framework {
  const framework = findFramework(state, caller, name);
  if (framework.status.endsWith('_IN_PROGRESS')) {
    throw new AwsFault('ConflictException', `Framework ${framework.name} is ${framework.status}.`);
  }
  return framework;
}

/** What the rules, and the quotas of the account and Region, say of a framework that takes the place of `before`. */
export function refuseFramework(
  state: WorldState,
  env: Environment,
  asked: {
    readonly name: string;
    readonly description: string | undefined;
    readonly controls: FrameworkControl[];
    readonly tags?: Readonly<Record<string, string>>;
  },
  before?: Framework,
): void {
  const { name: frameworkName, description, controls, tags } = asked;
  const declared = given({ frameworkName, env, controls, frameworkDescription: description, tags });
  refuse(BackupFrameworkRules.check(declared, '', WIRE));
  const others = state.frameworks.list(env).filter((one) => one !== before);
  const count = others.reduce((sum, one) => sum + one.controls.length, controls.length);
  if (others.length >= BackupLimits.FRAMEWORKS || count > BackupLimits.FRAMEWORK_CONTROLS) {
    const quota =
      count > BackupLimits.FRAMEWORK_CONTROLS
        ? `${BackupLimits.FRAMEWORK_CONTROLS} controls`
        : `${BackupLimits.FRAMEWORKS} frameworks`;
    throw new AwsFault('LimitExceededException', `An account has at most ${quota} in a Region.`);
  }
}

export function toControls(shapes: readonly sdk.FrameworkControl[] | undefined): FrameworkControl[] {
  return (shapes ?? []).map(({ ControlName, ControlInputParameters: parameters, ControlScope: scope }) =>
    FrameworkControl.custom(
      ControlName ?? '',
      (parameters ?? []).map(({ ParameterName, ParameterValue }) => ({
        parameterName: ParameterName ?? '',
        parameterValue: ParameterValue ?? '',
      })),
      scope &&
        ControlScope.custom(
          given({
            complianceResourceTypes: scope.ComplianceResourceTypes,
            complianceResourceIds: scope.ComplianceResourceIds,
            tags: scope.Tags,
          }),
        ),
    ),
  );
}

export function fromControls(controls: readonly FrameworkControl[]): sdk.FrameworkControl[] {
  return controls.map(({ controlName, controlInputParameters, controlScope: scope }) =>
    given({
      ControlName: controlName,
      ControlInputParameters:
        controlInputParameters.length === 0
          ? undefined
          : controlInputParameters.map(({ parameterName, parameterValue }) => ({
              ParameterName: parameterName,
              ParameterValue: textOf(parameterValue),
            })),
      ControlScope:
        scope &&
        given({
          ComplianceResourceTypes: scope.complianceResourceTypes,
          ComplianceResourceIds: scope.complianceResourceIds,
          Tags: scope.tags,
        }),
    }),
  );
}

export function showFramework({ name, arn, description, controls, createdAt, status }: Framework): sdk.Framework {
  return given({
    FrameworkName: name,
    FrameworkArn: arn,
    FrameworkDescription: description,
    NumberOfControls: controls.length,
    CreationTime: dateOf(createdAt),
    DeploymentStatus: status,
  });
}

/** Typed factories give numbers and lists, where the API has texts. */
function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
