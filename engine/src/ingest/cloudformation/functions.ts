/**
 * AWS::Lambda::Function with its permissions and what becomes of its events, and AWS::StepFunctions::StateMachine.
 *
 * Pure.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216).
 */
import type {
  FunctionEventSettings,
  FunctionPermission,
  LambdaFunction,
  StateMachine,
  StateMachineLogging,
} from '@holdfast/model';
import { documentOf, Listeners } from '../listeners';
import type { Declaration } from './declaration';
import { withoutUndefined } from './declaration';

export function readFunction(declaration: Declaration, listeners: Listeners): undefined {
  const { properties, env, declaredAt } = declaration;
  const code = properties.member('Code');
  listeners.addFunction(
    withoutUndefined<LambdaFunction>({
      functionName: declaration.identity().name,
      env,
      roleArn: properties.member('Role').text(),
      runtime: properties.member('Runtime').text(),
      handler: properties.member('Handler').text(),
      inlineCode: code.member('ZipFile').text(),
      codePath: declaration.asset(code.member('S3Key').text()),
      variables: properties.member('Environment').member('Variables').textMap(),
      timeoutSeconds: properties.member('Timeout').number(),
      memoryMib: properties.member('MemorySize').number(),
      deadLetterArn: properties.member('DeadLetterConfig').member('TargetArn').text(),
      permissions: undefined,
      eventSettings: undefined,
      declaredAt,
    }),
  );
  return undefined;
}

export function readPermission(declaration: Declaration, listeners: Listeners): undefined {
  const { properties, env, declaredAt: path, type } = declaration;
  const permission = withoutUndefined<FunctionPermission>({
    principal: properties.member('Principal').requiredText(),
    action: properties.member('Action').requiredText(),
    sourceArn: properties.member('SourceArn').text(),
    sourceAccount: properties.member('SourceAccount').text(),
  });
  listeners.addPermission(env, properties.member('FunctionName').requiredText(), permission, { path, type });
  return undefined;
}

export function readEventSettings(declaration: Declaration, listeners: Listeners): undefined {
  const { properties, env, declaredAt: path, type } = declaration;
  const destinations = properties.member('DestinationConfig');
  const settings = withoutUndefined<FunctionEventSettings>({
    maximumRetryAttempts: properties.member('MaximumRetryAttempts').number(),
    maximumEventAgeSeconds: properties.member('MaximumEventAgeInSeconds').number(),
    onSuccessArn: destinations.member('OnSuccess').member('Destination').text(),
    onFailureArn: destinations.member('OnFailure').member('Destination').text(),
  });
  listeners.addEventSettings(env, properties.member('FunctionName').requiredText(), settings, { path, type });
  return undefined;
}

export function readStateMachine(declaration: Declaration, listeners: Listeners): string | undefined {
  const { properties, env, declaredAt } = declaration;
  const written = properties.member('Definition').json() ?? properties.member('DefinitionString').text();
  if (written === undefined) {
    return 'definitions that lie in a bucket are not read';
  }
  const substitutions = properties.member('DefinitionSubstitutions').textMap() ?? {};
  const logging = properties.member('LoggingConfiguration');
  const [destination] = logging.member('Destinations').items();
  listeners.addStateMachine(
    withoutUndefined<StateMachine>({
      stateMachineName: declaration.identity().name,
      env,
      definition: documentOf(substituted(written, substitutions)),
      machineType: properties.member('StateMachineType').text(),
      logging: logging.isPresent
        ? withoutUndefined<StateMachineLogging>({
            level: logging.member('Level').text(),
            includeExecutionData: logging.member('IncludeExecutionData').boolean(),
            logGroupArn: destination?.member('CloudWatchLogsLogGroup').member('LogGroupArn').text(),
          })
        : undefined,
      roleArn: properties.member('RoleArn').text(),
      declaredAt,
    }),
  );
  return undefined;
}

/** Source: DefinitionSubstitutions: `${key}` wherever it stands in the definition. */
function substituted(written: unknown, substitutions: Readonly<Record<string, string>>): unknown {
  if (typeof written === 'string') {
    return written.replace(/\$\{([^}]+)\}/g, (whole, key: string) =>
      Object.hasOwn(substitutions, key) ? (substitutions[key] ?? whole) : whole,
    );
  }
  if (Array.isArray(written)) {
    return written.map((one) => substituted(one, substitutions));
  }
  return typeof written === 'object' && written !== null
    ? Object.fromEntries(Object.entries(written).map(([key, one]) => [key, substituted(one, substitutions)]))
    : written;
}
