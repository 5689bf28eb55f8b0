/**
 * aws_lambda_function with its permissions and what becomes of its events, and aws_sfn_state_machine as declarations.
 *
 * Pure.
 * Source   Schema of the AWS provider 5.100.0; documents of the archive provider 2 (archive_file).
 * Assumed  Paths are those below the folder of the artifact.
 */
import type {
  FunctionEventSettings,
  FunctionPermission,
  LambdaFunction,
  StateMachine,
  StateMachineLogging,
} from '@holdfast/model';
import { withoutUndefined } from '../cloudformation/declaration';
import { directoryOf, join } from '../cloudformation/stack';
import { documentOf, Listeners } from '../listeners';
import { Given } from './given';
import type { Resource } from './resource';

export function readFunction(resource: Resource, listeners: Listeners): undefined {
  listeners.addFunction(
    withoutUndefined<LambdaFunction>({
      functionName: Given.attribute(resource, 'function_name').requiredText(),
      env: resource.env(),
      roleArn: Given.argument(resource, 'role').text(),
      runtime: Given.argument(resource, 'runtime').text(),
      handler: Given.argument(resource, 'handler').text(),
      inlineCode: undefined,
      codePath: codePathOf(resource),
      variables: Given.argument(resource, 'environment').block()?.member('variables').textMap(),
      timeoutSeconds: Given.argument(resource, 'timeout').number(),
      memoryMib: Given.argument(resource, 'memory_size').number(),
      deadLetterArn: Given.argument(resource, 'dead_letter_config').block()?.member('target_arn').text(),
      permissions: undefined,
      eventSettings: undefined,
      declaredAt: resource.declaredAt,
    }),
  );
}

export function readPermission(resource: Resource, listeners: Listeners): undefined {
  const permission = withoutUndefined<FunctionPermission>({
    principal: Given.argument(resource, 'principal').requiredText(),
    action: Given.argument(resource, 'action').requiredText(),
    sourceArn: Given.argument(resource, 'source_arn').text(),
    sourceAccount: Given.argument(resource, 'source_account').text(),
  });
  const { declaredAt: path, type } = resource;
  listeners.addPermission(resource.env(), functionOf(resource), permission, { path, type });
}

export function readEventSettings(resource: Resource, listeners: Listeners): undefined {
  const destinations = Given.argument(resource, 'destination_config').block();
  const settings = withoutUndefined<FunctionEventSettings>({
    maximumRetryAttempts: Given.argument(resource, 'maximum_retry_attempts').number(),
    maximumEventAgeSeconds: Given.argument(resource, 'maximum_event_age_in_seconds').number(),
    onSuccessArn: destinations?.member('on_success').block()?.member('destination').text(),
    onFailureArn: destinations?.member('on_failure').block()?.member('destination').text(),
  });
  const { declaredAt: path, type } = resource;
  listeners.addEventSettings(resource.env(), functionOf(resource), settings, { path, type });
}

export function readStateMachine(resource: Resource, listeners: Listeners): undefined {
  const logging = Given.argument(resource, 'logging_configuration').block();
  listeners.addStateMachine(
    withoutUndefined<StateMachine>({
      stateMachineName: Given.attribute(resource, 'name').requiredText(),
      env: resource.env(),
      definition: documentOf(Given.argument(resource, 'definition').json()),
      machineType: Given.argument(resource, 'type').text(),
      logging:
        logging &&
        withoutUndefined<StateMachineLogging>({
          level: logging.member('level').text(),
          includeExecutionData: logging.member('include_execution_data').truth(),
          logGroupArn: logging.member('log_destination').text(),
        }),
      roleArn: Given.argument(resource, 'role_arn').text(),
      declaredAt: resource.declaredAt,
    }),
  );
}

function functionOf(resource: Resource): string {
  return Given.argument(resource, 'function_name').requiredText();
}

/** The archive, or what it is made of when Terraform makes it. */
function codePathOf(resource: Resource): string | undefined {
  const archive = Given.argument(resource, 'filename').text();
  if (archive === undefined) {
    return undefined;
  }
  const source = sourceOf(resource, archive) ?? archive;
  // `path.module` is the folder already.
  const folder = resource.file.endsWith('.json') ? directoryOf(resource.file) : resource.file;
  return source.startsWith('/') || source.startsWith(`${folder}/`) ? source : join(folder, source);
}

/** The folder that `archive_file` packs into an archive; that of the one file where it packs one. */
function sourceOf(resource: Resource, archive: string): string | undefined {
  const packing = resource.reading.roots
    .filter((root) => root.file === resource.file)
    .flatMap((root) => [...root.resources()])
    .find((one) => one.type === 'archive_file' && Given.argument(one, 'output_path').text() === archive);
  if (packing === undefined) {
    return undefined;
  }
  const file = Given.argument(packing, 'source_file').text();
  return Given.argument(packing, 'source_dir').text() ?? (file === undefined ? undefined : directoryOf(file) || '.');
}
