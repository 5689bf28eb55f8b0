/**
 * PutParameter: a new one, or a new version.
 *
 * Source   API of Systems Manager 2014-11-06. The texts are Assumed where the SDK does not know them.
 */
import type { PutParameterCommandInput, PutParameterCommandOutput } from '@aws-sdk/client-ssm';
import { newestOf, parameterArn, VERSIONS_KEPT } from '../../domain/parameters';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { refuseUnusableKey } from '../find-parameter';
import { required } from '../find-vault';
import { tagsOf } from '../tag-list';

const LONGEST = { Standard: 4096, Advanced: 8192 };

export function putParameter(
  state: WorldState,
  caller: Caller,
  input: PutParameterCommandInput,
): Omit<PutParameterCommandOutput, '$metadata'> {
  const { parameters } = state.services;
  const name = required(input.Name, 'Name');
  const before = parameters.tryFind(caller, name);
  if (before !== undefined && input.Overwrite !== true) {
    throw new AwsFault(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  }
  if (input.Overwrite === true && (input.Tags ?? []).length > 0) {
    throw new AwsFault(
      'ValidationException',
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  const last = before && newestOf(before);
  const type = input.Type ?? last?.type;
  if (type === undefined) {
    throw new AwsFault('ValidationException', 'A parameter type is required when you create a parameter.');
  }
  const tier = input.Tier === 'Advanced' || last?.tier === 'Advanced' ? 'Advanced' : 'Standard';
  const value = required(input.Value, 'Value');
  refuseValue(input, value, tier);
  const keyId = type === 'SecureString' ? (input.KeyId ?? last?.keyId ?? 'alias/aws/ssm') : undefined;
  if (keyId !== undefined) {
    refuseUnusableKey(state, caller, keyId);
  }
  const parameter =
    before ??
    parameters.put(caller, name, { name, arn: parameterArn(caller, name), versions: [], tags: tagsOf(input.Tags) });
  const version = (last?.version ?? 0) + 1;
  parameter.versions.push({
    version,
    type,
    value,
    description: input.Description ?? last?.description,
    keyId,
    allowedPattern: input.AllowedPattern ?? last?.allowedPattern,
    tier,
    dataType: input.DataType ?? last?.dataType ?? 'text',
    changedAt: state.now,
  });
  parameter.versions.splice(0, parameter.versions.length - VERSIONS_KEPT);
  return { Version: version, Tier: tier };
}

function refuseValue({ AllowedPattern: pattern }: PutParameterCommandInput, value: string, tier: keyof typeof LONGEST) {
  if (value.length > LONGEST[tier]) {
    throw new AwsFault(
      'ValidationException',
      `${tier} tier parameters support a maximum parameter value of ${LONGEST[tier]} characters.`,
    );
  }
  let matches = true;
  try {
    matches = pattern === undefined || new RegExp(pattern).test(value);
  } catch {
    throw new AwsFault('InvalidAllowedPatternException', `The pattern ${pattern} is no regular expression.`);
  }
  if (!matches) {
    throw new AwsFault(
      'ParameterPatternMismatchException',
      'Parameter value, cannot be validated against allowedPattern',
    );
  }
}
