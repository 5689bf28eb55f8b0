/**
 * Functions as Lambda shows them, and what calls change of them.
 *
 * Pure.
 * Source   API of Lambda 2015-03-31: FunctionConfiguration, CreateFunction, UpdateFunctionConfiguration.
 */
import type { FunctionConfiguration, UpdateFunctionConfigurationCommandInput } from '@aws-sdk/client-lambda';
import { createHash } from 'node:crypto';
import type { FunctionCode, FunctionParticulars, FunctionSettings, StandingFunction } from '../domain/functions';
import { uuid } from '../kernel/ids';
import { formatInstant } from '../kernel/instant';
import { given } from './backup/shapes';
import { AwsFault } from './fault';

type Particulars = Partial<
  Pick<
    FunctionConfiguration,
    | 'Architectures'
    | 'Description'
    | 'EphemeralStorage'
    | 'FileSystemConfigs'
    | 'KMSKeyArn'
    | 'LoggingConfig'
    | 'PackageType'
    | 'TracingConfig'
  >
> & {
  readonly Layers?: string[] | undefined;
  readonly VpcConfig?: UpdateFunctionConfigurationCommandInput['VpcConfig'];
  readonly SnapStart?: UpdateFunctionConfigurationCommandInput['SnapStart'];
};

/** What a call may say of a function; all of it as UpdateFunctionConfiguration says it. */
type Asked = Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName'> & Particulars;

const PARTICULARS = [
  ...['Architectures', 'Description', 'EphemeralStorage', 'FileSystemConfigs', 'KMSKeyArn', 'Layers'],
  ...['LoggingConfig', 'PackageType', 'SnapStart', 'TracingConfig', 'VpcConfig'],
];

/** The settings of before with what a call says. */
export function functionSettings(asked: Asked, before: FunctionSettings): FunctionSettings {
  const particulars = Object.entries(asked).filter(
    ([name, value]) => PARTICULARS.includes(name) && value !== undefined,
  );
  const dead = asked.DeadLetterConfig?.TargetArn;
  return {
    runtime: asked.Runtime ?? before.runtime,
    handler: asked.Handler ?? before.handler,
    roleArn: asked.Role ?? before.roleArn,
    environment: asked.Environment?.Variables ?? before.environment,
    timeoutSeconds: asked.Timeout ?? before.timeoutSeconds,
    memoryMib: asked.MemorySize ?? before.memoryMib,
    code: before.code,
    deadLetterArn: asked.DeadLetterConfig === undefined ? before.deadLetterArn : dead === '' ? undefined : dead,
    particulars: { ...before.particulars, ...Object.fromEntries(particulars) },
  };
}

/** The code that a call carries. */
export function functionCode(asked: {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly ImageUri?: string | undefined;
}): FunctionCode {
  if (asked.ZipFile === undefined && asked.ImageUri !== undefined) {
    throw new AwsFault('NotEmulated', 'lambda: functions of container images are not emulated');
  }
  return asked.ZipFile === undefined ? {} : { zip: asked.ZipFile };
}

/** @throws AwsFault for a call that publishes. */
export function refuseVersions(publish: boolean | undefined): void {
  if (publish === true) {
    throw new AwsFault('NotEmulated', 'lambda: versions of functions are not emulated');
  }
}

export function functionConfiguration(standing: StandingFunction): FunctionConfiguration {
  const { settings, arn, name, changedAt } = standing;
  const zip = settings.code.zip ?? new TextEncoder().encode(settings.code.inline ?? settings.code.path ?? '');
  const CodeSha256 = createHash('sha256').update(zip).digest('base64');
  const { Layers, VpcConfig, SnapStart, LoggingConfig, ...shown } = (settings.particulars ?? {}) as Particulars;
  return given({
    FunctionName: name,
    FunctionArn: arn,
    Runtime: settings.runtime as FunctionConfiguration['Runtime'],
    Role: settings.roleArn,
    Handler: settings.handler,
    CodeSize: zip.length,
    CodeSha256,
    Description: '',
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memoryMib,
    LastModified: formatInstant(changedAt).replace(/(\.\d+)?Z$/, '.000+0000'),
    DeadLetterConfig: settings.deadLetterArn === undefined ? undefined : { TargetArn: settings.deadLetterArn },
    Environment: Object.keys(settings.environment).length === 0 ? undefined : { Variables: settings.environment },
    Version: '$LATEST',
    TracingConfig: { Mode: 'PassThrough' as const },
    RevisionId: uuid(0, { kind: 'function-revision', names: [arn, CodeSha256], at: changedAt }),
    State: 'Active' as const,
    LastUpdateStatus: 'Successful' as const,
    PackageType: 'Zip' as const,
    Architectures: ['x86_64' as const],
    EphemeralStorage: { Size: 512 },
    ...shown,
    Layers: Layers?.map((Arn) => ({ Arn, CodeSize: 0 })),
    VpcConfig: VpcConfig && { ...VpcConfig, VpcId: (VpcConfig.SubnetIds ?? []).length === 0 ? '' : 'vpc-0' },
    SnapStart: { ApplyOn: SnapStart?.ApplyOn ?? ('None' as const), OptimizationStatus: 'Off' as const },
    LoggingConfig: { LogFormat: 'Text' as const, LogGroup: `/aws/lambda/${name}`, ...LoggingConfig },
  });
}

/** What decides nothing here, as a call gave it. */
export function particularsOf(asked: object): FunctionParticulars {
  return Object.fromEntries(
    Object.entries(asked).filter(([name, value]) => PARTICULARS.includes(name) && value !== undefined),
  );
}
