/**
 * What calls to AWS Config name.
 *
 * Pure: reads the World.
 * Source   API of AWS Config 2014-11-12. The texts are Assumed.
 */
import type { ConfigRule, ConformancePack, Recorder } from '../domain/config';
import type { TagMap } from '../domain/tags';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

export function findRecorder(state: WorldState, caller: Caller, name: string | undefined): Recorder {
  const recorder = state.services.config.recorders.tryFind(caller, required(name, 'ConfigurationRecorderName'));
  if (recorder === undefined) {
    throw new AwsFault(
      'NoSuchConfigurationRecorderException',
      `Cannot find configuration recorder with the specified name '${name}'.`,
    );
  }
  return recorder;
}

/** The recorders of these names, or all. */
export function recordersNamed(state: WorldState, caller: Caller, names: readonly string[] | undefined): Recorder[] {
  return (names ?? []).length === 0
    ? state.services.config.recorders.list(caller)
    : (names ?? []).map((name) => findRecorder(state, caller, name));
}

export function refuseWithoutRecorder(state: WorldState, caller: Caller, what: string): void {
  if (state.services.config.recorders.list(caller).length === 0) {
    throw new AwsFault(
      'NoAvailableConfigurationRecorderException',
      `Configuration recorder is not available to put ${what}.`,
    );
  }
}

export function findConfigRule(state: WorldState, caller: Caller, name: string | undefined): ConfigRule {
  const rule = state.services.config.rules.tryFind(caller, required(name, 'ConfigRuleName'));
  if (rule === undefined) {
    throw new AwsFault(
      'NoSuchConfigRuleException',
      `The ConfigRule '${name}' provided in the request is invalid. Please check the configRule name`,
    );
  }
  return rule;
}

export function findConformancePack(state: WorldState, caller: Caller, name: string | undefined): ConformancePack {
  const pack = state.services.config.packs.tryFind(caller, required(name, 'ConformancePackName'));
  if (pack === undefined) {
    throw new AwsFault('NoSuchConformancePackException', `The conformance pack ${name} does not exist.`);
  }
  return pack;
}

/** The packs of these names, or all. */
export function packsNamed(state: WorldState, caller: Caller, names: readonly string[] | undefined): ConformancePack[] {
  return (names ?? []).length === 0
    ? state.services.config.packs.list(caller)
    : (names ?? []).map((name) => findConformancePack(state, caller, name));
}

/** What of AWS Config has tags. */
export function findTaggedConfig(state: WorldState, caller: Caller, arn: string | undefined): { tags: TagMap } {
  const { recorders, rules, packs } = state.services.config;
  const all = [...recorders.list(caller), ...rules.list(caller), ...packs.list(caller)];
  const found = all.find((one) => one.arn === required(arn, 'ResourceArn'));
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', `The resource ${arn} does not exist.`);
  }
  return found;
}
