/**
 * CreateFunction. Code is kept, and run only where somebody runs functions.
 *
 * Source   API of Lambda 2015-03-31: 3 seconds and 128 MiB unless told otherwise.
 */
import type { CreateFunctionCommandInput, CreateFunctionCommandOutput } from '@aws-sdk/client-lambda';
import { FunctionCode, functionArn } from '../../domain/functions';
import type { WorldState } from '../../domain/world-state';
import { withBucketCode } from '../bucket-code';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { functionCode, functionConfiguration, particularsOf, refuseVersions } from '../function-configuration';

const TIMEOUT_SECONDS = 3;
const MEMORY_MIB = 128;

export function createFunction(
  state: WorldState,
  caller: Caller,
  input: Omit<CreateFunctionCommandInput, 'Code'> & Partial<Pick<CreateFunctionCommandInput, 'Code'>>,
  /** Code that lies on the machine of who deploys. */
  local?: FunctionCode,
): Omit<CreateFunctionCommandOutput, '$metadata'> {
  input = withBucketCode(state, caller, input);
  const { functions } = state.services.messaging;
  const { partition, account, region } = caller;
  const env = { partition, account, region };
  const name = required(input.FunctionName, 'FunctionName');
  if (functions.tryFind(functionArn(env, name)) !== undefined) {
    throw new AwsFault('ResourceConflictException', `Function already exist: ${name}`);
  }
  refuseVersions(input.Publish);
  const code = local ?? functionCode(input.Code ?? {});
  const made = functions.add(env, name, {
    runtime: input.Runtime,
    handler: input.Handler,
    roleArn: input.Role,
    environment: input.Environment?.Variables ?? {},
    timeoutSeconds: input.Timeout ?? TIMEOUT_SECONDS,
    memoryMib: input.MemorySize ?? MEMORY_MIB,
    code,
    deadLetterArn: input.DeadLetterConfig?.TargetArn,
    particulars: particularsOf(input),
  });
  made.changedAt = state.now;
  for (const [tag, value] of Object.entries(input.Tags ?? {})) {
    made.tags.set(tag, value);
  }
  return functionConfiguration(made);
}
