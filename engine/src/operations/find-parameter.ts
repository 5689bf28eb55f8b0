/**
 * The parameter of Systems Manager that a call names, and how it is shown.
 *
 * Pure: reads the World.
 * Source   API of Systems Manager 2014-11-06: name, `name:version`, or ARN. The texts are Assumed.
 */
import type * as sdk from '@aws-sdk/client-ssm';
import { newestOf, Parameter, ParameterVersion, sealed } from '../domain/parameters';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { findKey } from './find-key';
import { required } from './find-vault';

export interface FoundParameter {
  readonly parameter: Parameter;
  readonly version: ParameterVersion;
  /** `:2`, when the call asked for it so. */
  readonly selector: string | undefined;
}

export function tryFindParameter(state: WorldState, caller: Caller, named: string): FoundParameter | undefined {
  const arn = new RegExp(`^arn:[^:]+:ssm:${caller.region}:${caller.account}:parameter(/.+)$`).exec(named);
  const [, path = '', number] = /^(.*?)(?::(\d+))?$/.exec(arn?.[1] ?? named) ?? [];
  const { parameters } = state.services;
  const parameter =
    parameters.tryFind(caller, path) ?? (arn === null ? undefined : parameters.tryFind(caller, path.slice(1)));
  const version =
    number === undefined
      ? parameter && newestOf(parameter)
      : parameter?.versions.find((one) => one.version === Number(number));
  return parameter && version && { parameter, version, selector: number === undefined ? undefined : `:${number}` };
}

export function findParameter(state: WorldState, caller: Caller, name: string | undefined): FoundParameter {
  const found = tryFindParameter(state, caller, required(name, 'Name'));
  if (found === undefined) {
    throw new AwsFault('ParameterNotFound', `Parameter ${name} not found.`);
  }
  return found;
}

/** @throws AwsFault when the key of a SecureString cannot be used. */
export function refuseUnusableKey(state: WorldState, caller: Caller, keyId: string | undefined): void {
  try {
    if (findKey(state, caller, keyId).state === 'Enabled') {
      return;
    }
  } catch (error) {
    if (!(error instanceof AwsFault)) {
      throw error;
    }
  }
  throw new AwsFault('InvalidKeyId', `The KMS key ${keyId} is not there, or cannot be used.`);
}

export function parameterShape(
  state: WorldState,
  caller: Caller,
  { parameter, version, selector }: FoundParameter,
  decrypted: boolean,
): sdk.Parameter {
  const secure = version.type === 'SecureString';
  if (secure && decrypted) {
    refuseUnusableKey(state, caller, version.keyId);
  }
  return given({
    Name: parameter.name,
    ARN: parameter.arn,
    Type: version.type,
    Value: secure && !decrypted ? sealed(state.seed, parameter.arn, version) : version.value,
    Version: version.version,
    Selector: selector,
    LastModifiedDate: dateOf(version.changedAt),
    DataType: version.dataType,
  });
}

/** A path of the hierarchy, and whether a name is under it. */
export function isUnder(name: string, path: string, recursive: boolean): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  const whole = name.startsWith('/') ? name : `/${name}`;
  return whole.startsWith(folder) && (recursive || !whole.slice(folder.length).includes('/'));
}
